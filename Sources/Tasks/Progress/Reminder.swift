public import Notation

/// Something a unit is to be told about a task, once.
public struct Reminder: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// The last day comes near.
    case soon
    /// Today is the last day.
    case due
    /// It has passed.
    case late
    /// It passed long ago: who leads and who guides is told of it.
    case escalated
  }

  public let task: ID
  public let title: String
  public let kind: Kind
  /// Whose part is open.
  public let unit: String
  /// Who is told; empty: the office that keeps the list.
  public let to: String
  /// Since when it is due to be told.
  public let day: Day
  public let due: Day

  /// The same for the same thing to the same unit, so that it is told once; another last day makes it another thing.
  public var key: String { "\(task)/\(kind.rawValue)/\(due.text)/\(unit)/\(to)" }
}

/// When units are told.
public struct ReminderTerms: Sendable, Hashable {
  /// Days before the last one.
  public let before: Int
  /// Days after the last one from which it goes to those above.
  public let escalates: Int

  public init(before: Int = 7, escalates: Int = 7) {
    self.before = before
    self.escalates = escalates
  }
}

extension WorkTask {
  /// What is to be told of a task by a day, the latest kind for each unit only: who comes late to it isn't told first
  /// that it will be due.
  public func reminders(on day: Day, _ terms: ReminderTerms = ReminderTerms()) -> [Reminder] {
    guard closedOn == nil, let due = due.day else { return [] }
    return responsible.filter { report(of: $0)?.isDone != true }.flatMap { unit -> [Reminder] in
      let left = due.days(since: day)
      func reminder(_ kind: Reminder.Kind, to: String, after days: Int) -> Reminder {
        Reminder(
          task: id, title: title, kind: kind, unit: unit, to: to, day: due.adding(days: days), due: due)
      }
      switch left {
      case 0: return [reminder(.due, to: unit, after: 0)]
      case 1...: return left <= terms.before ? [reminder(.soon, to: unit, after: -terms.before)] : []
      default:
        let late = reminder(.late, to: unit, after: 1)
        guard -left >= terms.escalates else { return [late] }
        var told: Set<String> = [unit]
        let above = (names(.lead) + names(.guide)).filter { told.insert($0).inserted }
        // Parts of tasks and decisions name nobody above: who gave them is told.
        return [late] + (above.isEmpty ? [""] : above).map { reminder(.escalated, to: $0, after: terms.escalates) }
      }
    }
  }
}
