import Cycles
public import Notation

/// An extension on record, with the names a page shows.
public struct RecordedExtension: Sendable {
  public let stage: String
  /// Nil: of all groups.
  public let group: ID?
  public let groupName: String?
  public let due: Day
  public let reason: String
  public let at: Instant
  public let by: String?
  /// Whether a sheet was given back with this day, rather than the day put off.
  public let isReturn: Bool
}

extension CycleStore {
  /// The extensions of all groups and of those the appointment reaches, latest first.
  public static func extensions(
    of cycle: StoredCycle, for appointment: ID, most: Int, _ transaction: any Transaction
  ) throws -> [RecordedExtension] {
    try transaction.rows(
      """
      SELECT x.stage, x.grp, p.name AS group_name, x.due, x.reason, x.at, a.name,
        CASE WHEN EXISTS (
          SELECT 1 FROM sheet s CROSS JOIN submission u
          WHERE u.authority = s.authority AND u.sheet = s.id AND s.authority = x.authority AND s.cycle = x.cycle
            AND s.stage = x.stage AND s.grp = x.grp AND u.returned_at = x.at) THEN 1 ELSE 0 END AS is_return
      FROM extension x
      LEFT JOIN participant p ON p.authority = x.authority AND p.cycle = x.cycle AND p.grp = x.grp
      LEFT JOIN account a ON a.id = x.by_account
      WHERE x.authority = $1 AND x.cycle = $2 AND (x.grp = 0 OR x.grp IN (\(OverviewStore.reached)))
      ORDER BY x.at DESC, x.stage, x.grp
      LIMIT $4
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment), .integer(most)]
    ).compactMap { row in
      guard let due = try row.optionalDay("due") else { return nil }
      let group = try row.integer("grp")
      return RecordedExtension(
        stage: try row.text("stage"), group: group == 0 ? nil : ID(group),
        groupName: try row.optionalText("group_name"), due: due, reason: try row.text("reason"),
        at: try row.instant("at"), by: try row.optionalText("name"),
        isReturn: try row.integer("is_return") == 1)
    }
  }
}
