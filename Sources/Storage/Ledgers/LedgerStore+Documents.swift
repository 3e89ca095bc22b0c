public import Ledgers
public import Notation

extension LedgerStore {
  /// The documents of a group's year, with the schools it had, and nothing else of it, in one statement: what a start
  /// page tells of. The caller has found the group within the appointment's reach.
  public static func documents(
    of group: ID, _ days: SchoolYearDays, _ transaction: any Transaction
  ) throws -> Found {
    let rows = try transaction.rows(
      """
      SELECT 'record' AS what, x.grp, x.id, x.school, x.kind, x.first_day, x.last_day, x.content, x.evidence, x.version
      FROM ledger_record x
      WHERE x.grp = $1 AND x.kind = 'documents' AND x.removed_at IS NULL AND x.first_day <= $3
        AND (x.last_day IS NULL OR x.last_day >= $2)
      UNION ALL
      \(stays(of: "x.grp = $1"))
      """, [.id(group), .day(days.first), .day(days.last)])
    return try read(rows)[group] ?? Found()
  }
}
