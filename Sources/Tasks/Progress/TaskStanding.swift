public import Notation

/// How a unit stands with a task on a day.
public struct TaskStanding: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable {
    case done, late, soon, running
    /// It has no last day (长期).
    case standing
    /// It hasn't begun.
    case ahead
  }

  public let unit: String
  public let state: State
  /// Days to the last day; negative where it has passed; nil without one.
  public let left: Int?
  public let report: TaskReport?
}

extension WorkTask {
  /// Within so many days of the last one a task needs attention.
  public static let soon = 7

  /// How each responsible unit stands.
  public func standings(on day: Day) -> [TaskStanding] { responsible.map { standing(of: $0, on: day) } }

  public func standing(of unit: String, on day: Day) -> TaskStanding {
    let report = report(of: unit)
    let left = due.day.map { $0.days(since: day) }
    let state: TaskStanding.State =
      if closedOn != nil || report?.isDone == true {
        .done
      } else if let left, left < 0 {
        .late
      } else if let left, left <= WorkTask.soon {
        .soon
      } else if let from, day < from {
        .ahead
      } else {
        left == nil ? .standing : .running
      }
    return TaskStanding(unit: unit, state: state, left: left, report: report)
  }

  /// The whole of it: late where any unit is, done where all are.
  public func state(on day: Day) -> TaskStanding.State {
    let states = Set(standings(on: day).map(\.state))
    if closedOn != nil || states == [.done] { return .done }
    return [.late, .soon, .running, .standing, .ahead].first { states.contains($0) }
      ?? (due.day == nil ? .standing : .running)
  }
}
