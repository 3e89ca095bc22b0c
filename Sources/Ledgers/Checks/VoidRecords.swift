import Notation

/// Records that contradict themselves, repeat another or lie outside their school's time in the group: what a check calls an
/// error counts in no figure.
enum VoidRecords {
  /// Of what is told apart by its day, level and title.
  static let told = [
    "awards", "meetings", "research", "activities", "publicity", "projects", "guidance", "assessments", "training",
    "matters", "aid", "courses", "platforms", "venues", "funds", "documents",
  ]
  /// Of these each school may have its own of one name.
  private static let apart = ["training", "assessments", "platforms", "courses"]
  static let sent = ["exchange", "managers", "firstPosts"]
  /// Of these nobody is sent to their own school.
  static let sentAway = ["exchange", "managers"]

  /// By record, the check that says why.
  static func found(in year: GroupYear, today: Day?) -> [ID: String] {
    var void: [ID: String] = [:]
    func note(_ check: String, _ rows: [LedgerRecord]) {
      for row in rows where void[row.id] == nil { void[row.id] = check }
    }
    for kind in LedgerKinds.all where kind.dating != .standing {
      note("not-of-the-group", year.records(kind.id).filter { !isOfTheGroup($0, year) })
    }
    if let today {
      note("not-yet", notYet(year, today))
      note("ahead", ahead(year, today))
    }
    note("old-document", oldDocuments(year))
    note("own-school", ownSchool(year))
    note("filed-before-adopted", filedBeforeAdopted(year))
    note("booking-order", bookingOrder(year))
    note("endless", endless(year))
    note("exchange-day", shorterThanAMonth(year))
    // What doesn't count anyway makes no copy of another.
    note("same-twice", sent.flatMap { copies(year, $0, but: void) }.map(\.1))
    note("told-twice", told.flatMap { toldTwice(year, $0, but: void) }.map(\.1))
    return void
  }

  /// Kept for the group, or by a school that belonged to it on one of the record's days.
  private static func isOfTheGroup(_ row: LedgerRecord, _ year: GroupYear) -> Bool {
    guard let keeper = row.school else { return true }
    return year.schools.contains { $0.id == keeper && $0.has(row) }
  }

  /// What is only planned may lie ahead.
  static func notYet(_ year: GroupYear, _ today: Day) -> [LedgerRecord] {
    LedgerKinds.all.filter { $0.dating == .day }.flatMap { kind in
      year.records(kind.id).filter { $0.first > today && !(kind.mayLieAhead && $0.flag("done") != true) }
    } + year.records("documents").filter { $0.day("adopted").map { $0 > today } ?? false }
  }

  /// What is agreed and hasn't begun.
  static func ahead(_ year: GroupYear, _ today: Day) -> [LedgerRecord] {
    LedgerKinds.all.filter { $0.dating == .span }.flatMap { kind in
      year.records(kind.id).filter { $0.first > today }
    }
  }

  /// Documents of one year that were adopted long before it: another year's.
  static func oldDocuments(_ year: GroupYear) -> [LedgerRecord] {
    let earliest = year.days.first.adding(days: -AskedDocument.daysAhead)
    return year.records("documents").filter { row in
      guard let asked = year.asked.first(where: { $0.id == row.text("document") }), asked.isOfOneYear else {
        return false
      }
      return row.first >= year.days.first && (row.day("adopted").map { $0 < earliest } ?? false)
    }
  }

  static func ownSchool(_ year: GroupYear) -> [LedgerRecord] {
    sentAway.flatMap { year.records($0) }.filter { row in
      row.school.map { row.schools("host").contains($0) } ?? false
    }
  }

  static func filedBeforeAdopted(_ year: GroupYear) -> [LedgerRecord] {
    year.records("documents").filter { row in
      guard let adopted = row.day("adopted"), let filed = row.day("filed") else { return false }
      return filed < adopted
    }
  }

  static func bookingOrder(_ year: GroupYear) -> [LedgerRecord] {
    year.records("bookings").filter { ($0.text("begins") ?? "") >= ($0.text("ends") ?? "") }
  }

  /// Nobody is sent out for longer without an end: the row was forgotten.
  static let longestYears = 10

  static func endless(_ year: GroupYear) -> [LedgerRecord] {
    sent.flatMap { year.records($0) }.filter {
      SchoolYearDays.fullMonths(from: $0.first, through: year.days.first) >= longestYears * 12
        && ($0.last.map { $0 > year.days.last } ?? true)
    }
  }

  /// Where the policy asks a least length, what is over within a month is none at all; what falls short otherwise is
  /// measured by the policy's own items.
  static func shorterThanAMonth(_ year: GroupYear) -> [LedgerRecord] {
    guard year.terms.exchangeMonths != nil else { return [] }
    return year.records("exchange").filter { row in
      row.last.map { SchoolYearDays.fullMonths(from: row.first, through: $0) < 1 } ?? false
    }
  }

  /// Overlapping days of one person at one school, each copy after what it repeats.
  static func copies(
    _ year: GroupYear, _ kind: String, but void: [ID: String] = [:]
  ) -> [(LedgerRecord, LedgerRecord)] {
    LedgerChecks.pairs(year.records(kind).filter { void[$0.id] == nil }, by: { $0.teacher("teacher") })
      .filter { $0.schools("host") == $1.schools("host") }
  }

  private struct Told: Hashable {
    let keeper: ID?
    let day: Day
    let title: String
    let words: [[String]]
    let schools: [[ID]]
    let number: Exact?
  }

  /// The same told again: keeper, day, kind, of whom, level, subject, schools and title are the same. What has no title
  /// has to be the same in every word.
  static func toldTwice(
    _ year: GroupYear, _ kind: String, but void: [ID: String] = [:]
  ) -> [(LedgerRecord, LedgerRecord)] {
    var first: [Told: LedgerRecord] = [:]
    return year.records(kind).filter { void[$0.id] == nil }.sorted { $0.id < $1.id }.compactMap { row in
      let title = row.text("title")?.nameForm ?? ""
      if title.isEmpty, LedgerKinds.byID[kind]?.field("title") != nil { return nil }
      let told = Told(
        keeper: row.school, day: row.day("adopted") ?? row.first, title: title,
        words: ["kind", "of", "level", "subject", "document", "contents"].map { row.words($0) }
          + (["topic", "outlet", "issuer", "number", "version"] + (title.isEmpty ? ["remark"] : []))
          .map { [row.text($0)?.nameForm ?? ""] },
        schools: (["host", "provider"] + (apart.contains(kind) ? ["schools"] : [])).map { row.schools($0) },
        number: row.number("yuan") ?? row.number("days"))
      guard let other = first[told] else {
        first[told] = row
        return nil
      }
      return (other, row)
    }
  }
}
