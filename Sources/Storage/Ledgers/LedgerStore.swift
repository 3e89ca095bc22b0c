public import Ledgers
public import Notation

/// The year's records as they are kept.
public enum LedgerStore {
  /// What stands recorded of a group's year.
  public struct Found: Sendable {
    public var records: [LedgerRecord] = []
    public var statements: Set<Statement> = []
    /// Which schools the group had, and when.
    public var stays: [LedgerSchool.Stay] = []
    /// Other years in which something stands fast; only where it was asked for.
    public var settled: [SettledYear] = []

    public init() {}
  }

  /// Records that touch a year and what was declared complete, in one statement. The caller has found the group within the
  /// viewer's reach.
  public static func found(
    group: ID, _ days: SchoolYearDays, _ transaction: any Transaction
  ) throws -> Found {
    let rows = try transaction.rows(
      sql("x.grp = $4"), [.day(days.first), .day(days.last), .integer(days.year), .id(group)])
    return try read(rows)[group] ?? Found()
  }

  /// Whether the school `s` of the membership `x` was weak or new on its first day.
  static let weak = """
    (SELECT count(*) FROM school_flag f WHERE f.school = s.id AND f.flag IN ('weak', 'new') AND f.since <= x.since
      AND (f.until IS NULL OR f.until > x.since))
    """

  static func sql(_ condition: String) -> String {
    """
    SELECT 'record' AS what, x.grp, x.id, x.school, x.kind, x.first_day, x.last_day, x.content, x.evidence, x.version
    FROM ledger_record x
    WHERE \(condition) AND x.removed_at IS NULL AND x.first_day <= $2 AND (x.last_day IS NULL OR x.last_day >= $1)
    UNION ALL
    SELECT 'said', x.grp, 0, x.school, x.kind, x.term, NULL, '', NULL, 0
    FROM ledger_statement x
    WHERE \(condition) AND x.year = $3
    UNION ALL
    \(stays(of: condition))
    ORDER BY 2, 6, 3
    """
  }

  /// The schools of the groups that a condition on `x` names, in the columns of a record.
  static func stays(of condition: String) -> String {
    """
    SELECT CASE WHEN x.role = 'lead' THEN 'lead' ELSE 'member' END, x.grp, \(weak), x.school, s.name, x.since,
      CASE WHEN s.closed IS NOT NULL AND (x.until IS NULL OR x.until > s.closed) THEN s.closed ELSE x.until END, s.code,
      NULL, 0
    FROM membership x
    JOIN school s ON s.id = x.school
    WHERE \(condition)
    """
  }

  static func read(_ rows: [Row]) throws -> [ID: Found] {
    var found: [ID: Found] = [:]
    for row in rows {
      let group = try row.id("grp")
      let number = try row.integer("school")
      let school = number == 0 ? nil : ID(number)
      let what = try row.text("what")
      if what == "lead" || what == "member" {
        guard let school, let since = try row.optionalDay("first_day") else { continue }
        found[group, default: Found()].stays.append(
          LedgerSchool.Stay(
            school: school, code: try row.text("content"), name: try row.text("kind"), isLead: what == "lead",
            since: since, until: try row.optionalDay("last_day"), closed: nil, isWeak: try row.integer("id") > 0))
        continue
      }
      guard let kind = LedgerKinds.byID[try row.text("kind")] else { continue }
      if what == "said" {
        found[group, default: Found()].statements.insert(
          Statement(kind: kind.id, school: school, term: Term(rawValue: try row.text("first_day"))))
      } else if let record = try record(row, group: group, school: school, kind: kind) {
        found[group, default: Found()].records.append(record)
      }
    }
    return found
  }

  private static func record(_ row: Row, group: ID, school: ID?, kind: LedgerKind) throws -> LedgerRecord? {
    guard let first = try row.optionalDay("first_day") else { return nil }
    return LedgerRecord(
      id: try row.id("id"), group: group, school: school, kind: kind.id, first: first,
      last: try row.optionalDay("last_day"), values: RecordJSON.values(try row.text("content"), kind: kind),
      evidence: try row.optionalID("evidence"), version: try row.int("version"))
  }

  /// The people of the schools of a group.
  public static func teachers(of schools: [LedgerSchool], _ transaction: any Transaction) throws -> [Teacher] {
    guard !schools.isEmpty else { return [] }
    let places = schools.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return try transaction.rows(
      "SELECT id, school, code, name FROM teacher WHERE school IN (\(places)) ORDER BY school, id",
      schools.map { .id($0.id) }
    ).map { row in
      Teacher(
        id: try row.id("id"), school: try row.id("school"), code: try row.text("code"), name: try row.text("name"))
    }
  }

  /// A piece of evidence that may be linked to a record.
  public struct Piece: Sendable {
    public let id: ID
    /// The authority that runs the cycle it was added in.
    public let authority: ID
    public let title: String
    public let year: Int
    public let isWithdrawn: Bool
    /// The versions it took the place of: what was linked to them is linked to it.
    public internal(set) var earlier: [ID] = []
  }

  /// The evidence of a group, the latest versions, of any year: a link to the wrong year is found by a check.
  ///
  /// - Parameter most: as many versions at most.
  public static func evidence(of group: ID, most: Int, _ transaction: any Transaction) throws -> [Piece] {
    let rows = try transaction.rows(
      """
      SELECT e.id, e.authority, e.title, e.year, e.withdrawn_at, e.replaced_by FROM evidence e
      WHERE e.grp = $1 AND e.review = 0
      ORDER BY e.year DESC, e.id DESC LIMIT $2
      """, [.id(group), .integer(most)])
    var next: [ID: ID] = [:]
    for row in rows { next[try row.id("id")] = try row.optionalID("replaced_by") }
    var earlier: [ID: [ID]] = [:]
    for old in next.keys.sorted() {
      var newest = old
      // Versions never go round in a circle; were they to, nothing hangs.
      for _ in next { if let later = next[newest] { newest = later } else { break } }
      if newest != old { earlier[newest, default: []].append(old) }
    }
    return try rows.compactMap { row in
      let id = try row.id("id")
      guard next[id] == nil else { return nil }
      return Piece(
        id: id, authority: try row.id("authority"), title: try row.text("title"), year: try row.int("year"),
        isWithdrawn: try row.optionalInteger("withdrawn_at") != nil, earlier: earlier[id] ?? [])
    }
  }
}
