import Cycles
import Demonstration
import Notation
import Policies
import Scoring
import Storage

/// The cycle in mid-course: who stands where, so that every role finds something to do today.
struct Course: Sendable {
  let stages: [CycleStage]
  let today: Day
  /// The first evaluation by somebody above: the one that is under way.
  let pivot: CycleStage?
  /// The evaluation after it that a panel of experts works on; the pivot where there is none.
  let panel: CycleStage?
  let dues: [String: Day]
  /// The groups in the order of how far they are; first those whose self-evaluation is still open.
  let open: [ID]
  let overdue: [ID]
  let late: [ID]
  let returned: [ID]
  /// Handed in in time.
  let inTime: [ID]
  var submitted: [ID] { late + inTime }

  init(_ policy: Policy, year: Int, today: Day, groups: [ID], shown: ID, chance: Chance) {
    stages = CycleStage.all(of: policy, year: year)
    self.today = today
    let evaluations = stages.filter { $0.kind == .evaluation }
    pivot = evaluations.first
    panel =
      evaluations.first { $0.experts != nil && $0.draw == nil && $0.among == nil && $0.id != evaluations.first?.id }
      ?? evaluations.first { $0.experts != nil }
    dues = Course.dues(stages, pivot: evaluations.first, today: today)
    var chance = chance
    var rest = groups.filter { $0 != shown }
    for place in stride(from: rest.count - 1, to: 0, by: -1) { rest.swapAt(place, chance.within(0...place)) }
    func take(_ count: Int) -> [ID] {
      defer { rest.removeFirst(min(count, rest.count)) }
      return Array(rest.prefix(count))
    }
    let few = max(1, groups.count / 14)
    open = [shown] + take(groups.count > 20 ? 1 : 0)
    overdue = take(groups.count > 8 ? 1 : 0)
    returned = take(1)
    late = take(few)
    inTime = rest
  }

  /// The pivot is due in four days; the other stages as far from it as the policy has them, or three weeks each.
  private static func dues(_ stages: [CycleStage], pivot: CycleStage?, today: Day) -> [String: Day] {
    let target = today.adding(days: 4)
    var dues: [String: Day] = [:]
    var last = target
    for stage in stages {
      let isBefore = pivot.map { stage.position < $0.position } ?? true
      if let due = stage.due, let middle = pivot?.due {
        dues[stage.id] = target.adding(days: due.days(since: middle))
      } else if stage.hasSheets || stage.kind == .recommendation || stage.kind == .report {
        dues[stage.id] =
          isBefore
          ? (stage.kind == .selfEvaluation ? today.adding(days: -24) : target)
          : (stage.id == pivot?.id ? target : last.adding(days: 21))
      }
      if let due = dues[stage.id] { last = isBefore ? target : max(last, due) }
    }
    return dues
  }

  func due(_ stage: CycleStage?) -> Day { stage.flatMap { dues[$0.id] } ?? today }
}

extension Filling {
  func presentYear() async throws {
    let today = now.day
    let course = Course(
      city.policy, year: currentYear, today: today, groups: registry.groups.map(\.id), shown: shown.id,
      chance: Chance(seed: seed, 31))
    let first = course.stages.first { $0.kind == .selfEvaluation }
    let start = course.due(first).adding(days: -45)
    let cycle = try await open(currentYear, dues: course.dues, at: moment(start, hour: 10))
    let run = CourseRun(
      filling: self, cycle: cycle, course: course, facts: facts(currentYear), other: facts(currentYear - 1))
    if let first { try await run.selfEvaluation(first) }
    for stage in course.stages where stage.kind == .members { try await run.members(stage) }
    guard let pivot = course.pivot else { return }
    let done = try await run.preliminary(pivot)
    try await run.recommendations(done)
    if let panel = course.panel { try await run.panels(panel) }
    try await run.veto()
  }
}
