import Cycles
import Demonstration
import Notation
import People
import Policies
import Registry
import Scoring
import Storage

extension CourseRun {
  /// Experts are assigned to every group that has come to the stage; the first groups are marked by all, the next by
  /// some, in one the experts are far apart.
  func panels(_ stage: CycleStage) async throws {
    let places = try await filling.places(stage.id, of: cycle).filter { course.submitted.contains($0.group) }
    guard !places.isEmpty else { return }
    let plan = filling.plan(places, at: stage, of: cycle, seed: String(filling.seed))
    let assigned = filling.moment(yesterday, hour: 12)
    try await filling.database.write { [filling, cycle] transaction in
      try AssignmentStore.assign(
        plan.assignments, at: stage.id, of: cycle, at: assigned, by: filling.office.actor, transaction)
    }
    var works: [SheetWork] = []
    for (place, sheet) in places.enumerated() {
      let experts = filling.experts(of: sheet.group, by: plan)
      for (number, expert) in experts.enumerated() {
        let share = share(place, number, of: places.count)
        guard share > 0, let group = filling.group(sheet.group) else { continue }
        var chance = chance(5, place * 10 + number)
        var work = SheetWork(
          sheet: sheet.sheet, person: expert,
          at: min(
            filling.now.adding(seconds: -600),
            filling.moment(yesterday, hour: 14, minute: 10).adding(seconds: Int64(chance.within(0...14_000)))),
          content: .review(other: other[group.id] ?? group.empty, share: share, per: 300), submits: share == 100,
          isExpert: true, chance: chance)
        if place == 1, number == 0 { work.outlier = outlier(among: places.map(\.group)) }
        works.append(work)
      }
    }
    try await filling.carryOut(works, in: cycle)
    try await submit(Array(places.prefix(max(1, places.count / 8))), stage)
  }

  /// The office hands in what the panel has agreed on.
  private func submit(_ places: [SheetPlace], _ stage: CycleStage) async throws {
    let moment = filling.now.adding(seconds: -300)
    try await filling.database.write { [filling, cycle] transaction in
      for place in places {
        guard let group = filling.group(place.group),
          let person = stage.acts.flatMap({
            filling.people.evaluator(of: $0, for: group, root: filling.registry.root.id)
          }),
          let open = try SheetStore.open(
            authority: cycle.authority, place.sheet, for: person.viewer, at: moment, filling.editions, transaction),
          let panel = open.panel, panel.canSubmit, panel.alerts.isEmpty
        else { continue }
        try SubmissionStore.submit(
          open, facts: panel.facts, card: panel.card, words: .of(language: cycle.policy.language), at: moment,
          by: person.actor, ids: filling.ids, transaction)
      }
    }
  }

  /// The first quarter is marked by all, the next by one, the next half-way.
  private func share(_ place: Int, _ number: Int, of count: Int) -> Int {
    switch place * 4 / count {
    case 0: 100
    case 1: number == 0 ? 100 : place % 2 == 0 ? 40 : 0
    case 2: number == 1 ? 55 : 0
    default: 0
    }
  }

  /// The item of the group as a whole with the most points, and everybody's facts to choose the worst of.
  private func outlier(among groups: [ID]) -> (item: String, facts: [GroupFacts])? {
    let item = cycle.policy.allItems.filter { $0.of == .group && !$0.isBonus }.max { $0.points < $1.points }
    return item.map { ($0.id, (facts.sorted { $0.key < $1.key } + other.sorted { $0.key < $1.key }).map(\.value)) }
  }
}
