import Cycles
import Fixtures
import Notation
import Outcomes
import Policies
import Rules
import Scoring
import Testing

/// Which stages' scores make the year.
@Suite struct CountTests {
  /// One item of ten points told in percent, and stages.
  static func policy(_ more: String) -> Policy {
    Written.policy(
      """
      policy: example
      title: 示例
      scheme:
        total: 20
        indicators:
          - id: all
            title: 全部
            points: 20
            items:
              - {id: a, title: 甲, points: 10, rule: {kind: judged}, source: 一}
              - {id: b, title: 乙, points: 10, rule: {kind: judged}, source: 一}
      bonus: {cap: 2, items: [{id: extra, title: 加分, points: 5, rule: {kind: judged}, source: 二}]}
      vetoes: [{id: lapse, title: 失信, grade: 不合格, source: 三}]
      grading: {grades: [{name: 合格, from: 12}, {name: 不合格, from: 0}]}
      stages:
        - {id: self, title: 自评, by: lead}
        - {id: first, title: 初评, by: district, due: 09-30}
        - {id: final, title: 终评, by: city, due: 10-31, select: {kind: draw, percent: 50}}
        - {id: publish, title: 公布, by: city}
      \(more)
      """)
  }

  static let bare = GroupFacts(
    id: "1", name: nil, formed: nil, schools: [],
    context: GroupContext(form: nil, district: nil, members: nil, schools: nil, monthsSinceFormed: nil))

  static func card(_ policy: Policy, _ a: String, _ b: String = "50", bonus: String? = nil, id: String = "1")
    -> Scorecard
  {
    var group = GroupFacts(id: id, name: nil, formed: nil, schools: [], context: bare.context)
    for (item, done) in [("a", a), ("b", b), ("extra", bonus ?? "")] where !done.isEmpty {
      var facts = ItemFacts(context: group.context)
      facts.values["done"] = .number(.decimal(done))
      group.items[item] = ["group": facts]
    }
    return Scorer(policy: policy).card(group, year: 2022).card
  }

  func count(_ policy: Policy) -> Count {
    Count(policy: policy, year: 2022, stages: CycleStage.all(of: policy, year: 2022))
  }

  func counted(_ policy: Policy, _ cards: [String: Scorecard], vetoes: [String] = []) -> CountedCard {
    var group = Self.bare
    group.vetoes = vetoes
    return count(policy).cards([StageCards(group: group, cards: cards)])[0]
  }

  @Test func `the highest completed evaluation counts`() {
    let policy = Self.policy("counts: last")
    let cards = ["self": Self.card(policy, "100"), "first": Self.card(policy, "80"), "final": Self.card(policy, "60")]
    #expect(counted(policy, cards).stages == ["final"])
    #expect(counted(policy, cards).card.total == 11)
    #expect(counted(policy, cards.filter { $0.key != "final" }).stages == ["first"])
  }

  @Test func `a school's word about itself gives no grade where others were to evaluate`() {
    let policy = Self.policy("counts: last")
    let own = counted(policy, ["self": Self.card(policy, "100")])
    #expect(own.stages == [] && !own.card.isComplete)
    let alone = Written.policy("policy: example\ntitle: 示例\nstages: [{id: self, title: 自评, by: lead}]")
    #expect(count(alone).stages(of: ["self"]).map(\.id) == ["self"])
  }

  @Test func `weights are laid line by line, rounded once, and summed as any sheet`() throws {
    let policy = Self.policy("counts: {first: 40, final: 60}")
    let cards = [
      "self": Self.card(policy, "1"), "first": Self.card(policy, "33.33", bonus: "100"),
      "final": Self.card(policy, "66.67", bonus: "100"),
    ]
    let result = counted(policy, cards)
    #expect(result.stages == ["first", "final"])
    // 0.4 × 3.33 + 0.6 × 6.67 = 5.334
    #expect(result.card.lines.map(\.score) == [.decimal("5.33"), 5])
    #expect(result.card.base == .decimal("10.33") && result.card.bonus == 2 && result.card.total == .decimal("12.33"))
    let said = Catalogue.chinese.paragraph(result.card.lines[0].reasons)
    #expect(said.contains("初评 3.33 分，占 40%") && said.contains("终评 6.67 分，占 60%"))
  }

  @Test func `a group whose year ended earlier counts its highest completed stage`() {
    let policy = Self.policy("counts: {first: 40, final: 60}")
    let result = counted(policy, ["self": Self.card(policy, "1"), "first": Self.card(policy, "80")])
    #expect(result.stages == ["first"] && result.card.total == 13)
    let county = Self.policy("counts: {first: 100}")
    #expect(counted(county, ["first": Self.card(county, "80"), "final": Self.card(county, "10")]).stages == ["first"])
  }

  @Test func `the vetoes now in force are those that count`() throws {
    let policy = Self.policy("counts: last")
    let result = counted(policy, ["final": Self.card(policy, "100")], vetoes: ["lapse"])
    #expect(try Confirmation(policy: policy).grade(of: result.card) == "不合格")
    let free = counted(policy, ["final": Self.card(policy, "100")])
    #expect(try Confirmation(policy: policy).grade(of: free.card) == "合格")
  }

  @Test func `places are given among all whose cards count, whichever stage they ended at`() throws {
    let town = try Town("sanya-2021-illustrative", groups: 6)
    let found = town.policy.scheme?.items.first { $0.isPlaced }
    let placed = try #require(found)
    var facts = town.facts
    for index in facts.indices {
      facts[index].items[placed.id]?["group"]?.values["value"] = .number(Exact(index % 4) / 100)
    }
    let whole = Scorer(policy: town.policy).score(FactYear(year: Town.year, groups: facts)).cards
    // Each sheet was handed in before the others' values were known.
    let alone = facts.map { Scorer(policy: town.policy).card($0, year: Town.year).card }
    let groups = town.participants.enumerated().map { index, participant in
      StageCards(
        group: participant.facts(year: Town.year, policy: town.policy),
        cards: [index.isMultiple(of: 2) ? "preliminary" : "review": alone[index]])
    }
    let counted = Count(
      policy: town.policy, year: Town.year, stages: CycleStage.all(of: town.policy, year: Town.year)
    ).cards(groups)
    func score(_ card: Scorecard) -> Exact? { card.lines.first { $0.item.id == placed.id }?.score }
    #expect(counted.map { score($0.card) } == whole.map(score))
    #expect(counted.map(\.card.total) == whole.map(\.total))
    #expect(alone.map(score) != whole.map(score))
  }

  @Test func `recorded lines sum as the card they came from`() throws {
    let town = try Town("suizhou-2022")
    for index in town.facts.indices {
      let card = town.card(index)
      let lines = (card.lines + card.bonusLines).map {
        RecordedLine(item: $0.item.id, score: $0.score, missing: $0.missing)
      }
      let again = Scorer(policy: town.policy).card(town.facts[index], year: Town.year, recorded: lines)
      #expect(again.base == card.base && again.bonus == card.bonus && again.total == card.total)
      #expect(again.isComplete == card.isComplete && again.isEligible == card.isEligible)
      let short = Scorer(policy: town.policy).card(
        town.facts[index], year: Town.year, recorded: Array(lines.dropFirst()))
      #expect(!short.isComplete)
    }
  }
}
