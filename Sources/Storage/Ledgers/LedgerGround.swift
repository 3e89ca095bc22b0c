public import Ledgers
public import Notation
public import Policies

/// A group in a school year as an appointment finds it: its schools, the policy that year goes by.
public struct LedgerGround: Sendable {
  /// The authority the group answers to: what its records are led by.
  public let authority: ID
  public let authorityName: String
  public let group: ID
  public let name: String
  public let days: SchoolYearDays
  /// Of any day of the year, the lead school first.
  public let schools: [LedgerSchool]
  /// Of other years.
  public let past: [LedgerSchool]
  /// Whether the results of its evaluation in that year are confirmed.
  public let isConfirmed: Bool
  /// The schools that answer to the authority of who looks, or to one below it.
  public let under: Set<ID>
  let today: Day?
  /// Of the latest cycle above the group up to this year, else of the earliest; nil where none was ever opened.
  public let policy: Policy?

  public init(
    authority: ID, authorityName: String, group: ID, name: String, days: SchoolYearDays, schools: [LedgerSchool],
    policy: Policy?, past: [LedgerSchool] = [], isConfirmed: Bool = false, under: Set<ID> = [], today: Day? = nil
  ) {
    self.authority = authority
    self.authorityName = authorityName
    self.group = group
    self.name = name
    self.days = days
    self.schools = schools
    self.policy = policy
    self.past = past
    self.isConfirmed = isConfirmed
    self.under = under
    self.today = today
  }

  public func year(_ found: LedgerStore.Found) -> GroupYear {
    GroupYear(
      group: group, days: days, schools: schools, asked: policy.map { AskedDocument.all(of: $0) } ?? [],
      terms: policy.map { RecordTerms($0) } ?? RecordTerms(), records: found.records, statements: found.statements,
      past: past, isConfirmed: isConfirmed, settled: found.settled, today: today)
  }
}

extension LedgerStore {
  /// Nil where the appointment doesn't reach the group in that year. One statement, and one more for a policy not yet
  /// read.
  public static func ground(
    group: ID, year: Int, for appointment: ID, today: Day, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> LedgerGround? {
    // Until its policy is known, a school year is the national one.
    guard let national = SchoolYearDays(year, of: nil) else { return nil }
    let rows = try transaction.rows(
      """
      WITH terms AS MATERIALIZED (
        SELECT c.edition FROM cycle c
        WHERE c.authority IN (
          SELECT w.upper_id FROM authority_within w JOIN school_group o ON o.authority = w.lower_id WHERE o.id = $1)
        ORDER BY \(nearest(to: "$3")) LIMIT 1)
      SELECT g.id, g.authority, g.name, d.name AS authority_name, m.school, m.role, m.since, m.until, s.code,
        s.name AS school_name, s.closed, (SELECT edition FROM terms) AS edition,
        (SELECT count(*) FROM participant p JOIN cycle c ON c.authority = p.authority AND c.id = p.cycle
          WHERE p.grp = $1 AND c.year = $3 AND c.confirmed_at IS NOT NULL) AS confirmed,
        (SELECT count(*) FROM authority_within w JOIN appointment a ON a.authority = w.upper_id
          WHERE w.lower_id = s.authority AND a.id = $2) AS answers,
        \(weak.replacing("x.since", with: "m.since")) AS weak
      FROM school_group g
      JOIN authority d ON d.id = g.authority
      LEFT JOIN membership m ON m.grp = g.id
      LEFT JOIN school s ON s.id = m.school
      WHERE g.id = $1 AND EXISTS (
        SELECT 1 FROM group_reach r
        WHERE r.grp = g.id AND r.appointment = $2
          AND (r.since IS NULL OR (r.since <= $5 AND (r.until IS NULL OR r.until > $4))))
      ORDER BY m.role, s.code, m.since
      """,
      [.id(group), .id(appointment), .integer(year), .day(national.first), .day(national.last)])
    guard let first = rows.first else { return nil }
    let policy = try first.optionalText("edition").map { try editions.policy($0, transaction) }
    return try ground(rows, year: year, policy: policy, today: today)
  }

  /// The policy a year goes by is that of its cycle, else of the latest before, else of the earliest after; of several
  /// authorities' the nearest to the group.
  static func nearest(
    to year: String, depth: String = "(SELECT count(*) FROM authority_within d WHERE d.lower_id = c.authority)"
  ) -> String {
    "CASE WHEN c.year <= \(year) THEN 0 ELSE 1 END, CASE WHEN c.year <= \(year) THEN -c.year ELSE c.year END, "
      + "\(depth) DESC, c.opened_at DESC"
  }

  static func ground(_ rows: [Row], year: Int, policy: Policy?, today: Day) throws -> LedgerGround? {
    guard let first = rows.first, let days = SchoolYearDays(year, of: policy) else { return nil }
    // Who belonged to it today; of a year past, on its last day; of a year to come, on its first.
    let day = max(days.first, min(today, days.last))
    let stays = try rows.compactMap { row -> LedgerSchool.Stay? in
      guard let id = try row.optionalID("school"), let since = try row.optionalDay("since") else { return nil }
      return LedgerSchool.Stay(
        school: id, code: try row.text("code"), name: try row.text("school_name"),
        isLead: try row.text("role") == "lead", since: since, until: try row.optionalDay("until"),
        closed: try row.optionalDay("closed"), isWeak: try row.int("weak") > 0)
    }
    let schools = LedgerSchool.all(of: stays, in: days, on: day)
    let under = try rows.compactMap { try $0.int("answers") > 0 ? try $0.optionalID("school") : nil }
    return LedgerGround(
      authority: try first.id("authority"), authorityName: try first.text("authority_name"),
      group: try first.id("id"), name: try first.text("name"), days: days, schools: schools.year, policy: policy,
      past: schools.past, isConfirmed: try first.int("confirmed") > 0, under: Set(under), today: today)
  }

  /// A group in a list, with how much is recorded.
  public struct GroupLine: Sendable {
    public let group: ID
    public let name: String
    public let authorityName: String
    public let records: Int
    public let statements: Int
  }

  /// The groups an appointment reaches in a year, by authority and code; one statement.
  public static func groups(
    year: SchoolYearDays, for appointment: ID, after: ID?, most: Int, _ transaction: any Transaction
  ) throws -> [GroupLine] {
    try transaction.rows(
      """
      WITH page AS MATERIALIZED (
        SELECT g.id, g.name, d.name AS authority_name
        FROM school_group g JOIN authority d ON d.id = g.authority
        WHERE (g.dissolved IS NULL OR g.dissolved > $2) AND g.id > $5 AND EXISTS (
          SELECT 1 FROM group_reach r
          WHERE r.grp = g.id AND r.appointment = $1
            AND (r.since IS NULL OR (r.since <= $3 AND (r.until IS NULL OR r.until > $2))))
        ORDER BY g.id LIMIT $6)
      SELECT p.id, p.name, p.authority_name, coalesce(x.count, 0) AS records, coalesce(t.count, 0) AS statements
      FROM page p
      LEFT JOIN (
        SELECT grp, count(*) AS count FROM ledger_record
        WHERE grp IN (SELECT id FROM page) AND removed_at IS NULL AND first_day <= $3
          AND (last_day IS NULL OR last_day >= $2)
        GROUP BY grp) x ON x.grp = p.id
      LEFT JOIN (
        SELECT grp, count(*) AS count FROM ledger_statement
        WHERE grp IN (SELECT id FROM page) AND year = $4
        GROUP BY grp) t ON t.grp = p.id
      ORDER BY p.id
      """,
      [
        .id(appointment), .day(year.first), .day(year.last), .integer(year.year), .integer(after?.number ?? 0),
        .integer(most),
      ]
    ).map { row in
      GroupLine(
        group: try row.id("id"), name: try row.text("name"), authorityName: try row.text("authority_name"),
        records: try row.int("records"), statements: try row.int("statements"))
    }
  }
}
