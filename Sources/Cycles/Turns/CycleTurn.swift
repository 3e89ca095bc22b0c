public import Notation
import Policies

/// What is to do for a cycle as a whole, once its groups are far enough: set missing days, draw, confirm, publish.
public struct CycleTurn: Sendable {
  public let tasks: [CycleTask]
  /// How many groups are at each stage, by the stage's id; those that wait for the confirmation under no id.
  public let groups: [String?: Int]

  public init(
    _ turns: [Turn], in cycle: CycleProgress, calendar: CycleCalendar, offices: CycleOffices, at now: Instant
  ) {
    var tasks: [CycleTask] = []
    let holder = Holder.authority(offices.cycle)
    groups = turns.reduce(into: [:]) { counts, turn in counts[turn.stage?.id, default: 0] += 1 }
    for stage in calendar.stages where stage.hasSheets && calendar.due(stage.id, group: nil) == nil {
      // Only what is still to come needs a day.
      if turns.contains(where: { ($0.stage?.position ?? .max) <= stage.position || $0.runs(stage) }) {
        tasks.append(CycleTask(.setDue, stage: stage.id, holder: holder))
      }
    }
    for stage in calendar.stages where stage.draw != nil {
      let waiting = turns.count { $0.stage?.id == stage.id && $0.awaitsDraw }
      let coming = turns.contains { turn in turn.stage.map { $0.position < stage.position } ?? false }
      guard waiting > 0, !coming else { continue }
      switch cycle.draws[stage.id] {
      case nil: tasks.append(CycleTask(.announceDraw, stage: stage.id, holder: holder, count: waiting))
      case .announced(let day):
        tasks.append(CycleTask(.draw, stage: stage.id, holder: holder, due: day, count: waiting))
      case .drawn: break
      }
    }
    if !turns.isEmpty, cycle.confirmed == nil, turns.allSatisfy({ $0.place == .confirmation }) {
      tasks.append(CycleTask(.confirm, stage: nil, holder: holder, count: turns.count))
    }
    if cycle.confirmed != nil, cycle.published == nil {
      let publication = calendar.stages.last { $0.kind == .publication }
      if turns.allSatisfy({ $0.place == .confirmation || ($0.stage != nil && $0.stage == publication) }) {
        let due = publication.flatMap { calendar.due($0.id, group: nil) }
        tasks.append(CycleTask(.publish, stage: publication?.id, holder: holder, due: due, count: turns.count))
      }
    }
    self.tasks = tasks
  }
}
