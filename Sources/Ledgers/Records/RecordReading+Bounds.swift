import Notation

extension RecordReading {
  /// Of a document: adopted and filed by now, given up after it was adopted and not before the year it is told in.
  mutating func readDocumentDays() {
    let values = values
    func day(_ id: String) -> Day? { if case .day(let day)? = values[id] { day } else { nil } }
    for id in ["adopted", "filed"] {
      if let field = kind.field(id), let found = day(id) { refuseAhead(found, field) }
    }
    guard let ended = day("ended"), let field = kind.field("ended") else { return }
    let least = max(context.year.days.first, day("adopted") ?? context.year.days.first)
    if ended < least { fail(field, "ledger.fault.ended", ["found": .text(ended.text), "first": .text(least.text)]) }
  }

  /// What is over has its last day behind it.
  mutating func readConcluded(_ first: Day?, _ last: Day?) {
    guard case .words(let words)? = values["state"], words.contains("concluded") || words.contains("done") else {
      return
    }
    if let first, let field = kind.field("from") { refuseAhead(first, field) }
    if let last, let field = kind.field("to") { refuseAhead(last, field) }
  }

  private mutating func refuseAhead(_ day: Day, _ field: LedgerField) {
    guard let today = context.today, day > today else { return }
    fail(field, "ledger.fault.future", ["found": .text(day.text), "today": .text(today.text)])
  }

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
    readVenue(text("venue"), of: schools("provider").first)
    if VoidRecords.sentAway.contains(kind.id), let field = kind.field("host"), let school, schools("host") == [school] {
      fail(field, "ledger.fault.ownSchool")
    }
  }
}

extension RecordReading {
  /// Where a school told which venues it opened, one of them is booked, under its name there.
  private mutating func readVenue(_ venue: String?, of provider: ID?) {
    guard kind.id == "bookings", let venue, let provider, let day = first, let field = kind.field("venue") else {
      return
    }
    let opened = context.year.records("venues").filter { $0.school == provider && $0.overlaps(day, day) }
      .compactMap { $0.text("title") }
    guard !opened.isEmpty else { return }
    if let known = opened.first(where: { $0.nameForm == venue.nameForm }) {
      keep(.text(known), field)
    } else if before?.text("venue") != venue {
      fail(field, "ledger.fault.venue", ["found": .text(venue), "known": .known(opened)])
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
