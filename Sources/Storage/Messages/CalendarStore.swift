public import Notation
public import People

/// A calendar's address as its owner sees it; the secret in it was shown once.
public struct CalendarFeed: Sendable {
  public let id: ID
  public let appointment: ID
  public let createdAt: Instant
}

/// Calendars that programs subscribe to, each with a secret of its own in its address. Only hashes are kept.
public enum CalendarStore {
  /// Makes a calendar of a post of the account that is in force.
  ///
  /// Throws `PeopleRefusal` where it isn't.
  public static func create(
    _ token: Token, id: ID, account: ID, appointment: ID, by actor: Actor, at now: Instant,
    _ transaction: any Transaction
  ) throws {
    let posts = try AppointmentStore(transaction).posts(of: account, on: now.day)
    guard posts.contains(where: { $0.appointment == appointment }) else {
      throw PeopleRefusal([Message("people.token.post")])
    }
    try transaction.run(
      "INSERT INTO calendar_feed (token, id, account, appointment, created_at) VALUES ($1, $2, $3, $4, $5)",
      [token.hash, .id(id), .id(account), .id(appointment), .instant(now)])
    transaction.record(
      AuditEntry(
        authority: ID(0), at: now, actor: actor, action: "calendar.made", object: "account/\(account)",
        after: "appointment/\(appointment)"))
  }

  /// Whom a calendar stands for; nil where it is unknown or revoked, the account closed, or the post not in force.
  public static func find(_ token: Token, at now: Instant, _ transaction: any Transaction) throws -> Viewer? {
    try transaction.row(
      """
      SELECT \(SessionStore.viewer)
      FROM calendar_feed t
      JOIN account a ON a.id = t.account AND a.closed_at IS NULL
      JOIN appointment p ON p.id = t.appointment AND p.account = t.account
        AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)
      LEFT JOIN school k ON k.id = p.school
      JOIN authority u ON u.id = COALESCE(p.authority, k.authority)
      WHERE t.token = $1 AND t.revoked_at IS NULL
      """, [token.hash, .day(now.day)]
    ).map { try SessionStore.viewer($0) }
  }

  /// Ends a calendar at once. False where the account has none such.
  public static func revoke(
    _ id: ID, of account: ID, by actor: Actor, at now: Instant, _ transaction: any Transaction
  ) throws -> Bool {
    let count = try transaction.run(
      "UPDATE calendar_feed SET revoked_at = $3 WHERE id = $1 AND account = $2 AND revoked_at IS NULL",
      [.id(id), .id(account), .instant(now)])
    if count == 1 {
      transaction.record(
        AuditEntry(
          authority: ID(0), at: now, actor: actor, action: "calendar.revoked", object: "account/\(account)"))
    }
    return count == 1
  }

  /// The account's calendars that hold.
  public static func list(of account: ID, _ transaction: any Transaction) throws -> [CalendarFeed] {
    try transaction.rows(
      """
      SELECT id, appointment, created_at FROM calendar_feed
      WHERE account = $1 AND revoked_at IS NULL ORDER BY created_at DESC
      """, [.id(account)]
    ).map {
      CalendarFeed(id: try $0.id("id"), appointment: try $0.id("appointment"), createdAt: try $0.instant("created_at"))
    }
  }

  /// What a cycle wants by a day.
  public struct StageDay: Sendable, Hashable {
    public let authority: ID
    public let cycle: ID
    public let stage: String
    public let cycleTitle: String
    public let title: String
    public let due: Day
  }

  /// The stages with their days of the open cycles that concern a post, as last set; a school's with what was set for its
  /// own groups alone. One statement.
  public static func stages(for post: Viewer.Post, _ transaction: any Transaction) throws -> [StageDay] {
    let rows = try transaction.rows(
      """
      WITH own AS MATERIALIZED (
        SELECT m.authority, m.cycle, m.grp FROM participant_school m WHERE m.school = $2)
      SELECT s.authority, s.cycle, s.stage, s.position, c.title AS cycle_title, s.title, COALESCE(e.due, s.due) AS due
      FROM stage s
      JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      LEFT JOIN (
        SELECT x.authority, x.cycle, x.stage, x.due, x.at FROM extension x WHERE x.grp = 0
        UNION ALL
        SELECT x.authority, x.cycle, x.stage, x.due, x.at FROM extension x
        JOIN own o ON o.authority = x.authority AND o.cycle = x.cycle AND o.grp = x.grp
      ) e ON e.authority = s.authority AND e.cycle = s.cycle AND e.stage = s.stage
      WHERE c.confirmed_at IS NULL AND \(CycleStore.concerned)
      ORDER BY s.authority, s.cycle, s.position, e.at DESC
      """, [.id(post.appointment), .id(post.school)])
    // Of each stage the first row holds what was set last.
    var days: [StageDay] = []
    for row in rows {
      let (cycle, stage) = (try row.id("cycle"), try row.text("stage"))
      if let last = days.last, last.cycle == cycle, last.stage == stage { continue }
      guard let due = try row.optionalDay("due") else { continue }
      days.append(
        StageDay(
          authority: try row.id("authority"), cycle: cycle, stage: stage, cycleTitle: try row.text("cycle_title"),
          title: try row.text("title"), due: due))
    }
    return days.sorted { $0.due < $1.due }
  }
}
