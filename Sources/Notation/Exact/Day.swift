/// A calendar day. Policies reckon in whole days of the authority's own calendar; there is no time zone in it.
public struct Day: Sendable, Hashable, Comparable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Nil where the calendar has no such day, or it lies outside 1900–2200.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...2200).contains(year), (1...12).contains(month), (1...Day.length(year, month)).contains(day) else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2021-09-01`.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let numbers = Day.numbers(parts)
    else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  static func numbers(_ parts: [Substring]) -> [Int]? {
    let numbers = parts.compactMap { part in part.allSatisfy { $0.isASCII && $0.isNumber } ? Int(part) : nil }
    return numbers.count == parts.count ? numbers : nil
  }

  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
  static func isDate(_ text: String) -> Bool {
    switch text.count {
    case 4: Int(text).map { (1900...2200).contains($0) } ?? false
    case 7: Day(text + "-01") != nil
    default: Day(text) != nil
    }
  }

  static func length(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

  public var text: String { "\(year)-\(Day.two(month))-\(Day.two(day))" }
  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// A day that comes every year, such as the first day of the school year.
public struct DayOfYear: Sendable, Hashable {
  public let month: Int
  public let day: Int

  /// Reads `09-01`. 29 February comes only in some years and is refused.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let numbers = Day.numbers(parts),
      Day(year: 2023, month: numbers[0], day: numbers[1]) != nil
    else { return nil }
    month = numbers[0]
    day = numbers[1]
  }

  public var text: String { "\(Day.two(month))-\(Day.two(day))" }

  /// Full months from a day through the last day of the school year that ends in `year` and begins on this day; that
  /// last day is included, and a later day gives 0.
  public func fullMonths(from formed: Day, throughSchoolYear year: Int) -> Int {
    // The day after the last one: the same date in the ending year, or the next year's first of January.
    let end = month == 1 && day == 1 ? (year + 1, 1, 1) : (year, month, day)
    let months = (end.0 - formed.year) * 12 + end.1 - formed.month - (end.2 < formed.day ? 1 : 0)
    return max(0, months)
  }
}

extension DayOfYear {
  /// A day known to exist in every year.
  public init(month: Int, day: Int) {
    precondition(Day(year: 2023, month: month, day: day) != nil)
    self.month = month
    self.day = day
  }
}
