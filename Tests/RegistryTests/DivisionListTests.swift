import Notation
import Testing

@testable import Registry

/// Lists of divisions that a city brings.
@Suite struct DivisionListTests {
  static func entry(
    _ code: String, _ name: String, ended: String? = nil, _ successors: String? = nil, whole: Bool = false
  ) throws -> DivisionList.Entry {
    DivisionList.Entry(
      division: try #require(Division(code)), name: name, ended: ended.flatMap { Day($0) },
      successors: try #require(DivisionList.Entry.successors(successors)), isWhole: whole)
  }

  @Test func `a code is unknown only where a whole list lacks it`() throws {
    let whole = try DivisionList([Self.entry("610900", "安康市", whole: true), Self.entry("610902", "汉滨区")])
    let (known, lacking, elsewhere) = (
      try #require(Division("610902")), try #require(Division("610999")), try #require(Division("610102"))
    )
    #expect(!whole.lacks(known) && whole.lacks(lacking) && !whole.lacks(elsewhere))
    let part = try DivisionList([Self.entry("610900", "安康市"), Self.entry("610902", "汉滨区")])
    #expect(!part.lacks(lacking))
    let province = try DivisionList([Self.entry("610000", "陕西省", whole: true)])
    #expect(province.lacks(lacking) && province.lacks(elsewhere))
    // What the program knows of the past isn't lacking.
    let past = try #require(Division("612401"))
    #expect(!province.lacks(past))
  }

  @Test func `a list tells what became of a division, over what the program knows`() throws {
    let list = try DivisionList([
      Self.entry("610921", "汉阴县", ended: "2027-01-01", "610903、610904"), Self.entry("610903", "汉阴区"),
      Self.entry("330104", "江干区"),
    ])
    let old = try #require(Division("610921"))
    #expect(list.today(old).map(\.text) == ["610903", "610904"])
    #expect(list.change(of: old)?.since == Day("2027-01-01") && list.name(of: old) == "汉阴县")
    // Said to be in force, it is.
    let said = try #require(Division("330104"))
    #expect(list.change(of: said) == nil && list.today(said) == [said])
    #expect(DivisionList.known.today(said).map(\.text) == ["330102", "330114"])
    #expect(DivisionList.Entry.successors("610902 x1") == nil)
  }

  static func plan(_ divisions: [[String?]], school division: String? = nil) -> [String] {
    var others: [RegistryTable: [[String?]]] = [:]
    if let division {
      others[.schools] = [
        PlanTests.row {
          $0[0] = "2161000077"; $0[7] = division
        }
      ]
    }
    return PlanTests.keys(PlanTests.plan(.divisions, divisions, and: others))
  }

  @Test func `a list is held against whose it is, and schools against the list`() {
    let city: [String?] = ["610900", "610900", "安康市", nil, nil, "yes"]
    let district: [String?] = ["610900", "610902", "汉滨区", nil, nil, nil]
    #expect(Self.plan([city, district], school: "610902") == [])
    #expect(Self.plan([city, district], school: "610903") == ["division.unknown"])
    #expect(Self.plan([["610900", "610900", "安康市", nil, nil, nil], district], school: "610903") == [])
    #expect(Self.plan([city, district], school: "420102") == [])
    #expect(Self.plan([["610900", "610102", "新城区", nil, nil, nil]]) == ["division.place"])
    #expect(Self.plan([["610900", "610902", "汉滨区", nil, nil, "yes"]]) == ["division.whole"])
    #expect(Self.plan([["610900", "61090", "汉滨区", nil, nil, nil]]) == ["code"])
    #expect(Self.plan([["610900", "610921", "汉阴县", nil, "610903", nil]]) == ["division.ended"])
    #expect(Self.plan([["610900", "610921", "汉阴县", "2027-01-01", "汉阴区", nil]]) == ["division.successors"])
    #expect(Self.plan([["420000", "420000", "湖北省", nil, nil, nil]]).contains("reach"))
  }

  static func listed(_ rows: [[String?]], stored: [DivisionList.Entry] = []) -> RegistryPlan {
    var known = PlanTests.known
    known.divisions = stored
    var given = RegistryRows()
    given[.divisions] = rows.enumerated().map { RegistryRow($1, line: $0 + 3) }
    return RegistryPlan(given, beside: known)
  }

  @Test func `a division became others that there are, and not in the end itself`() throws {
    let city: [String?] = ["610900", "610900", "安康市", nil, nil, nil]
    func ended(_ code: String, _ successors: String?) -> [String?] {
      ["610900", code, "某县", "2025-01-01", successors, nil]
    }
    func keys(_ rows: [String?]..., stored: [DivisionList.Entry] = []) -> [String] {
      PlanTests.keys(Self.listed([city] + rows, stored: stored))
    }
    #expect(keys(ended("610921", "610921")) == ["division.itself"])
    #expect(keys(ended("610921", "610999")) == ["division.successor"])
    // Listed beside, stored, an authority's own or another province's, where nobody has given a list, there is one.
    #expect(keys(ended("610921", "610903"), ["610900", "610903", "汉阴区", nil, nil, nil]) == [])
    #expect(keys(ended("610921", "610903"), stored: [try Self.entry("610903", "汉阴区")]) == [])
    #expect(keys(ended("610921", "610902")) == [] && keys(ended("610921", "420102")) == [])
    #expect(keys(ended("610921", "610922"), ended("610922", "610921")) == ["division.circle", "division.circle"])
    let circle = Self.listed([city, ended("610921", "610922"), ended("610922", "610921")]).problems
    #expect(circle.map(\.place.line) == [4, 5])
    // What is stored closes it as well, and opens it when it goes.
    let stored = [try Self.entry("610922", "某县", ended: "2024-01-01", "610921")]
    #expect(keys(ended("610921", "610922"), stored: stored) == ["division.circle"])
    // Told with everything else, at once.
    #expect(
      Set(keys(ended("610921", "610921 610999"), ended("610922", "61092"))) == [
        "division.itself", "division.successor", "division.successors",
      ])
  }

  @Test func `a division that ended without others is remarked on where the list is whole`() throws {
    let ended: [String?] = ["610900", "610921", "汉阴县", "2025-01-01", nil, nil]
    let whole = Self.listed([["610900", "610900", "安康市", nil, nil, "yes"], ended])
    #expect(whole.problems.isEmpty && whole.changes.count == 2)
    #expect(whole.remarks.map(\.what.key) == ["problem.registry.division.lost"])
    #expect(whole.remarks.first?.severity == .note && whole.remarks.first?.place.line == 4)
    let part = Self.listed([["610900", "610900", "安康市", nil, nil, nil], ended])
    #expect(part.problems.isEmpty && part.remarks.isEmpty)
  }

  @Test func `a school whose division isn't in the whole list is found`() throws {
    var school = Town.school(11)
    school.division = "610999"
    let book = Town.book([school], [], [])
    func found(_ divisions: DivisionList) -> Set<String> {
      Set(
        book.findings(on: Town.day("2024-01-01"), years: [:], before: [:], since: false, divisions: divisions)
          .map(\.check))
    }
    let list = try DivisionList([Self.entry("610900", "安康市", whole: true)])
    #expect(found(list).contains("school-division-unknown"))
    #expect(!found(.known).contains("school-division-unknown"))
    let ended = try DivisionList([Self.entry("610999", "某县", ended: "2020-01-01", "610902")])
    #expect(found(ended).contains("school-division-former"))
  }
}
