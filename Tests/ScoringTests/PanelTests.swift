import Notation
import Outcomes
import Policies
import Rules
import Scoring
import Testing

@Suite struct PanelTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var policy = PanelPolicy()
    var combine = Reviewers.Combine.mean
    var reviewers = 5
    var grain = 1
    var absent = 3
    var groups = 60
    var testDescription: String {
      "\(policy.rounding) \(combine) of \(reviewers), grain \(grain), \(policy.order)\(policy.when)"
    }
  }

  static let cases: [Case] = {
    var cases: [Case] = []
    for mode in Rounding.Mode.allCases {
      for combine in Reviewers.Combine.allCases {
        for (reviewers, grain) in [(3, 1), (4, 50), (5, 500), (8, 2)] {
          var policy = PanelPolicy()
          policy.rounding = "{places: 2, mode: \(mode.rawValue)}"
          policy.reviewers = "{perItem: \(reviewers), combine: \(combine)}"
          cases.append(Case(policy: policy, combine: combine, reviewers: reviewers, grain: grain))
        }
      }
    }
    for (places, mode) in [(0, "half-even"), (0, "half-up"), (1, "half-even"), (5, "half-up"), (8, "half-up")] {
      let rounding = "{places: \(places), mode: \(mode)}"
      cases.append(Case(policy: PanelPolicy(rounding: rounding, cap: "96"), grain: 10))
    }
    for order in ["[base asc]", "[total desc]", "[bonus desc]", "[bonus asc, total asc, base asc]"] {
      cases.append(Case(policy: PanelPolicy(order: order), grain: 500))
    }
    let when = ", when: 'percent_of(\"4\") >= 60 and not vetoed(\"fraud\") and base > 93'"
    cases.append(Case(policy: PanelPolicy(cap: "none", when: when), grain: 250))
    cases.append(Case(grain: 2_500, absent: 400))
    return cases
  }()

  @Test(arguments: cases)
  func `equals what the ordinary path gives, to the last digit`(_ given: Case) throws {
    let policy = try given.policy.read()
    for seed in 1...3 as ClosedRange<UInt64> {
      let random = RandomMarks(
        seed: seed, groups: given.groups, reviewers: given.reviewers, grain: given.grain, absent: given.absent)
      try compare(random, given.combine, policy)
    }
  }

  @Test func `equals it beyond the size of a block`() throws {
    let random = RandomMarks(seed: 7, groups: 4_700, reviewers: 5, grain: 100, absent: 1, hasVetoes: false)
    try compare(random, .mean, try PanelPolicy().read())
  }

  private func compare(_ random: RandomMarks, _ combine: Reviewers.Combine, _ policy: Policy) throws {
    let panel = try random.panel()
    let results = try Confirmation(policy: policy).results(panel)
    let ordinary = Confirmation(policy: policy).results(random.facts(combine, for: policy))
    #expect(ordinary.faults.isEmpty)
    #expect(ordinary.all.count == panel.groups.count)
    for (group, expected) in ordinary.all.enumerated() {
      #expect(results.scores.total(of: group) == expected.card.total)
      #expect(Exact(results.scores.bases[group]) / .power(ofTen: policy.rounding.places) == expected.card.base)
      #expect(results.scores.isComplete[group] == expected.card.isComplete)
      #expect(results.grade(of: group) == expected.grade)
      #expect(results.rank(of: group) == expected.rank)
      guard group < 5 || !expected.card.isComplete else { continue }
      let card = results.scorer.scorecard(of: group)
      #expect(card.lines.map(\.reasons) == expected.card.lines.map(\.reasons))
      #expect(card.unscored == expected.card.unscored)
    }
  }

  @Test func `names the mark that is absent and leaves the item unscored`() throws {
    var panel = try Panel(
      year: 2026, form: "tight", groups: ["hanbin"], items: ["1", "2", "3", "4", "5"], reviewers: 5)
    for item in 0..<5 {
      for reviewer in 0..<5 { try panel.record(.decimal("80.25"), group: 0, item: item, reviewer: reviewer) }
    }
    try panel.record(nil, group: 0, item: 1, reviewer: 3)
    let results = try Confirmation(policy: try PanelPolicy().read()).results(panel)
    #expect(panel.absences(of: 0) == [Panel.Absence(item: "2", reviewer: 3)])
    #expect(results.grade(of: 0) == nil && results.rank(of: 0) == nil && !results.scores.isComplete[0])
    #expect(results.scorer.explanation(group: 0, item: "2")?.score == nil)
    #expect(results.scorer.explanation(group: 0, item: "2")?.missing == ["2/group/percent"])
    // 25 × 0.8025 = 20.0625, 20 × 80.25/87.5 = 18.342…, the band from 79.99, 10 × 0.8025 = 8.025
    #expect(results.scores.total(of: 0) == .decimal("20.06") + .decimal("18.34") + .decimal("17.5") + .decimal("8.03"))
  }
}
