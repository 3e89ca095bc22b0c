import Cycles
import Notation

/// A cycle's days as they are stored: what was set for each stage, and what was extended.
struct CycleDayRows {
  var dues: [String: Day] = [:]
  var extensions: [Extension] = []

  /// Those of some cycles, in their order; one statement.
  static func read(_ cycles: [Row], _ transaction: any Transaction) throws -> [CycleDayRows] {
    var all = cycles.map { _ in CycleDayRows() }
    var values: [Value] = []
    let parts = try cycles.enumerated().map { place, cycle in
      values += [.id(try cycle.id("authority")), .id(try cycle.id("id"))]
      let scope = "authority = $\(values.count - 1) AND cycle = $\(values.count)"
      return """
        SELECT \(place) AS place, stage, due, NULL AS grp, NULL AS reason, NULL AS at, NULL AS by_account, 0 AS extends
        FROM stage WHERE \(scope)
        UNION ALL
        SELECT \(place), stage, due, grp, reason, at, by_account, 1 FROM extension WHERE \(scope)
        """
    }
    for row in try transaction.rows(parts.joined(separator: "\nUNION ALL\n"), values) {
      try all[row.int("place")].add(row)
    }
    return all
  }

  private mutating func add(_ row: Row) throws {
    let stage = try row.text("stage")
    let due = try row.optionalDay("due")
    if try row.integer("extends") == 0 {
      dues[stage] = due
    } else if let due {
      let group = try row.integer("grp")
      extensions.append(
        Extension(
          stage: stage, group: group == 0 ? nil : ID(group), due: due, reason: try row.text("reason"),
          at: try row.instant("at"), by: try row.optionalID("by_account")))
    }
  }
}
