import Cycles
import Demonstration
import Notation
import People
import Policies
import Registry
import Scoring
import Storage

/// A past evaluation by panels: assigned, marked by every expert for themselves, handed in by the office.
struct PanelWork: Sendable {
  let filling: Filling
  let cycle: StoredCycle
  let stage: CycleStage
  /// The same groups in another year: what an expert finds instead.
  let other: [ID: GroupFacts]
  /// From the day after the stage before to the last day.
  let days: ClosedRange<Day>

  func carryOut(_ chance: (Int) -> Chance) async throws -> [SheetWork.Outcome] {
    let places = try await filling.places(stage.id, of: cycle)
    let plan = filling.plan(places, at: stage, of: cycle, seed: "\(filling.seed)\(cycle.year)")
    let assigned = filling.moment(days.lowerBound, hour: 9)
    try await filling.database.write { [filling, cycle, stage] transaction in
      try AssignmentStore.assign(
        plan.assignments, at: stage.id, of: cycle, at: assigned, by: filling.office.actor, transaction)
    }
    let last = max(days.lowerBound, days.upperBound.adding(days: -1))
    var works: [SheetWork] = []
    for (place, sheet) in places.enumerated() {
      guard let group = filling.group(sheet.group) else { continue }
      for (number, expert) in filling.experts(of: group.id, by: plan).enumerated() {
        var chance = chance(place * 10 + number)
        works.append(
          SheetWork(
            sheet: sheet.sheet, person: expert,
            at: filling.moment(between: min(days.lowerBound.adding(days: 1), last), and: last, &chance),
            content: .review(other: other[group.id] ?? group.empty, share: 100, per: 120), isExpert: true,
            chance: chance))
      }
    }
    try await filling.carryOut(works, in: cycle)
    return try await submit(places)
  }

  private func submit(_ places: [SheetPlace]) async throws -> [SheetWork.Outcome] {
    let moment = filling.moment(days.upperBound, hour: 16)
    return try await filling.database.write { [filling, cycle, stage] transaction in
      try places.compactMap { place -> SheetWork.Outcome? in
        guard let group = filling.group(place.group),
          let person = stage.acts.flatMap({
            filling.people.evaluator(of: $0, for: group, root: filling.registry.root.id)
          }),
          let open = try SheetStore.open(
            authority: cycle.authority, place.sheet, for: person.viewer, at: moment, filling.editions, transaction),
          let panel = open.panel
        else { return nil }
        try SubmissionStore.submit(
          open, facts: panel.facts, card: panel.card, words: .of(language: cycle.policy.language), at: moment,
          by: person.actor, ids: filling.ids, transaction)
        return SheetWork.Outcome(group: group.id, card: panel.card, facts: panel.facts, gaps: panel.gaps.count)
      }
    }
  }
}
