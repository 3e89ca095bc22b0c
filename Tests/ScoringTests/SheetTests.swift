import Fixtures
import Notation
import Outcomes
import Policies
import Testing

@testable import Scoring

/// A policy with one scheme of the given items, for sheets of a group with a lead school and two members.
func sheetPolicy(_ items: String, total: Int = 10, scheme: String = "", more: String = "") -> Policy {
  Written.policy(
    """
    policy: example
    title: 示例
    forms: [{id: tight, name: 紧密型, source: 一}, {id: loose, name: 松散型, source: 一}]
    scheme:
      total: \(total)
      \(scheme)
      indicators:
        - id: team
          title: 队伍
          points: \(total)
          items: [\(items)]
    \(more)
    """)
}

func sheet(_ policy: Policy, _ group: String, form: String = "tight", schools: String? = nil) -> Scorecard {
  let schools =
    schools
    ?? "[{id: s1, role: lead, pupils: 1000}, {id: s2, role: member, pupils: 300}, {id: s3, role: member, pupils: 100}]"
  let yaml = "{years: [{year: 2022, groups: [{id: g1, form: \(form), schools: \(schools), \(group)}]}]}"
  let (facts, problems) = Written.facts(yaml, for: policy)
  precondition(problems.isEmpty, problems.joined(separator: "\n"))
  let (cards, faults) = Scorer(policy: policy).score(facts.years[0])
  precondition(faults.isEmpty, "\(faults)")
  return cards[0]
}

@Suite struct SheetTests {
  static func item(_ of: String, _ across: String = "", rule: String = "{kind: judged}") -> String {
    "{id: \"1\", title: 题, points: 10, of: \(of), \(across.isEmpty ? "" : "across: \(across), ")rule: \(rule), source: 一}"
  }
  static let marks = "facts: {\"1\": {s1: {done: 10}, s2: {done: 80}, s3: {done: 40}}}"
  static let memberMarks = "facts: {\"1\": {s2: {done: 80}, s3: {done: 40}}}"

  @Test(
    arguments: [
      ("members", "mean", "6"), ("members", "min", "4"), ("members", "sum", "10"), ("members", "weighted", "7"),
      ("schools", "mean", "4.33"), ("schools", "min", "1"), ("schools", "weighted", "2.71"), ("schools", "", "4.33"),
    ])
  func `combines schools before rounding`(of: String, across: String, score: String) {
    let card = sheet(sheetPolicy(Self.item(of, across)), of == "schools" ? Self.marks : Self.memberMarks)
    #expect(card.lines[0].score == .decimal(score))
  }

  @Test func `pools schools' facts and runs the rule once`() {
    let policy = sheetPolicy(Self.item("members", "pooled", rule: "{kind: completion}"))
    let card = sheet(policy, "facts: {\"1\": {s2: {done: 1, required: 4}, s3: {done: 5, required: 4}}}")
    #expect(card.lines[0].score == .decimal("7.5"))
    let open = sheet(policy, "facts: {\"1\": {s2: {done: 1, required: 4}, s3: {done: 5}}}")
    #expect(open.unscored == ["1/s3/required"])
  }

  @Test func `reads the lead school's facts under its id`() {
    let card = sheet(sheetPolicy(Self.item("lead")), "facts: {\"1\": {s1: {done: 50}}}")
    #expect(card.lines[0].score == 5)
    #expect(sheet(sheetPolicy(Self.item("lead")), "facts: {}").unscored == ["1/s1/done"])
  }

  @Test func `names every missing fact and counts none as zero`() {
    let card = sheet(sheetPolicy(Self.item("schools")), "facts: {\"1\": {s2: {done: 80}}}")
    #expect(card.unscored == ["1/s1/done", "1/s3/done"])
    #expect(card.lines[0].score == nil)
    #expect(!card.isComplete)
    #expect(card.base == .zero)
  }

  @Test func `a group without members leaves an item for members open`() {
    let lead = "[{id: s1, role: lead, pupils: 1000}]"
    #expect(sheet(sheetPolicy(Self.item("members")), "facts: {}", schools: lead).unscored == ["1/members"])
    #expect(sheet(sheetPolicy(Self.item("schools")), "facts: {\"1\": {s1: {done: 50}}}", schools: lead).base == 5)
  }

  @Test func `weighing needs the pupils of every school`() {
    let schools = "[{id: s1, role: lead}, {id: s2, role: member, pupils: 300}, {id: s3, role: member}]"
    let card = sheet(sheetPolicy(Self.item("members", "weighted")), Self.memberMarks, schools: schools)
    #expect(card.unscored == ["1/s3/pupils"])
  }

  @Test func `weighing schools without any pupils is an error that names the item`() {
    let policy = sheetPolicy(Self.item("members", "weighted"))
    let yaml =
      "{years: [{year: 2022, groups: [{id: g1, form: tight, schools: [{id: s1, role: lead}, {id: s2, role: member, pupils: 0}], facts: {\"1\": {s2: {done: 1}}}}]}]}"
    let (_, faults) = Scorer(policy: policy).score(Written.facts(yaml, for: policy).facts.years[0])
    #expect(faults.map(\.item) == ["1"])
    #expect(faults.map(\.group) == ["g1"])
  }

  static func two(_ more: String = "") -> String {
    "{id: \"1\", title: 甲, points: 6, rule: {kind: judged}, source: 一}, {id: \"2\", title: 乙, points: 4, \(more) rule: {kind: judged}, source: 一}"
  }

  @Test func `rounds every item once and adds what the sheet shows`() {
    let policy = sheetPolicy(Self.two())
    let card = sheet(policy, "facts: {\"1\": {group: {done: 33.333}}, \"2\": {group: {done: 33.333}}}")
    #expect(card.lines.map(\.score) == [.decimal("2"), .decimal("1.33")])
    #expect(card.base == .decimal("3.33"))
  }

  @Test(arguments: [("half-up", "1.11"), ("half-even", "1.1"), ("down", "1.1")])
  func `rounds as the policy says`(mode: String, score: String) {
    let policy = sheetPolicy(Self.item("group"), more: "rounding: {places: 2, mode: \(mode)}")
    #expect(sheet(policy, "facts: {\"1\": {group: {done: 11.05}}}").base == .decimal(score))
  }

  @Test func `leaves out what does not apply and rescales what does`() {
    let policy = sheetPolicy(Self.two("applies: {form: tight},"), scheme: "rescale: true")
    let facts = "facts: {\"1\": {group: {done: 50}}, \"2\": {group: {done: 100}}}"
    #expect(sheet(policy, facts).base == 7)
    let loose = sheet(policy, facts, form: "loose")
    #expect(loose.lines.map(\.item.id) == ["1"])
    #expect(loose.base == 5)
    #expect(loose.lines[0].item.points == 6)
  }

  @Test func `rescales to a third and rounds once`() {
    let policy = sheetPolicy(Self.two("applies: members > 5,"), total: 100, scheme: "rescale: true")
    #expect(sheet(policy, "facts: {\"1\": {group: {done: 33.3}}}").base == .decimal("33.33"))
  }

  @Test func `needs the day of formation where the rule reads the age`() {
    let policy = sheetPolicy(Self.item("group", rule: "{kind: formula, formula: 'min(10, months_since_formed)'}"))
    #expect(sheet(policy, "facts: {}").unscored == ["1/formed"])
    #expect(sheet(policy, "formed: 2022-03-01").base == 6)
    let applying = sheetPolicy(Self.two("applies: months_since_formed >= 12,"), scheme: "rescale: true")
    let open = sheet(applying, "facts: {\"1\": {group: {done: 50}}, \"2\": {group: {done: 100}}}")
    #expect(open.unscored == ["2/formed"])
  }

  @Test func `places groups among eligible peers`() {
    let policy = sheetPolicy(
      Self.item("group", rule: "{kind: placed, places: [10, 8, 6], better: higher}"), more: "eligible: members >= 1")
    func group(_ id: String, _ value: Int, members: Bool = true) -> String {
      "{id: \(id), form: tight, schools: [{id: a, role: lead}\(members ? ", {id: b, role: member}" : "")], facts: {\"1\": {group: {value: \(value)}}}}"
    }
    let yaml =
      "{years: [{year: 2022, groups: [\(group("g1", 9)), \(group("g2", 12, members: false)), \(group("g3", 9)), \(group("g4", 7))]}]}"
    let (cards, _) = Scorer(policy: policy).score(Written.facts(yaml, for: policy).facts.years[0])
    #expect(cards.map(\.base) == [10, 10, 10, 6])
    #expect(cards.map(\.isEligible) == [true, false, true, true])
  }
}
