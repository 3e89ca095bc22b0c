public import Notation

/// How far an expert is with the sheets assigned.
public enum ExpertStore {
  /// How many items the expert has marked, by sheet; one statement, bound to the appointment's own account. The marks come
  /// last, as SQLite takes them (`RateStore`).
  public static func marked(
    in cycle: StoredCycle, by appointment: ID, _ transaction: any Transaction
  ) throws -> [ID: Int] {
    let rows = try transaction.rows(
      """
      SELECT s.id AS sheet, count(DISTINCT m.item) AS marked
      FROM assignment x
      JOIN appointment o ON o.id = x.appointment
      JOIN sheet s ON s.authority = x.authority AND s.cycle = x.cycle AND s.stage = x.stage AND s.grp = x.grp
        AND s.school = 0
      CROSS JOIN mark m
      WHERE m.authority = s.authority AND m.sheet = s.id AND m.reviewer = o.account AND x.appointment = $3 AND x.authority = $1 AND x.cycle = $2 AND m.value IS NOT NULL AND m.field <> 'remark'
        AND NOT (m.field = 'choice' AND m.value = '"open"')
      GROUP BY s.id
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)])
    return Dictionary(try rows.map { (try $0.id("sheet"), try $0.int("marked")) }) { first, _ in first }
  }
}
