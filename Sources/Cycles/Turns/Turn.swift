public import Notation
import Policies

/// Where a group stands in the year and what is to do next, derived from what is recorded.
public struct Turn: Sendable {
  public enum Place: Sendable, Hashable {
    case at(CycleStage)
    /// All its evaluations are done; the year waits for the confirmation of all.
    case confirmation
    case published
  }

  /// Why a group goes no further up.
  public enum Out: String, Sendable, Hashable {
    case notRecommended, notDrawn, notAmong

    public var message: Message { Message("cycles.out.\(rawValue)") }
  }

  public let group: ID
  public let place: Place
  /// The stage it didn't come to, and why; its highest completed stage counts.
  public let out: (stage: CycleStage, why: Out)?
  /// Stages whose last day passed without a submission; the year went on.
  public let missed: [CycleStage]
  /// Whether it waits at its stage for a draw to tell who comes.
  public let awaitsDraw: Bool
  public let tasks: [CycleTask]

  public var stage: CycleStage? { if case .at(let stage) = place { stage } else { nil } }

  /// Whether a stage is under way: the group is at it, or its members are evaluated beside its way.
  public func runs(_ stage: CycleStage) -> Bool {
    self.stage == stage || tasks.contains { $0.kind == .evaluateMembers && $0.stage == stage.id }
  }

  /// Whether the group's sheet of a stage may be worked on now: it is the group's turn, and its days are open.
  public func isOpen(_ stage: String, in calendar: CycleCalendar, at now: Instant) -> Bool {
    self.stage?.id == stage && !awaitsDraw && calendar.isOpen(stage, group: group, at: now)
  }
}

extension Turn {
  /// - Parameters:
  ///   - group: what is recorded of the group.
  ///   - cycle: what is recorded of the whole cycle.
  ///   - offices: the authorities above.
  ///   - working: which days are worked, for windows of working days.
  public init(
    of group: GroupProgress, in cycle: CycleProgress, calendar: CycleCalendar, offices: CycleOffices,
    working: WorkingDays = WorkingDays(), at now: Instant
  ) {
    var walk = TurnWalk(group: group, cycle: cycle, calendar: calendar, offices: offices, working: working, now: now)
    var place: Place?
    for stage in calendar.stages where place == nil { place = walk.visit(stage) }
    self.group = group.participant.group
    let end = place ?? walk.end
    self.place = end == .confirmation ? walk.beside.map { .at($0) } ?? end : end
    out = walk.out
    missed = walk.missed
    awaitsDraw = walk.awaitsDraw
    tasks = walk.tasks
  }
}
