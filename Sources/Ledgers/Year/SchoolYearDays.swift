public import Notation
public import Policies

/// A half of the school year: autumn begins it, spring ends it.
public enum Term: String, Sendable, CaseIterable, Hashable {
  case autumn, spring

  public var title: Message { Message("ledger.term.\(rawValue)") }
}

/// A school year in days, named by the calendar year in which it ends.
public struct SchoolYearDays: Sendable, Hashable {
  public let year: Int
  public let first: Day
  /// The first day of the second term.
  public let spring: Day
  public let last: Day

  /// Nil outside the years there are.
  public init?(_ year: Int, of policy: Policy?) {
    self.init(
      year, starts: policy?.yearStart ?? DayOfYear(month: 9, day: 1),
      secondTerm: policy?.root["records"]?["secondTerm"]?.text.flatMap(DayOfYear.init)
        ?? SchoolYearDays.nationalSecondTerm)
  }

  public init?(_ year: Int, starts: DayOfYear, secondTerm: DayOfYear) {
    let isCalendarYear = starts == DayOfYear(month: 1, day: 1)
    guard (1902...2199).contains(year),
      let first = Day(year: isCalendarYear ? year : year - 1, month: starts.month, day: starts.day),
      let next = Day(year: isCalendarYear ? year + 1 : year, month: starts.month, day: starts.day)
    else { return nil }
    self.year = year
    let last = next.adding(days: -1)
    self.first = first
    self.last = last
    let inFirst = Day(year: first.year, month: secondTerm.month, day: secondTerm.day)
    let inSecond = Day(year: last.year, month: secondTerm.month, day: secondTerm.day)
    spring = [inFirst, inSecond].compactMap(\.self).first { $0 > first && $0 <= last } ?? last
  }

  /// Where a policy says nothing: the second term of the national school calendar begins in February.
  static let nationalSecondTerm = DayOfYear(month: 2, day: 1)

  /// The school year a day lies in.
  public static func year(of day: Day, policy: Policy?) -> Int {
    let starts = policy?.yearStart ?? DayOfYear(month: 9, day: 1)
    let isCalendarYear = starts == DayOfYear(month: 1, day: 1)
    return isCalendarYear || (day.month, day.day) < (starts.month, starts.day) ? day.year : day.year + 1
  }

  /// As people write it: 2025—2026, or 2026 where it is a calendar year.
  public var title: Message { title(of: year) }
  /// Another year of the same calendar.
  func title(of year: Int) -> Message {
    let isOne = first.year == last.year
    return Message(
      isOne ? "schoolYear.one" : "schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))])
  }

  public func contains(_ day: Day) -> Bool { day >= first && day <= last }
  public func term(of day: Day) -> Term { day < spring ? .autumn : .spring }
  public func days(of term: Term?) -> (first: Day, last: Day) {
    switch term {
    case .autumn: (first, spring.adding(days: -1))
    case .spring: (spring, last)
    case nil: (first, last)
    }
  }

  /// The first day on which a term may be said to be complete: its last quarter.
  public func declarable(_ term: Term) -> Day {
    let (first, last) = days(of: term)
    return last.adding(days: -(last.days(since: first) / 4))
  }

  /// Full months from a day through a last day, that day included.
  static func fullMonths(from: Day, through last: Day) -> Int {
    let end = last.adding(days: 1)
    return max(0, (end.year - from.year) * 12 + end.month - from.month - (end.day < from.day ? 1 : 0))
  }
}
