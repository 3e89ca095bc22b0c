/// How a workbook counts days.
enum DateSystem {
  /// Day 1 is 1900-01-01, and day 60 is a 29 February 1900 that never was.
  case from1900
  /// Day 0 is 1904-01-01.
  case from1904

  /// The day a serial number stands for; nil for a time without a day, the day that never was, and days after 9999.
  func date(serial text: String) -> CellDate? {
    guard let serial = Double(text), serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial)
    var second = Int(((serial - Double(day)) * 86_400).rounded())
    if second == 86_400 { (day, second) = (day + 1, 0) }
    switch self {
    case .from1900:
      guard day >= 1, day != 60 else { return nil }
      // -25 568 is 1899-12-31 and -25 569 the day before, both counted from 1970-01-01.
      return Self.date(daysSince1970: day - (day < 60 ? 25_568 : 25_569), second: second)
    case .from1904: return Self.date(daysSince1970: day - 24_107, second: second)
    }
  }

  /// The serial number of a day in a 1900 workbook, as decimal text; the time as a fraction.
  static func serial(_ date: CellDate) -> Double {
    let days = daysSince1970(date)
    let serial = days + 25_569 > 60 ? days + 25_569 : days + 25_568
    return Double(serial) + Double(date.second) / 86_400
  }

  /// The day of the Gregorian calendar, counted in eras of 400 years that start on 1 March.
  private static func date(daysSince1970 days: Int, second: Int) -> CellDate? {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    return CellDate(year: year, month: month < 10 ? month + 3 : month - 9, day: day, second: second)
  }

  private static func daysSince1970(_ date: CellDate) -> Int {
    let year = date.month <= 2 ? date.year - 1 : date.year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
