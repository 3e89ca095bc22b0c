public import Notation
import Policies

/// The days in which a confirmed result may be objected to, before it is published.
public struct ObjectionWindow: Sendable, Hashable {
  /// The day of confirmation; the window is open from that moment.
  public let announced: Instant
  /// That day included.
  public let lastDay: Day

  /// Nil where the stage has no window.
  ///
  /// - Parameter extended: a last day recorded for the stage, in place of the policy's.
  public init?(_ stage: CycleStage, announced: Instant, working: WorkingDays = WorkingDays(), extended: Day? = nil) {
    guard stage.kind == .objection, let days = stage.days, days > 0 else { return nil }
    self.announced = announced
    lastDay = extended ?? working.last(of: days, after: announced.day, workingOnly: stage.workingDays)
  }

  public func isOpen(at now: Instant) -> Bool { now >= announced && !isOver(at: now) }
  public func isOver(at now: Instant) -> Bool { now >= Instant(endOf: lastDay) }
  /// 0 on the last day, negative afterwards.
  public func daysLeft(at now: Instant) -> Int { lastDay.days(since: now.day) }
}
