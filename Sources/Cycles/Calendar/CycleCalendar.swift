public import Notation

/// A later (or another) day for a stage, of all groups or of one. Of those recorded for a group the latest holds.
public struct Extension: Sendable, Hashable {
  public let stage: String
  /// Nil: of all groups.
  public let group: ID?
  public let due: Day
  public let reason: String
  public let at: Instant
  public let by: ID?

  public init(stage: String, group: ID?, due: Day, reason: String, at: Instant, by: ID?) {
    self.stage = stage
    self.group = group
    self.due = due
    self.reason = reason
    self.at = at
    self.by = by
  }
}

/// The stages of a cycle and until when they are open, extensions included. Days are those of Asia/Shanghai; a deadline
/// holds through the end of its day.
public struct CycleCalendar: Sendable {
  public let stages: [CycleStage]
  /// By stage, in the order they were recorded.
  private let extensions: [String: [Extension]]
  private let positions: [String: Int]

  public init(stages: [CycleStage], extensions: [Extension] = []) {
    self.stages = stages
    self.extensions = Dictionary(grouping: extensions.sorted { $0.at < $1.at }, by: \.stage)
    positions = Dictionary(stages.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
  }

  public func stage(_ id: String) -> CycleStage? { positions[id].map { stages[$0] } }

  /// The extension that holds for a group; for nil, that of all groups.
  public func holdingExtension(of stage: String, group: ID?) -> Extension? {
    extensions[stage]?.last { $0.group == nil || $0.group == group }
  }

  /// The last day for a group, that day included; nil: none is set.
  public func due(_ stage: String, group: ID?) -> Day? {
    holdingExtension(of: stage, group: group)?.due ?? self.stage(stage)?.due
  }

  /// The last day for a group as it was before a moment; nil: none was set.
  public func due(_ stage: String, group: ID?, before at: Instant) -> Day? {
    let held = extensions[stage]?.last { $0.at < at && ($0.group == nil || $0.group == group) }
    return held?.due ?? self.stage(stage)?.due
  }

  /// Whether the stage's days have come and not gone by. Whether it is a group's turn is another question (`Turn`).
  public func isOpen(_ stage: String, group: ID?, at now: Instant) -> Bool {
    guard let found = self.stage(stage) else { return false }
    if let opens = found.opens, now < Instant(startOf: opens) { return false }
    return !isOver(stage, group: group, at: now)
  }

  /// Whether the last day has passed; never so where none is set.
  public func isOver(_ stage: String, group: ID?, at now: Instant) -> Bool {
    due(stage, group: group).map { now >= Instant(endOf: $0) } ?? false
  }

  /// Days from today to the last one: 0 on that day, negative afterwards; nil where none is set.
  public func daysLeft(_ stage: String, group: ID?, at now: Instant) -> Int? {
    due(stage, group: group).map { $0.days(since: now.day) }
  }

  /// How a submission stands to the day first set.
  public enum Timeliness: Sendable, Hashable {
    case onTime
    /// After the day first set, within an extension.
    case extended
    case late
  }

  public func timeliness(_ stage: String, group: ID?, at submission: Instant) -> Timeliness {
    if isOver(stage, group: group, at: submission) { return .late }
    guard let first = self.stage(stage)?.due, submission >= Instant(endOf: first) else { return .onTime }
    return .extended
  }
}
