/// Days counted, for deadlines and terms (proleptic Gregorian calendar).
extension Day {
  /// The number of the day, 0 being 1970-01-01.
  public var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day of that number; held within 1900–2200, the days there are.
  public init(daysSince1970 number: Int) {
    let shifted = max(number, Day.first) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let realMonth = month < 10 ? month + 3 : month - 9
    let realYear = yearOfEra + era * 400 + (realMonth <= 2 ? 1 : 0)
    self = Day(year: realYear, month: realMonth, day: dayOfYear - (153 * month + 2) / 5 + 1) ?? Day.last
  }

  static let first = -25_567
  static let last = Day(year: 2200, month: 12, day: 31)!

  public func adding(days: Int) -> Day { Day(daysSince1970: daysSince1970 + days) }

  /// How many days from another day to this one; negative where this one is earlier.
  public func days(since other: Day) -> Int { daysSince1970 - other.daysSince1970 }

  /// Monday to Friday. Public holidays are not known here.
  public var isWeekday: Bool {
    let weekday = (daysSince1970 % 7 + 7 + 3) % 7
    return weekday < 5
  }
}
