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
