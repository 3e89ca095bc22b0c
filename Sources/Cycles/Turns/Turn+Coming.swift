public import Notation
import Policies

extension Turn {
  /// Whether a group has come to a stage of sheets: none of the stages before it holds the group up or leaves it out, and
  /// the stage itself admits it. Members are evaluated beside the group's way, which goes on.
  ///
  /// - Parameters:
  ///   - group: what is recorded of the group at the stages before; the rest isn't asked.
  ///   - cycle: whom was drawn for the stages up to this one.
  public static func hasCome(
    _ group: GroupProgress, to stage: CycleStage, in cycle: CycleProgress, calendar: CycleCalendar,
    offices: CycleOffices, at now: Instant
  ) -> Bool {
    var group = group
    group.sheets[stage.id] = nil
    var walk = TurnWalk(
      group: group, cycle: cycle, calendar: calendar, offices: offices, working: WorkingDays(), now: now)
    for earlier in calendar.stages where earlier.position < stage.position && earlier.isOnTheWay {
      if walk.visit(earlier) != nil { return false }
    }
    guard walk.out == nil else { return false }
    guard stage.kind == .evaluation else { return true }
    return walk.visit(stage) != nil && !walk.awaitsDraw
  }
}

extension CycleStage {
  /// Whether a group passes it before the next one, and may be left out by it.
  fileprivate var isOnTheWay: Bool {
    switch kind {
    case .selfEvaluation, .recommendation, .evaluation: true
    case .members, .report, .objection, .publication: false
    }
  }
}
