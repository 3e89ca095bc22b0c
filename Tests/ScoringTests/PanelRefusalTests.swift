import Notation
import Outcomes
import Policies
import Scoring
import Testing

@Suite struct PanelRefusalTests {
  private func refusal(_ policy: PanelPolicy, items: [String] = ["1", "2", "3", "4", "5"]) throws -> String? {
    let policy = try policy.read()
    do throws(PanelRefusal) {
      let panel = try Panel(year: 2026, form: "tight", groups: ["a"], items: items, reviewers: 5)
      _ = try Confirmation(policy: policy).results(panel)
      return nil
    } catch {
      for catalogue in [Catalogue.english, .chinese] {
        #expect(catalogue.gaps(of: error.message.key) == Set(error.message.parts.keys))
      }
      return error.message.key
    }
  }

  @Test func `refuses what marks can't answer and says why`() throws {
    #expect(try refusal(PanelPolicy()) == nil)
    #expect(try refusal(PanelPolicy(reviewers: "{perItem: 3, combine: mean}")) == "panel.reviewers")
    #expect(try refusal(PanelPolicy(cap: "96.125")) == "panel.cap")
    #expect(try refusal(PanelPolicy(order: "[members desc]")) == "panel.order")
    #expect(try refusal(PanelPolicy(order: "[total desc, base asc]")) == "panel.order")
    #expect(try refusal(PanelPolicy(when: ", when: 'schools > 2'")) == "panel.when")
    #expect(try refusal(PanelPolicy(extra: "eligible: months_since_formed >= 12")) == "panel.eligible")
    #expect(try refusal(PanelPolicy(firstRule: "{kind: gate}")) == "panel.item.rule")
    #expect(try refusal(PanelPolicy(firstRule: "{kind: levels, levels: {优: 100}}")) == "panel.item.rule")
    #expect(try refusal(PanelPolicy(), items: ["1", "2", "3", "4"]) == "panel.item.absent")
    #expect(try refusal(PanelPolicy(), items: ["1", "2", "3", "4", "5", "6"]) == "panel.item.unknown")
    #expect(try refusal(PanelPolicy(), items: ["1", "2", "3", "4", "5", "5"]) == "panel.twice")
    let bonus = "bonus: {cap: none, items: [{id: b, title: 宣传, points: 2, rule: {kind: judged}, source: 四}]}"
    #expect(try refusal(PanelPolicy(extra: bonus)) == "panel.bonus")
  }

  @Test func `refuses marks outside 0–100 or too fine`() throws {
    var panel = try Panel(year: 2026, groups: ["a"], items: ["1"], reviewers: 1)
    #expect(throws: PanelRefusal.self) { try panel.record(.decimal("100.01"), group: 0, item: 0, reviewer: 0) }
    #expect(throws: PanelRefusal.self) { try panel.record(.decimal("-1"), group: 0, item: 0, reviewer: 0) }
    #expect(throws: PanelRefusal.self) { try panel.record(.decimal("80.125"), group: 0, item: 0, reviewer: 0) }
    try panel.record(.decimal("80.12"), group: 0, item: 0, reviewer: 0)
    #expect(panel[group: 0, item: 0, reviewer: 0] == .decimal("80.12"))
    for marks in [[-2], [10_001], [], [1, 2]] as [[Int16]] {
      #expect(throws: PanelRefusal.self) {
        try Panel(year: 2026, groups: ["a"], items: ["1"], reviewers: 1, marks: marks)
      }
    }
    #expect(throws: PanelRefusal.self) {
      try Panel(year: 2026, groups: ["a"], items: ["1"], reviewers: 1, places: 3)
    }
  }
}
