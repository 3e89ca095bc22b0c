import Fixtures
import Notation
import Policies
import Testing

@testable import Scoring

@Suite struct BonusTests {
  static func policy(cap: String = "3", scheme: String = "", of: String = "group", across: String = "") -> Policy {
    sheetPolicy(
      "{id: \"1\", title: 题, points: 10, rule: {kind: judged}, source: 一}", scheme: scheme,
      more: """
        bonus:
          cap: \(cap)
          items:
            - {id: media, title: 宣传, points: 4, of: \(of), \(across) rule: {kind: judged}, source: 二}
            - {id: fame, title: 荣誉, points: 4, rule: {kind: tiers, tiers: {city: 1}}, source: 二}
        """)
  }
  static let nine = "facts: {\"1\": {group: {done: 90}}}"

  @Test func `adds at most the cap and keeps to the scheme's cap`() {
    let claim = Self.nine + ", bonus: {media: {group: {done: 50}}, fame: {group: {counts: {city: 2}}}}"
    let card = sheet(Self.policy(), claim)
    #expect((card.base, card.bonus, card.total) == (9, 3, 12))
    #expect(card.bonusLines.map(\.score) == [2, 2])
    #expect(sheet(Self.policy(cap: "none"), claim).total == 13)
    #expect(sheet(Self.policy(scheme: "cap: 10"), claim).total == 10)
    #expect(sheet(Self.policy(scheme: "cap: none"), claim).total == 12)
  }

  @Test(arguments: [
    "", ", bonus: {}", ", bonus: {media: null}", ", bonus: {media: {}}", ", bonus: {media: {group: null}}",
  ])
  func `an item nobody claims scores nothing and lacks nothing`(claim: String) {
    let card = sheet(Self.policy(), Self.nine + claim)
    #expect(card.bonus == .zero)
    #expect(card.incomplete == [])
    #expect(card.bonusLines.map(\.score) == [0, 0])
  }

  @Test func `a claim that lacks a fact scores nothing and is listed and the sheet stays scored`() {
    let card = sheet(Self.policy(), Self.nine + ", bonus: {media: {group: {}}, fame: {group: {}}}")
    #expect(card.incomplete == ["media/group/done", "fame/group/awards"])
    #expect(card.unscored == [])
    #expect(card.isComplete)
    #expect(card.total == 9)
  }

  @Test func `schools without a claim count nothing where others claim`() {
    let one = Self.nine + ", bonus: {media: {s2: {done: 100}}}"
    #expect(sheet(Self.policy(of: "members"), one).bonus == 2)
    #expect(sheet(Self.policy(of: "members", across: "across: min,"), one).bonus == 0)
    #expect(sheet(Self.policy(of: "members", across: "across: weighted,"), one).bonus == 3)
    #expect(sheet(Self.policy(of: "schools"), one).bonus == .decimal("1.33"))
  }

  @Test func `names only the missing facts of schools that claim`() {
    let card = sheet(Self.policy(of: "members"), Self.nine + ", bonus: {media: {s2: {}}}")
    #expect(card.incomplete == ["media/s2/done"])
  }

  @Test func `percentages speak of the scheme only`() {
    let card = sheet(Self.policy(), Self.nine + ", bonus: {media: {group: {done: 100}}}")
    #expect(card.percent(of: "team") == 90)
    #expect(card.percent(of: "1") == 90)
    #expect(card.percent(of: "media") == nil)
    #expect(card.lowestPercent(depth: 1) == 90)
    #expect(card.lowestPercent(depth: 2) == nil)
  }
}
