public import Cycles
public import Notation

/// Reports that a stage asks for beside the sheets, such as a third party's.
public enum StageReportStore {
  public struct Report: Sendable {
    public let remark: String
    /// A piece of the group's evidence; nil where the remark names a document elsewhere.
    public let evidence: ID?
    public let evidenceTitle: String?
    public let at: Instant
    public let by: String?
  }

  /// A group at a stage that asks for a report.
  public struct Line: Sendable {
    public let group: ID
    public let name: String
    public let district: String
    public let report: Report?
    /// Whether it is the reader's to hand in.
    public let isOwn: Bool
  }

  /// The groups the appointment reaches, and those it hands in reports of.
  public static func list(
    at stage: String, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [Line] {
    let rows = try transaction.rows(
      """
      WITH own AS (
        SELECT p.grp
        FROM participant p
        JOIN stage t ON t.authority = p.authority AND t.cycle = p.cycle AND t.stage = $4
        JOIN appointment o ON o.id = $3
        WHERE p.authority = $1 AND p.cycle = $2 AND \(ActingStore.acts))
      SELECT p.grp, p.name, d.name AS district, x.remark, x.evidence, e.title, x.at, a.name AS who,
        CASE WHEN p.grp IN (SELECT grp FROM own) THEN 1 ELSE 0 END AS is_own
      FROM participant p
      JOIN authority d ON d.id = p.district
      LEFT JOIN report x ON x.authority = p.authority AND x.cycle = p.cycle AND x.stage = $4 AND x.grp = p.grp
      LEFT JOIN evidence e ON e.authority = x.authority AND e.id = x.evidence
      LEFT JOIN account a ON a.id = x.by_account
      WHERE p.authority = $1 AND p.cycle = $2
        AND (p.grp IN (\(OverviewStore.reached)) OR p.grp IN (SELECT grp FROM own))
      ORDER BY p.position, p.grp
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment), .text(stage)])
    return try rows.map { row in
      let report = try row.optionalInstant("at").map { at in
        Report(
          remark: try row.optionalText("remark") ?? "", evidence: try row.optionalID("evidence"),
          evidenceTitle: try row.optionalText("title"), at: at, by: try row.optionalText("who"))
      }
      return Line(
        group: try row.id("grp"), name: try row.text("name"), district: try row.text("district"), report: report,
        isOwn: try row.integer("is_own") == 1)
    }
  }

  /// Hands in a report of a group, or another in its place.
  ///
  /// Throws `CycleFault` with all that stands against it. The caller has found that it is theirs to hand in.
  public static func handIn(
    _ remark: String?, evidence: ID?, of group: ID, at stage: CycleStage, in cycle: StoredCycle, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    let place: [Value] = [.id(cycle.authority), .id(cycle.id), .text(stage.id), .id(group)]
    if cycle.calendar.isOver(stage.id, group: group, at: now) {
      let due = cycle.calendar.due(stage.id, group: group)?.text ?? ""
      throw CycleFault.conflict("report.fault.over", ["due": .text(due)])
    }
    var faults: [Message] = []
    if remark == nil { faults.append(Message("report.fault.remark")) }
    if let evidence,
      try transaction.row(
        "SELECT id FROM evidence WHERE authority = $1 AND id = $2 AND grp = $3 AND withdrawn_at IS NULL",
        [.id(cycle.authority), .id(evidence), .id(group)]) == nil
    {
      faults.append(Message("report.fault.evidence", ["number": .text(evidence.description)]))
    }
    guard faults.isEmpty, let remark else { throw CycleFault(faults) }
    let before = try transaction.row(
      "SELECT remark FROM report WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4", place)
    try transaction.run(
      """
      INSERT INTO report (authority, cycle, stage, grp, evidence, remark, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (authority, cycle, stage, grp) DO UPDATE
      SET evidence = excluded.evidence, remark = excluded.remark, at = excluded.at, by_account = excluded.by_account
      """, place + [.id(evidence), .text(remark), .instant(now), .id(actor.account)])
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "report.handedIn", object: "group/\(group)",
        before: try before?.optionalText("remark"),
        after: JSONText.object([
          ("cycle", .id(cycle.id)), ("stage", .text(stage.id)), ("remark", .text(remark)), ("evidence", .id(evidence)),
        ]).text))
  }
}
