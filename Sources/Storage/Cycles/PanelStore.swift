public import Cycles
public import Notation
import People

/// The pool of experts and who of them is assigned.
public enum PanelStore {
  /// An expert assigned to a group at a stage.
  public struct Assigned: Sendable {
    public let group: ID
    public let appointment: ID
    public let account: ID
    public let name: String
    /// Whether their own marks are handed in.
    public let isDone: Bool
    /// The expert's appointment still holds.
    public let isInForce: Bool
    /// Where the expert belongs by other posts.
    public var ties: [PanelCandidate.Tie]

    public var candidate: PanelCandidate {
      PanelCandidate(appointment: appointment, account: account, name: name, seat: "", ties: ties)
    }
  }

  /// Those appointed as experts within the authority of the appointment, a person once; with the posts in schools and
  /// authorities they hold on any day of the cycle.
  ///
  /// - Parameter days: of the cycle, from the first of the school year.
  public static func pool(
    within appointment: ID, during days: ClosedRange<Day>, on today: Day, _ transaction: any Transaction
  ) throws -> [PanelCandidate] {
    let rows = try transaction.rows(
      """
      SELECT x.id AS appointment, x.account, a.name, u.name AS seat, \(tieColumns)
      FROM appointment v
      JOIN authority_within w ON w.upper_id = v.authority
      JOIN appointment x ON x.authority = w.lower_id AND x.role = 'expert' AND x.since <= $4
        AND (x.until IS NULL OR x.until > $4)
      JOIN account a ON a.id = x.account AND a.closed_at IS NULL
      JOIN authority u ON u.id = x.authority
      \(tieJoins)
      WHERE v.id = $1 AND v.role = 'office'
      ORDER BY a.name, x.account, x.id, o.id
      """, [.id(appointment), .day(days.lowerBound), .day(days.upperBound), .day(today)])
    var pool: [PanelCandidate] = []
    var row = rows[...]
    while let first = row.first {
      let (account, id) = (try first.id("account"), try first.id("appointment"))
      let own = try row.prefix { try $0.id("account") == account }
      row = row.dropFirst(own.count)
      let ties = try own.filter { try $0.id("appointment") == id }.compactMap(tie)
      pool.append(
        PanelCandidate(
          appointment: id, account: account, name: try first.text("name"), seat: try first.text("seat"), ties: ties))
    }
    return pool
  }

  /// Who is assigned at a stage to the groups the appointment reaches, in the order they were assigned.
  public static func assigned(
    at stage: String, of cycle: StoredCycle, for appointment: ID, during days: ClosedRange<Day>, on today: Day,
    _ transaction: any Transaction
  ) throws -> [Assigned] {
    let rows = try transaction.rows(
      """
      SELECT z.grp, z.appointment, x.account, a.name, h.at AS done_at, \(tieColumns),
        CASE WHEN x.since <= $6 AND (x.until IS NULL OR x.until > $6) AND a.closed_at IS NULL THEN 1 ELSE 0 END
          AS in_force
      FROM assignment z
      JOIN appointment x ON x.id = z.appointment
      JOIN account a ON a.id = x.account
      LEFT JOIN sheet s ON s.authority = z.authority AND s.cycle = z.cycle AND s.stage = z.stage AND s.grp = z.grp
        AND s.school = 0
      LEFT JOIN hand_in h ON h.authority = s.authority AND h.sheet = s.id AND h.reviewer = x.account
      \(tieJoins.replacing("$2", with: "$5").replacing("$3", with: "$7"))
      WHERE z.authority = $1 AND z.cycle = $2 AND z.stage = $4 AND z.grp IN (\(OverviewStore.reached))
      ORDER BY z.grp, z.at, z.appointment, o.id
      """,
      [
        .id(cycle.authority), .id(cycle.id), .id(appointment), .text(stage), .day(days.lowerBound), .day(today),
        .day(days.upperBound),
      ])
    var assigned: [Assigned] = []
    for row in rows {
      let (group, id) = (try row.id("grp"), try row.id("appointment"))
      if assigned.last?.group != group || assigned.last?.appointment != id {
        assigned.append(
          Assigned(
            group: group, appointment: id, account: try row.id("account"), name: try row.text("name"),
            isDone: try row.optionalInteger("done_at") != nil, isInForce: try row.integer("in_force") == 1, ties: []))
      }
      if let tie = try tie(row) { assigned[assigned.count - 1].ties.append(tie) }
    }
    return assigned
  }

  private static let tieColumns = """
    o.authority AS tie_authority, o.school AS tie_school, ta.name AS tie_authority_name,
    tk.authority AS tie_school_authority, tk.name AS tie_school_name
    """

  /// The other posts `o` of the expert `x` that hold on a day from `$2` to `$3`.
  private static let tieJoins = """
    LEFT JOIN appointment o ON o.account = x.account AND o.role <> 'expert' AND o.since <= $3
      AND (o.until IS NULL OR o.until > $2)
    LEFT JOIN authority ta ON ta.id = o.authority
    LEFT JOIN school tk ON tk.id = o.school
    """

  private static func tie(_ row: Row) throws -> PanelCandidate.Tie? {
    if let school = try row.optionalID("tie_school") {
      return PanelCandidate.Tie(
        seat: .school(school), authority: try row.id("tie_school_authority"), name: try row.text("tie_school_name"))
    }
    return try row.optionalID("tie_authority").map { authority in
      PanelCandidate.Tie(
        seat: .authority(authority), authority: authority, name: try row.text("tie_authority_name"))
    }
  }

  /// Takes an expert off a group, with a reason; what they entered stays, and no longer counts.
  ///
  /// Throws `CycleFault` where they aren't assigned.
  public static func remove(
    _ appointment: ID, from group: ID, at stage: String, of cycle: StoredCycle, reason: String, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    let touched = try transaction.run(
      """
      DELETE FROM assignment
      WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4 AND appointment = $5
      """, [.id(cycle.authority), .id(cycle.id), .text(stage), .id(group), .id(appointment)])
    guard touched == 1 else { throw CycleFault.conflict("panel.fault.notAssigned") }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "expert.removed", object: "group/\(group)",
        after: JSONText.object([
          ("cycle", .id(cycle.id)), ("stage", .text(stage)), ("appointment", .id(appointment)),
          ("reason", .text(reason)),
        ]).text))
  }
}
