import Cycles
import Notation

/// Days and numbers as start pages and dashboards write them.
extension Visit {
  /// `10月31日`; with the year where it isn't this one.
  func day(_ day: Day) -> String {
    text(day.year == now.day.year ? "date.day" : "cycle.dayOfYear", day.parts)
  }

  /// `10月31日 14:32`
  func moment(_ instant: Instant) -> String {
    let local = LocalTime(instant)
    return "\(day(local.day)) \(local.shortClock)"
  }

  /// `还有 14 天`, `今天`, `逾期 3 天`
  func left(_ days: Int) -> String {
    switch days {
    case 0: text("overview.left.today")
    case ..<0: text("overview.left.over", ["days": .count(-days)])
    default: text("overview.left", ["days": .count(days)])
    }
  }

  /// `1,846`
  func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place).isMultiple(of: 3) { result.append(",") }
      result.append(digit)
    }
    return (number < 0 ? "−" : "") + result
  }
}

extension Catalogue {
  /// `2026年10月31日`
  func day(_ day: Day) -> String { text("cycle.dayOfYear", day.parts) }
}

extension Day {
  /// What a date's sentence takes: the month by its name where the language has names.
  var parts: [String: Message.Part] {
    ["year": .text(String(year)), "month": Day.month(month), "day": .count(day)]
  }

  /// `Nov` or `11`
  static func month(_ month: Int) -> Message.Part { .message(Message("date.month.\(month)")) }
}

/// A last day with how near it is.
struct DueWords {
  let day: String
  let left: String
  /// `badc`, `warnc` or nothing.
  let colour: String

  init?(_ visit: Visit, _ due: Day?) {
    guard let due else { return nil }
    let days = due.days(since: visit.now.day)
    day = visit.day(due)
    left = visit.left(days)
    colour = DueWords.colour(days)
  }

  /// Due within seven days needs attention; today and past is late.
  static func colour(_ days: Int) -> String { days <= 0 ? "badc b" : days <= 7 ? "warnc b" : "" }
}

extension Exact {
  /// A score with the policy's places; minus is `−`.
  func shown(_ places: Int) -> String {
    isNegative ? "−" + magnitude.fixed(places: places) : fixed(places: places)
  }
}
