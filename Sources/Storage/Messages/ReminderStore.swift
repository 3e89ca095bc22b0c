public import Notation
public import Tasks

/// Reminders of tasks, told once each to everybody in office at the unit.
public enum ReminderStore {
  /// So many at once are told one by one; more of them in one message, so that nobody finds forty.
  static let mostSingle = 3

  /// The authorities that keep tasks.
  public static func keepers(_ transaction: any Transaction) throws -> [ID] {
    try transaction.rows("SELECT DISTINCT authority FROM work_task ORDER BY authority").map { try $0.id("authority") }
  }

  /// What is to be told of an authority's tasks by now and wasn't yet.
  public static func due(
    of authority: ID, at now: Instant, terms: ReminderTerms = ReminderTerms(), _ transaction: any Transaction
  ) throws -> [Reminder] {
    let told = Set(
      try transaction.rows("SELECT reminder FROM reminder_told WHERE authority = $1", [.id(authority)]).map {
        try $0.text("reminder")
      })
    return try TaskStore.open(of: authority, transaction).flatMap { $0.reminders(on: now.day, terms) }
      .filter { !told.contains($0.key) }
  }

  /// Tells what is to be told of an authority's tasks by now and wasn't yet. Where nobody is in office at a unit, it
  /// waits for whoever comes.
  ///
  /// - Parameters:
  ///   - words: what one or several reminders say.
  ///   - several: the subject of a letter that holds so many of them.
  /// - Returns: how many reminders were told.
  @discardableResult
  public static func tell(
    of authority: ID, at now: Instant, terms: ReminderTerms = ReminderTerms(), ids: IDMaker,
    words: ([Reminder]) -> Note, several: (Int) -> String, _ transaction: any Transaction
  ) throws -> Int {
    let due = try due(of: authority, at: now, terms: terms, transaction)
    guard !due.isEmpty else { return 0 }
    let people = try UnitPeople.accounts(of: authority, on: now.day, transaction)
    var count = 0
    var notes: [ID: [Reminder]] = [:]
    for reminder in due {
      guard let accounts = people[reminder.to], !accounts.isEmpty else { continue }
      let isFirst =
        try transaction.run(
          "INSERT INTO reminder_told (authority, reminder, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
          [.id(authority), .text(reminder.key), .instant(now)]) == 1
      // Another program may be telling it this very moment.
      guard isFirst else { continue }
      count += 1
      for account in accounts { notes[account, default: []].append(reminder) }
    }
    for (account, told) in notes.sorted(by: { $0.key < $1.key }) {
      let said = told.count > mostSingle ? [words(told)] : told.map { words([$0]) }
      try MessageStore.tell(account, said, several: several, at: now, ids: ids, transaction)
    }
    return count
  }

  /// Whether anybody is in office at a unit that something is to be told to: what waits for nobody needs no writing.
  public static func hasHearers(
    _ due: [Reminder], of authority: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> Bool {
    guard !due.isEmpty else { return false }
    let people = try UnitPeople.accounts(of: authority, on: now.day, transaction)
    return due.contains { !(people[$0.to] ?? []).isEmpty }
  }
}
