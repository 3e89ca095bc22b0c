public import Notation

/// Reports that somebody outside hands in.
public enum ReportStore {
  /// How many groups of a cycle lack the report of a stage; only where the cycle lies within the appointment's authority.
  public static func open(
    of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [String: Int] {
    let rows = try transaction.rows(
      """
      SELECT t.stage, count(*) AS open
      FROM stage t
      JOIN participant p ON p.authority = t.authority AND p.cycle = t.cycle
      WHERE t.authority = $1 AND t.cycle = $2 AND t.kind = 'report'
        AND NOT EXISTS (
          SELECT 1 FROM report x
          WHERE x.authority = t.authority AND x.cycle = t.cycle AND x.stage = t.stage AND x.grp = p.grp)
        AND EXISTS (
          SELECT 1 FROM appointment a JOIN authority_within w ON w.upper_id = a.authority AND w.lower_id = t.authority
          WHERE a.id = $3)
      GROUP BY t.stage
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)])
    return Dictionary(try rows.map { (try $0.text("stage"), try $0.int("open")) }) { first, _ in first }
  }
}
