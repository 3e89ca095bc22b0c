public import Notation

/// Which days are worked: Monday to Friday, but for the public holidays and the days worked in their stead (调休).
public struct WorkingDays: Sendable, Hashable {
  public var holidays: Set<Day>
  public var worked: Set<Day>

  public init(holidays: Set<Day> = [], worked: Set<Day> = []) {
    self.holidays = holidays
    self.worked = worked
  }

  public func includes(_ day: Day) -> Bool { worked.contains(day) || (day.isWeekday && !holidays.contains(day)) }

  /// The last of so many days after a day, which itself isn't counted (民法典 201); only worked days where asked.
  public func last(of days: Int, after start: Day, workingOnly: Bool) -> Day {
    // A longer window is none; a number out of a file must not overflow.
    let days = min(max(0, days), 36_500)
    guard workingOnly else { return start.adding(days: days) }
    var day = start
    var left = days
    // Holidays are finite; the bound only keeps a wrong table from running away.
    var bound = days * 7 + 400
    while left > 0, bound > 0 {
      day = day.adding(days: 1)
      if includes(day) { left -= 1 }
      bound -= 1
    }
    return day
  }
}
