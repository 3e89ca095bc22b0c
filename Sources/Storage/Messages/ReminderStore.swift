public import Notation
public import Tasks

/// Reminders of tasks, told once each to everybody in office at the unit.
public enum ReminderStore {
  /// The authorities that keep tasks.
  public static func keepers(_ transaction: any Transaction) throws -> [ID] {
    try transaction.rows("SELECT DISTINCT authority FROM work_task ORDER BY authority").map { try $0.id("authority") }
  }

  /// Tells what is to be told of an authority's tasks by now and wasn't yet.
  ///
  /// - Parameter words: what a reminder says.
  /// - Parameter several: the subject of a letter that holds so many of them.
  /// - Returns: how many reminders were told.
  @discardableResult
  public static func tell(
    of authority: ID, at now: Instant, terms: ReminderTerms = ReminderTerms(), ids: IDMaker,
    words: (Reminder) -> Note, several: (Int) -> String, _ transaction: any Transaction
  ) throws -> Int {
    let told = Set(
      try transaction.rows("SELECT reminder FROM reminder_told WHERE authority = $1", [.id(authority)]).map {
        try $0.text("reminder")
      })
    let due = try TaskStore.open(of: authority, transaction).flatMap { $0.reminders(on: now.day, terms) }
      .filter { !told.contains($0.key) }
    guard !due.isEmpty else { return 0 }
    var people: [String: [ID]] = [:]
    for row in try transaction.rows(
      """
      SELECT x.name, x.account FROM (
        SELECT o.name, p.account FROM unit_office o
        JOIN appointment p ON p.authority = o.office AND p.role = 'office' AND p.since <= $2
          AND (p.until IS NULL OR p.until > $2)
        WHERE o.authority = $1
        UNION
        SELECT o.name, p.account FROM unit_office o
        JOIN appointment p ON p.school = o.school AND p.role IN ('lead', 'member') AND p.since <= $2
          AND (p.until IS NULL OR p.until > $2)
        WHERE o.authority = $1
      ) x
      JOIN account a ON a.id = x.account AND a.closed_at IS NULL
      ORDER BY x.name, x.account
      """, [.id(authority), .day(now.day)])
    {
      people[try row.text("name"), default: []].append(try row.id("account"))
    }
    var count = 0
    var notes: [ID: [Note]] = [:]
    for reminder in due {
      // Where nobody is in office yet, it waits for whoever comes.
      guard let accounts = people[reminder.to], !accounts.isEmpty else { continue }
      let isFirst =
        try transaction.run(
          "INSERT INTO reminder_told (authority, reminder, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
          [.id(authority), .text(reminder.key), .instant(now)]) == 1
      // Another program may be telling it this very moment.
      guard isFirst else { continue }
      count += 1
      let note = words(reminder)
      for account in accounts { notes[account, default: []].append(note) }
    }
    for (account, told) in notes.sorted(by: { $0.key < $1.key }) {
      try MessageStore.tell(account, told, several: several, at: now, ids: ids, transaction)
    }
    return count
  }
}
