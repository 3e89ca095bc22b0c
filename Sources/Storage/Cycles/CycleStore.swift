public import Cycles
public import Notation
public import Policies

/// A cycle as pages and stores use it: what was opened, under which policy, with its calendar.
public struct StoredCycle: Sendable {
  public let id: ID
  /// The authority that runs it; leads the key of everything in it.
  public let authority: ID
  public let authorityName: String
  public let year: Int
  public let title: String
  public let edition: String
  public let policy: Policy
  public let calendar: CycleCalendar
  public let offices: CycleOffices
  public let avoidsDistrict: Bool
  public let openedAt: Instant
  public let confirmedAt: Instant?
  /// The latest published edition of results; nil: none is published.
  public let published: Int?

  public var stages: [CycleStage] { calendar.stages }
  public func stage(_ id: String) -> CycleStage? { calendar.stage(id) }
}

public enum CycleStore {
  /// A cycle by its key, whoever asks: callers have bound the viewer to it by another query, or show what is public.
  public static func cycle(
    authority: ID, _ id: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> StoredCycle? {
    guard
      let row = try transaction.row(
        """
        SELECT c.*, a.name AS authority_name, a.parent,
          (SELECT max(e.number) FROM edition e WHERE e.authority = c.authority AND e.cycle = c.id AND e.number > 0)
            AS published
        FROM cycle c JOIN authority a ON a.id = c.authority
        WHERE c.authority = $1 AND c.id = $2
        """, [.id(authority), .id(id)])
    else { return nil }
    return try read(row, editions, transaction)
  }

  static func read(_ row: Row, _ editions: PolicyEditions, _ transaction: any Transaction) throws -> StoredCycle {
    let policy = try editions.policy(try row.text("edition"), transaction)
    let days = try CycleDayRows.read([row], transaction)
    return try stored(row, policy, days[0])
  }

  /// Several at once: their days in one statement, and the policies not read before in another.
  static func read(
    _ rows: [Row], _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> [StoredCycle] {
    try editions.prepare(try rows.map { try $0.text("edition") }, transaction)
    let days = try CycleDayRows.read(rows, transaction)
    return try zip(rows, days).map { row, days in
      try stored(row, editions.policy(row.text("edition"), transaction), days)
    }
  }

  private static func stored(_ row: Row, _ policy: Policy, _ days: CycleDayRows) throws -> StoredCycle {
    let year = try row.int("year")
    let authority = try row.id("authority")
    let stages = CycleStage.all(of: policy, year: year).map { stage in
      var stage = stage
      stage.due = days.dues[stage.id]
      return stage
    }
    return StoredCycle(
      id: try row.id("id"), authority: authority, authorityName: try row.text("authority_name"), year: year,
      title: try row.text("title"), edition: try row.text("edition"), policy: policy,
      calendar: CycleCalendar(stages: stages, extensions: days.extensions),
      offices: CycleOffices(cycle: authority, province: try row.optionalID("parent")),
      avoidsDistrict: try row.integer("avoid_district") == 1, openedAt: try row.instant("opened_at"),
      confirmedAt: try row.optionalInstant("confirmed_at"),
      published: try row.optionalInteger("published").map { Int($0) })
  }

  /// The cycles an appointment has to do with, newest first: those of its authority and of those above and below, and
  /// those whose groups it reaches.
  public static func list(for appointment: ID, _ transaction: any Transaction) throws -> [CycleSummary] {
    try rows(for: appointment, transaction).map(summary)
  }

  static func rows(for appointment: ID, _ transaction: any Transaction) throws -> [Row] {
    try transaction.rows(
      """
      SELECT c.*, a.name AS authority_name, a.parent,
        (SELECT max(e.number) FROM edition e WHERE e.authority = c.authority AND e.cycle = c.id AND e.number > 0)
          AS published,
        (SELECT count(*) FROM objection o WHERE o.authority = c.authority AND o.cycle = c.id AND o.answered_at IS NULL)
        + (SELECT count(*) FROM edition e WHERE e.authority = c.authority AND e.cycle = c.id AND e.number = 0)
          AS loose_ends,
        CASE WHEN EXISTS (
          SELECT 1 FROM appointment p JOIN authority_within w ON w.upper_id = p.authority AND w.lower_id = c.authority
          WHERE p.id = $1 AND p.authority <> c.authority)
          AND NOT EXISTS (
            SELECT 1 FROM assignment x
            WHERE x.appointment = $1 AND x.authority = c.authority AND x.cycle = c.id) THEN 1 ELSE 0 END AS below
      FROM cycle c JOIN authority a ON a.id = c.authority
      WHERE \(concerned)
      ORDER BY c.year DESC, c.opened_at DESC
      """, [.id(appointment)])
  }

  /// Whether the appointment bound as `$1` has to do with a cycle `c`.
  static let concerned = """
    (EXISTS (
      SELECT 1 FROM appointment p JOIN authority_within w ON w.lower_id = c.authority AND w.upper_id = p.authority
      WHERE p.id = $1 AND p.role IN ('office', 'supervisor', 'expert', 'thirdParty'))
    OR EXISTS (
      SELECT 1 FROM participant_reach r WHERE r.appointment = $1 AND r.authority = c.authority AND r.cycle = c.id))
    """

  static func summary(_ row: Row) throws -> CycleSummary {
    CycleSummary(
      authority: try row.id("authority"), id: try row.id("id"), year: try row.int("year"), title: try row.text("title"),
      authorityName: try row.text("authority_name"), isConfirmed: try row.optionalInteger("confirmed_at") != nil,
      published: try row.optionalInteger("published").map { Int($0) })
  }
}

/// A cycle in a list.
public struct CycleSummary: Sendable {
  public let authority: ID
  public let id: ID
  public let year: Int
  public let title: String
  public let authorityName: String
  public let isConfirmed: Bool
  public let published: Int?
}

extension CycleStore {
  /// Records another day for a stage, of all groups or of one.
  public static func extend(
    _ extension: Extension, authority: ID, cycle: ID, by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO extension (authority, cycle, stage, grp, due, reason, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(authority), .id(cycle), .text(`extension`.stage), .integer(`extension`.group?.number ?? 0),
        .day(`extension`.due), .text(`extension`.reason), .instant(`extension`.at), .id(`extension`.by),
      ])
    transaction.record(
      AuditEntry(
        authority: authority, at: `extension`.at, actor: actor, action: "stage.extended", object: "cycle/\(cycle)",
        after: JSONText.object([
          ("stage", .text(`extension`.stage)), ("group", .id(`extension`.group)), ("due", .text(`extension`.due.text)),
          ("reason", .text(`extension`.reason)),
        ]).text))
  }
}
