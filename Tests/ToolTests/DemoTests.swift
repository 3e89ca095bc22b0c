import Documents
import Fixtures
import Foundation
import Notation
import Testing

/// The demonstration city.
@Suite struct DemoCommandTests {
  static func city(_ words: String) throws -> (groups: [[Node]], text: String) {
    let run = try Run("demo " + words)
    #expect(run.code == 0)
    let years = try JSON.read(Array(run.out.utf8), file: "facts.json")["years"]?.list ?? []
    return (years.map { $0["groups"]?.list ?? [] }, run.out)
  }

  @Test func `the same seed makes the same bytes, another seed others`() throws {
    let first = try Self.city("--years 2 --seed 7 --groups 5").text
    #expect(try Self.city("--years 2 --seed 7 --groups 5").text == first)
    #expect(try Self.city("--years 2 --seed 8 --groups 5").text != first)
  }

  @Test func `has 46 groups, 151 schools and 130000 pupils every year`() throws {
    let years = try Self.city("--years 3").groups
    #expect(years.count == 3)
    for groups in years {
      let schools = groups.flatMap { $0["schools"]?.list ?? [] }
      #expect(groups.count == 46)
      #expect(schools.count == 151)
      #expect(schools.compactMap { $0["pupils"]?.integer }.reduce(0, +) == 130_000)
      #expect(Set(schools.compactMap { $0["id"]?.text }).count == 151)
      #expect(schools.count { $0["role"]?.text == "lead" } == 46)
    }
  }

  @Test func `says its numbers, exchanged teachers too, when written to a folder`() throws {
    try Repository.withFolder { folder in
      let run = try Run("demo --out .", in: folder)
      #expect(run.err.contains("46 个集团，151 所学校，130000 名学生，交流教师 1200 名，2022–2024 学年"))
      #expect(try String(contentsOfFile: folder + "/facts.json", encoding: .utf8) == Self.city("").text)
    }
  }

  @Test func `grows in proportion`() throws {
    let groups = try #require(try Self.city("--groups 92 --years 1").groups.first)
    let schools = groups.flatMap { $0["schools"]?.list ?? [] }
    #expect(groups.count == 92 && schools.count == 302)
    #expect(schools.compactMap { $0["pupils"]?.integer }.reduce(0, +) == 260_000)
  }

  @Test(arguments: Repository.policies.filter { Repository.exists("policies/\($0)/demonstration.yaml") })
  func `the city of any policy can be scored by it, nothing missing`(id: String) throws {
    try Repository.withFolder { folder in
      #expect(try Run("demo --policy \(id) --years 1 --groups 12 --out .", in: folder).code == 0)
      let run = try Run("score --policy \(id) --facts facts.json --format json", in: folder)
      #expect(run.code == 0, "\(run.err)")
      let results = try JSON.read(Array(run.out.utf8), file: "r.json")["results"]?.list ?? []
      #expect(!results.isEmpty)
      #expect(results.allSatisfy { $0["unscored"]?.list?.isEmpty == true && $0["incomplete"]?.list?.isEmpty == true })
    }
  }
}
