import Cycles
import Demonstration
import Notation
import People
import Policies
import Registry
import Scoring
import Storage

/// Carries out the cycle in mid-course, stage by stage.
struct CourseRun: Sendable {
  let filling: Filling
  let cycle: StoredCycle
  let course: Course
  let facts: [ID: GroupFacts]
  let other: [ID: GroupFacts]

  func chance(_ stage: Int, _ place: Int) -> Chance { Chance(seed: filling.seed, 41, stage, place) }

  var yesterday: Day { course.today.adding(days: -1) }

  /// Most have handed in, some within an extension, one was given back, one is late without a word, one is at it.
  func selfEvaluation(_ stage: CycleStage) async throws {
    let due = course.due(stage)
    try await EvidenceWork(run: self).add(from: due.adding(days: -20), to: due.adding(days: -8))
    try await extend(stage, due)
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(1, place)
      guard let group = filling.group(sheet.group), let facts = facts[group.id],
        let person = filling.people.schools[group.lead.id]
      else { continue }
      var (from, to, share) = (due.adding(days: -7), due, 100)
      if course.late.contains(group.id) { (from, to) = (due.adding(days: 2), due.adding(days: 6)) }
      if course.overdue.contains(group.id) { share = 35 }
      if course.open.contains(group.id) {
        (from, to, share) = (yesterday, yesterday, group.id == filling.shown.id ? 60 : 25)
      }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person, at: filling.moment(between: from, and: min(to, yesterday), &chance),
          content: .facts(facts, share: share), submits: share == 100, chance: chance))
    }
    try await filling.carryOut(works, in: cycle)
    try await giveBack(stage)
  }

  private func extend(_ stage: CycleStage, _ due: Day) async throws {
    let moment = filling.moment(due.adding(days: -1), hour: 16, minute: 20)
    let extended =
      course.late.map { ($0, due.adding(days: 7)) } + course.open.map { ($0, course.today.adding(days: 3)) }
    try await filling.database.write { [filling, cycle] transaction in
      for (group, day) in extended {
        let person = filling.group(group).flatMap { filling.people.offices[$0.group.authority] } ?? filling.office
        try CycleStore.extend(
          Extension(
            stage: stage.id, group: group, due: day, reason: Words.made("demo.extension"), at: moment,
            by: person.viewer.account), authority: cycle.authority, cycle: cycle.id, by: person.actor, transaction)
      }
    }
  }

  private func giveBack(_ stage: CycleStage) async throws {
    let places = try await filling.places(stage.id, of: cycle)
    let moment = filling.moment(yesterday, hour: 10, minute: 12)
    try await filling.database.write { [filling, course, cycle] transaction in
      for place in places where course.returned.contains(place.group) {
        guard let group = filling.group(place.group), let person = filling.people.offices[group.group.authority],
          let open = try SheetStore.open(
            authority: cycle.authority, place.sheet, for: person.viewer, at: moment, filling.editions, transaction)
        else { continue }
        try SubmissionStore.giveBack(
          open, reason: Words.made("demo.returned"), due: course.today.adding(days: 5), at: moment, by: person.actor,
          transaction)
      }
    }
  }

  /// Of those handed in, six in ten have had their members evaluated.
  func members(_ stage: CycleStage) async throws {
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(2, place)
      guard let group = filling.group(sheet.group), let rank = course.submitted.firstIndex(of: group.id),
        rank % 5 < 3 || group.id == filling.shown.id, let person = filling.people.schools[group.lead.id]
      else { continue }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person,
          at: filling.moment(between: yesterday.adding(days: -9), and: yesterday, &chance),
          content: .review(other: other[group.id] ?? group.empty, share: 100, per: 60), chance: chance))
    }
    try await filling.carryOut(works, in: cycle)
  }

  /// Two in three are evaluated, some are under way, the rest waits.
  ///
  /// - Returns: what the evaluated came to.
  func preliminary(_ stage: CycleStage) async throws -> [SheetWork.Outcome] {
    guard course.panel?.id != stage.id else { return [] }
    var works: [SheetWork] = []
    for (place, sheet) in try await filling.places(stage.id, of: cycle).enumerated() {
      var chance = chance(3, place)
      guard let group = filling.group(sheet.group), let rank = course.submitted.firstIndex(of: group.id),
        let person = stage.acts.flatMap({
          filling.people.evaluator(of: $0, for: group, root: filling.registry.root.id)
        })
      else { continue }
      let share = [100, 100, 60, 100, 0, 100, 100, 30, 100][rank % 9]
      guard share > 0 else { continue }
      works.append(
        SheetWork(
          sheet: sheet.sheet, person: person,
          at: filling.moment(between: yesterday.adding(days: -10), and: yesterday.adding(days: -2), &chance),
          content: .review(other: other[group.id] ?? group.empty, share: share, per: 120), submits: share == 100,
          chance: chance))
    }
    let outcomes = try await filling.carryOut(works, in: cycle)
    let handedIn = Set(works.filter(\.submits).map(\.sheet))
    return zip(works.sorted { $0.at < $1.at }, outcomes).filter { handedIn.contains($0.0.sheet) }.map(\.1)
  }

  /// Four in five of the evaluated are decided about.
  func recommendations(_ done: [SheetWork.Outcome]) async throws {
    guard let pivot = course.pivot,
      let stage = course.stages.first(where: { $0.kind == .recommendation && $0.position > pivot.position })
    else { return }
    let moment = filling.moment(yesterday, hour: 11)
    let reports = ReportWork(filling: filling, cycle: cycle, stage: stage)
    let papers = try await reports.papers(of: filling.people.offices.values.sorted { $0.login < $1.login })
    try await filling.database.write { [filling, cycle] transaction in
      for (place, outcome) in done.enumerated() where place % 5 != 4 {
        guard let group = filling.group(outcome.group) else { continue }
        let reached = GroupProgress.Submitted(
          at: moment, base: outcome.card.base, bonus: outcome.card.bonus, total: outcome.card.total,
          grade: StageGrade.grade(of: outcome.card, cycle.policy))
        let admitted = StageGate.admits(group.participant(filling.registry), reached, among: stage.among)
        let person =
          stage.acts.flatMap {
            filling.people.evaluator(of: $0, for: group, root: filling.registry.root.id)
          } ?? filling.office
        if admitted {
          try reports.attach(
            papers[person.viewer.account] ?? [], to: group.id, by: person, at: moment, transaction)
        }
        try RecommendationStore.decide(
          admitted, group: group.id, at: stage.id, of: cycle,
          reason: admitted ? nil : Words.made("demo.notRecommended"), at: moment, by: person.actor, ids: filling.ids,
          transaction)
      }
    }
  }

  /// A veto on one group, under inquiry since yesterday.
  func veto() async throws {
    guard let veto = cycle.policy.vetoes.first, let group = course.inTime.last else { return }
    try await filling.database.write { [filling, cycle, yesterday] transaction in
      try VetoStore.lay(
        veto.id, on: group, authority: cycle.authority, cycle: cycle.id, reason: Words.made("demo.veto"),
        at: filling.moment(yesterday, hour: 17), by: filling.office.actor, transaction)
    }
  }
}
