public import Notation
import Policies

/// What may be decided about a group at a recommendation, and why not more.
public struct RecommendationState: Sendable {
  /// The completed evaluation it rests on; nil: none is.
  public let reached: GroupProgress.Submitted?
  /// Of which stage that is.
  public let stage: CycleStage?
  /// Whether the group meets what the policy asks of those recommended.
  public let isAdmitted: Bool
  /// Why nothing can be decided just now; nil: it can.
  public let closed: Message?

  /// - Parameters:
  ///   - isPassedOn: what the decision opened has been worked on, or a draw among those recommended is announced.
  ///   - isConfirmed: the year's results are.
  public init(
    of group: GroupProgress, at recommendation: CycleStage, in calendar: CycleCalendar, isPassedOn: Bool,
    isConfirmed: Bool, at now: Instant
  ) {
    let stages = calendar.stages.filter { $0.position < recommendation.position && $0.hasGroupSheet }
    let evaluations = stages.filter { $0.kind == .evaluation }
    stage = evaluations.last { group.sheets[$0.id] != nil }
    let reached = stage.flatMap { group.sheets[$0.id] }
    self.reached = reached
    isAdmitted = StageGate.admits(group.participant, reached, among: recommendation.among)
    let id = group.participant.group
    if isConfirmed {
      closed = Message("recommend.closed.confirmed")
    } else if let open = (evaluations.last ?? stages.last), group.sheets[open.id] == nil {
      closed = Message("recommend.closed.notYet", ["stage": .text(open.title)])
    } else if isPassedOn {
      closed = Message("recommend.closed.passedOn")
    } else if calendar.isOver(recommendation.id, group: id, at: now) {
      let due = calendar.due(recommendation.id, group: id)?.text ?? ""
      closed = Message("recommend.closed.over", ["due": .text(due)])
    } else if !calendar.isOpen(recommendation.id, group: id, at: now) {
      closed = Message("recommend.closed.early", ["day": .text(recommendation.opens?.text ?? "")])
    } else {
      closed = nil
    }
  }

  /// What stands against a decision; nil: it may be recorded.
  public func fault(recommends: Bool, reason: String?, group: String) -> Message? {
    let name = Message.Part.text(group)
    if let closed { return Message("recommend.fault", ["group": name, "why": .message(closed)]) }
    if recommends, !isAdmitted { return Message("recommend.fault.among", ["group": name]) }
    if !recommends, reason == nil { return Message("recommend.fault.reason", ["group": name]) }
    return nil
  }
}
