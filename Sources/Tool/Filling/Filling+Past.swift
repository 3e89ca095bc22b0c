import Cycles
import Demonstration
import Documents
import Notation
import Outcomes
import Policies
import Publishing
import Scoring
import Storage

extension Filling {
  /// A year that is over: every stage done in its days, results confirmed and published.
  func pastYear(_ year: Int) async throws {
    let dues = Filling.dues(of: city.policy, year: year)
    let opened = moment(Day(year: year - 1, month: 9, day: 12) ?? now.day, hour: 10)
    let cycle = try await open(year, dues: dues, at: opened)
    var run = YearRun(filling: self, cycle: cycle, facts: facts(year), other: facts(year - 1))
    for stage in cycle.stages { try await run.pass(stage) }
    try await publish(cycle)
  }

  /// The year after those that are known: open, with nothing in it. A day of the policy that has gone by is left to the
  /// authority to set.
  func emptyYear() async throws {
    let gone = CycleStage.all(of: city.policy, year: currentYear).filter { $0.due.map { $0 < now.day } ?? false }
    _ = try await open(currentYear, dues: [:], open: Set(gone.map(\.id)), at: now)
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

  /// By the product's own path: what people decide, confirmed, and published when the days for objections are over.
  private func publish(_ cycle: StoredCycle) async throws {
    let last = cycle.stages.compactMap { cycle.calendar.due($0.id, group: nil) }.max() ?? now.day
    let confirmed = moment(last.adding(days: 9), hour: 15)
    let published = moment(last.adding(days: 24), hour: 10)
    let policy = city.policy
    try await database.write { [office, isMadeUp] transaction in
      let waiting = try ResultsStore.compute(cycle, transaction).waiting
      let decisions = waiting.flatMap { choice in
        choice.groups.enumerated().map { place, group in
          RecordedDecision(
            year: cycle.year, consequence: choice.consequence, group: group, granted: place < (choice.places ?? 3),
            reason: Words.made(isMadeUp ? "demo.tie" : "demo.tie.facts"))
        }
      }
      try ResultsStore.decide(
        decisions, authority: cycle.authority, cycle: cycle.id, at: confirmed, by: office.actor, transaction)
      try ResultsStore.confirm(cycle, at: confirmed, by: office.actor, transaction)
      try ResultsStore.publish(
        cycle, document: nil, disclosure: .usual(policy), at: published, by: office.actor, transaction)
    }
  }
}

extension DayOfYear {
  func last(_ year: Int) -> Day { Day(year: year, month: month, day: day) ?? Day(daysSince1970: 0) }
}
