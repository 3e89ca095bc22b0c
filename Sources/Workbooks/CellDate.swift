/// A day of the calendar held by a cell, with the seconds since midnight when the cell holds a time too.
package struct CellDate: Hashable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int
  /// Seconds after midnight, 0..<86 400; 0 in a cell that holds a whole day.
  package let second: Int

  /// The day, or nil when the calendar has none such between 1900-01-01 and 9999-12-31.
  package init?(year: Int, month: Int, day: Int, second: Int = 0) {
    guard (1900...9999).contains(year), (1...12).contains(month), (0..<86_400).contains(second) else { return nil }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...lengths[month - 1]).contains(day) else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.second = second
  }

  /// The day as `2026-03-01`, with `T08:30:00` after it when the cell holds a time.
  package var description: String {
    let date = "\(year)-\(Self.two(month))-\(Self.two(day))"
    guard second > 0 else { return date }
    return "\(date)T\(Self.two(second / 3600)):\(Self.two(second / 60 % 60)):\(Self.two(second % 60))"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
