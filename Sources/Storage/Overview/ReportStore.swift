public import Notation

/// Reports that somebody outside hands in.
public enum ReportStore {
  /// How many groups lack the report of a stage, cycle by cycle; only of cycles that lie within the appointment's
  /// authority. One statement.
  public static func open(
    of cycles: [StoredCycle], for appointment: ID, _ transaction: any Transaction
  ) throws -> [[String: Int]] {
    guard !cycles.isEmpty else { return [] }
    var values: [Value] = [.id(appointment)]
    let parts = cycles.enumerated().map { place, cycle in
      values += [.id(cycle.authority), .id(cycle.id)]
      let (authority, id) = ("$\(values.count - 1)", "$\(values.count)")
      return """
        SELECT \(place) AS place, t.stage, count(*) AS open
        FROM stage t
        JOIN participant p ON p.authority = t.authority AND p.cycle = t.cycle
        WHERE t.authority = \(authority) AND t.cycle = \(id) AND t.kind = 'report'
          AND NOT EXISTS (
            SELECT 1 FROM report x
            WHERE x.authority = t.authority AND x.cycle = t.cycle AND x.stage = t.stage AND x.grp = p.grp)
          AND EXISTS (
            SELECT 1 FROM appointment a JOIN authority_within w ON w.upper_id = a.authority AND w.lower_id = t.authority
            WHERE a.id = $1)
        GROUP BY t.stage
        """
    }
    var open: [[String: Int]] = cycles.map { _ in [:] }
    for row in try transaction.rows(parts.joined(separator: "\nUNION ALL\n"), values) {
      open[try row.int("place")][try row.text("stage")] = try row.int("open")
    }
    return open
  }
}
