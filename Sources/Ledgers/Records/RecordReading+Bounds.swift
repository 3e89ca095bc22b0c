import Notation

extension RecordReading {
  /// What no record may say, whoever keeps it: a booking that ends before it begins or is of one's own venue, somebody
  /// sent to their own school.
  mutating func readBounds() {
    func text(_ field: String) -> String? { if case .text(let text)? = values[field] { text } else { nil } }
    func schools(_ field: String) -> [ID] { if case .schools(let schools)? = values[field] { schools } else { [] } }
    if let begins = text("begins"), let ends = text("ends"), let field = kind.field("ends"), ends <= begins {
      fail(field, "ledger.fault.times", ["from": .text(begins), "to": .text(ends)])
    }
    if let field = kind.field("guest"), let provider = schools("provider").first, schools("guest") == [provider] {
      fail(field, "ledger.fault.ownVenue")
    }
    if VoidRecords.sentAway.contains(kind.id), let field = kind.field("host"), let school, schools("host") == [school] {
      fail(field, "ledger.fault.ownSchool")
    }
  }
}

/// A time of the day as `09:30`.
enum DayTime {
  /// `9:30`, `09:30`, `9：30`, `09:30:00`; nil where it is no time.
  static func text(_ typed: String) -> String? {
    let parts = typed.plainForm.trimmedSpaces.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute),
      parts.count == 2 || parts[2] == "00"
    else { return nil }
    return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
  }
}
