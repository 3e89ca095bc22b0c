public import Ledgers
public import Notation
import Policies

extension LedgerStore {
  /// Of which groups the year is read.
  public enum Scope: Sendable, Hashable {
    /// Those that answer to an authority or to one below it.
    case within(ID)
    /// Those an appointment reaches in the year.
    case reach(ID)
  }

  /// A group's school year with the policy it goes by.
  public struct GroupLedger: Sendable {
    public let ground: LedgerGround
    public let year: GroupYear
  }

  /// The year of many groups at once, by authority and code: two statements, and one for each policy not yet read.
  ///
  /// - Parameter most: nil is returned where there are more groups than these, before anything of them is read.
  public static func ledgers(
    of scope: Scope, year: Int, today: Day, most: Int = 1_000_000, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> [GroupLedger]? {
    guard let national = SchoolYearDays(year, of: nil) else { return [] }
    let rows = try transaction.rows(
      """
      WITH terms AS MATERIALIZED (
        SELECT w.lower_id AS authority, c.edition,
          row_number() OVER (PARTITION BY w.lower_id ORDER BY \(nearest(to: "$3", depth: "u.depth"))) AS place
        FROM authority_within w
        JOIN cycle c ON c.authority = w.upper_id
        JOIN (SELECT lower_id, count(*) AS depth FROM authority_within GROUP BY lower_id) u ON u.lower_id = w.upper_id)
      SELECT g.id, g.authority, g.name, d.name AS authority_name, t.edition
      FROM school_group g
      JOIN authority d ON d.id = g.authority
      LEFT JOIN terms t ON t.authority = g.authority AND t.place = 1
      WHERE (g.dissolved IS NULL OR g.dissolved > $1) AND (g.formed IS NULL OR g.formed <= $2)
        AND \(scope.condition("g.id", "g.authority"))
      ORDER BY d.code, g.code LIMIT $5
      """,
      [.day(national.first), .day(national.last), .integer(year), scope.value, .integer(most + 1)])
    guard !rows.isEmpty else { return [] }
    guard rows.count <= most else { return nil }
    let policies = try rows.map { row in
      try row.optionalText("edition").map { try editions.policy($0, transaction) }
    }
    let days = policies.map { SchoolYearDays(year, of: $0) ?? national }
    // Years of several policies begin on several days.
    let (first, last) = (days.map(\.first).min() ?? national.first, days.map(\.last).max() ?? national.last)
    let found = try read(
      try transaction.rows(
        sql("x.grp IN (SELECT g.id FROM school_group g WHERE \(scope.condition("g.id", "g.authority")))"),
        [.day(first), .day(last), .integer(year), scope.value]))
    return try rows.indices.map { place in
      let group = try rows[place].id("id")
      return try ledger(rows[place], policies[place], days[place], today, found[group] ?? Found())
    }
  }

  private static func ledger(
    _ row: Row, _ policy: Policy?, _ days: SchoolYearDays, _ today: Day, _ all: Found
  ) throws -> GroupLedger {
    var found = all
    found.records = all.records.filter { $0.overlaps(days.first, days.last) }
    let stays = all.stays.sorted { ($0.isLead ? 0 : 1, $0.code, $0.since) < ($1.isLead ? 0 : 1, $1.code, $1.since) }
    let schools = LedgerSchool.all(of: stays, in: days, on: max(days.first, min(today, days.last)))
    let ground = LedgerGround(
      authority: try row.id("authority"), authorityName: try row.text("authority_name"), group: try row.id("id"),
      name: try row.text("name"), days: days, schools: schools.year, policy: policy, past: schools.past,
      today: today)
    return GroupLedger(ground: ground, year: ground.year(found))
  }
}

extension LedgerStore.Scope {
  /// The value that is `$4` in the condition.
  fileprivate var value: Value {
    switch self {
    case .within(let authority): .id(authority)
    case .reach(let appointment): .id(appointment)
    }
  }

  /// The condition on a group, with the year's days as `$1` and `$2`.
  fileprivate func condition(_ group: String, _ authority: String) -> String {
    switch self {
    case .within: "\(authority) IN (SELECT w.lower_id FROM authority_within w WHERE w.upper_id = $4)"
    case .reach:
      """
      \(group) IN (SELECT r.grp FROM group_reach r WHERE r.appointment = $4
        AND (r.since IS NULL OR (r.since <= $2 AND (r.until IS NULL OR r.until > $1))))
      """
    }
  }
}
