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
  /// Whether the last evaluation before it is handed in.
  public let isEvaluated: Bool
  /// Why nothing can be decided just now; nil: it can.
  public let closed: Message?
  /// Why no papers are taken any more, or not yet; nil: they are.
  public let papersClosed: Message?

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
    let last = evaluations.last ?? stages.last
    isEvaluated = last.map { group.sheets[$0.id] != nil } ?? true
    papersClosed = RecommendationState.papersClosed(
      for: id, at: recommendation, in: calendar, isConfirmed: isConfirmed, at: now)
    if isConfirmed {
      closed = papersClosed
    } else if let open = last, !isEvaluated {
      closed = Message("recommend.closed.notYet", ["stage": .text(open.title)])
    } else if isPassedOn {
      closed = Message("recommend.closed.passedOn")
    } else {
      closed = papersClosed
    }
  }

  /// Why no papers of a group are taken any more, or not yet; nil: they are.
  public static func papersClosed(
    for group: ID, at stage: CycleStage, in calendar: CycleCalendar, isConfirmed: Bool, at now: Instant
  ) -> Message? {
    if isConfirmed { return Message("recommend.closed.confirmed") }
    if calendar.isOver(stage.id, group: group, at: now) {
      return Message("recommend.closed.over", ["due": .text(calendar.due(stage.id, group: group)?.text ?? "")])
    }
    guard !calendar.isOpen(stage.id, group: group, at: now) else { return nil }
    return Message("recommend.closed.early", ["day": .text(stage.opens?.text ?? "")])
  }

  /// What stands against a decision; nil: it may be recorded.
  ///
  /// - Parameter lacking: the papers it lacks, as the policy calls them; a reason lets them pass.
  public func fault(recommends: Bool, reason: String?, group: String, lacking: [Message] = []) -> Message? {
    let name = Message.Part.text(group)
    if let closed { return Message("recommend.fault", ["group": name, "why": .message(closed)]) }
    if recommends, !isAdmitted { return Message("recommend.fault.among", ["group": name]) }
    if recommends, !lacking.isEmpty, reason == nil {
      return Message("recommend.fault.papers", ["group": name, "papers": .list(lacking)])
    }
    if !recommends, reason == nil { return Message("recommend.fault.reason", ["group": name]) }
    return nil
  }
}
