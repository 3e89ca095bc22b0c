import Cycles
import Demonstration
import Documents
import Notation
import Outcomes
import Policies
import Scoring
import Storage

/// What is remembered from year to year.
struct PastYears: Sendable {
  var results: [GroupResult] = []
}

extension Filling {
  /// A year that is over: every stage done in its days, results confirmed and published.
  func pastYear(_ year: Int, _ earlier: inout PastYears) async throws {
    let dues = Filling.dues(of: city.policy, year: year)
    let opened = moment(Day(year: year - 1, month: 9, day: 12) ?? now.day, hour: 10)
    let cycle = try await open(year, dues: dues, at: opened)
    var run = YearRun(filling: self, cycle: cycle, facts: facts(year), other: facts(year - 1))
    for stage in cycle.stages { try await run.pass(stage) }
    try await publish(run, &earlier)
  }

  /// The days of a year: the policy's, and three weeks after the one before where it leaves them open.
  static func dues(of policy: Policy, year: Int) -> [String: Day] {
    var dues: [String: Day] = [:]
    var last = Day(year: year, month: 8, day: 10) ?? policy.yearStart.last(year)
    for stage in CycleStage.all(of: policy, year: year) {
      if let due = stage.due {
        last = max(last, due)
      } else if stage.hasSheets || stage.kind == .recommendation {
        last = last.adding(days: 21)
        dues[stage.id] = last
      }
    }
    return dues
  }

  private func publish(_ run: YearRun, _ earlier: inout PastYears) async throws {
    let (cycle, policy) = (run.cycle, city.policy)
    let counted = Count(policy: policy, year: cycle.year, stages: cycle.stages).cards(
      registry.groups.map { group in
        StageCards(group: run.counting(group), cards: run.cards[group.id] ?? [:])
      })
    let cards = [CardYear(year: cycle.year, cards: counted.map(\.card))]
    let confirmation = Confirmation(policy: policy)
    let choices = confirmation.results(cards, after: earlier.results).choices
    let decisions = choices.flatMap { choice in
      choice.groups.enumerated().map { place, group in
        RecordedDecision(
          year: cycle.year, consequence: choice.consequence, group: group, granted: place < (choice.places ?? 3),
          reason: Words.made("demo.tie"))
      }
    }
    let results = confirmation.results(cards, after: earlier.results, decisions: decisions)
    guard let judged = results.years.first?.groups else { return }
    earlier.results += judged
    let last = cycle.stages.compactMap { cycle.calendar.due($0.id, group: nil) }.max() ?? now.day
    let confirmed = moment(last.adding(days: 9), hour: 15)
    let published = moment(last.adding(days: 24), hour: 10)
    let facts = run.factsText
    try await database.write { [office] transaction in
      try ResultStore.decide(
        decisions, authority: cycle.authority, cycle: cycle.id, at: confirmed, by: office.actor, transaction)
      try ResultStore.confirm(
        judged, facts: facts, policy: policy, authority: cycle.authority, cycle: cycle.id, at: confirmed,
        by: office.actor, transaction)
      try ResultStore.publish(
        1, judged, facts: facts, policy: policy, authority: cycle.authority, cycle: cycle.id, at: published,
        by: office.actor, transaction)
    }
  }
}

extension DayOfYear {
  func last(_ year: Int) -> Day { Day(year: year, month: month, day: day) ?? Day(daysSince1970: 0) }
}
