public import Notation
import Policies

/// A veto laid on a group; one that was lifted stays on record.
public struct LaidVeto: Sendable {
  public let group: ID
  public let groupName: String
  /// The policy's id of it.
  public let veto: String
  public let reason: String
  /// What it rests on: a document's number, a piece of evidence.
  public let evidence: String?
  public let at: Instant
  public let by: String?
  public let lifted: Lifting?

  public struct Lifting: Sendable {
    public let at: Instant
    public let by: String?
    public let reason: String
  }
}

extension VetoStore {
  /// The vetoes laid on groups the appointment reaches, latest first.
  public static func list(
    of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [LaidVeto] {
    try transaction.rows(
      """
      SELECT v.*, p.name, a.name AS layer, l.name AS lifter
      FROM veto v
      JOIN participant p ON p.authority = v.authority AND p.cycle = v.cycle AND p.grp = v.grp
      LEFT JOIN account a ON a.id = v.by_account
      LEFT JOIN account l ON l.id = v.lifted_by
      WHERE v.authority = $1 AND v.cycle = $2 AND v.grp IN (\(OverviewStore.reached))
      ORDER BY v.at DESC, v.grp, v.veto
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)]
    ).map { row in
      let by = try row.optionalText("lifter")
      let reason = try row.optionalText("lift_reason")
      return LaidVeto(
        group: try row.id("grp"), groupName: try row.text("name"), veto: try row.text("veto"),
        reason: try row.text("reason"), evidence: try row.optionalText("evidence"), at: try row.instant("at"),
        by: try row.optionalText("layer"),
        lifted: try row.optionalInstant("lifted_at").map { LaidVeto.Lifting(at: $0, by: by, reason: reason ?? "") })
    }
  }

  /// Lays a veto of the policy on a group.
  ///
  /// Throws `CycleFault` with all that stands against it. The caller has found that the actor's office runs the cycle.
  public static func lay(
    _ veto: String?, on group: ID?, reason: String?, evidence: String?, in cycle: StoredCycle, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    var faults: [Message] = []
    let known = veto.flatMap { id in cycle.policy.vetoes.first { $0.id == id } }
    if known == nil { faults.append(Message("veto.fault.veto")) }
    let takesPart = try group.flatMap { group in
      try transaction.row(
        "SELECT name FROM participant WHERE authority = $1 AND cycle = $2 AND grp = $3",
        [.id(cycle.authority), .id(cycle.id), .id(group)])
    }
    if takesPart == nil { faults.append(Message("veto.fault.group")) }
    if reason == nil { faults.append(Message("veto.fault.reason")) }
    guard faults.isEmpty, let known, let group, let reason else { throw CycleFault(faults) }
    guard
      try transaction.row(
        """
        SELECT 1 AS one FROM veto
        WHERE authority = $1 AND cycle = $2 AND grp = $3 AND veto = $4 AND lifted_at IS NULL
        """, [.id(cycle.authority), .id(cycle.id), .id(group), .text(known.id)]) == nil
    else { throw CycleFault.conflict("veto.fault.twice", ["veto": .text(known.title)]) }
    try lay(
      known.id, on: group, authority: cycle.authority, cycle: cycle.id, reason: reason, evidence: evidence, at: now,
      by: actor, transaction)
  }

  /// Lifts one laid at a moment; both stay on record.
  ///
  /// Throws `CycleFault`. The caller has found that the actor's office runs the cycle.
  public static func lift(
    _ veto: String, on group: ID, laid: Instant, reason: String?, in cycle: StoredCycle, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard let reason else { throw CycleFault.invalid("veto.fault.liftReason") }
    let touched = try transaction.run(
      """
      UPDATE veto SET lifted_at = $6, lifted_by = $7, lift_reason = $8
      WHERE authority = $1 AND cycle = $2 AND grp = $3 AND veto = $4 AND at = $5 AND lifted_at IS NULL
      """,
      [
        .id(cycle.authority), .id(cycle.id), .id(group), .text(veto), .instant(laid), .instant(now),
        .id(actor.account), .text(reason),
      ])
    guard touched == 1 else { throw CycleFault.conflict("veto.fault.lifted") }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor, action: "veto.lifted", object: "group/\(group)",
        after: JSONText.object([
          ("cycle", .id(cycle.id)), ("veto", .text(veto)), ("laid", .text(String(laid.milliseconds))),
          ("reason", .text(reason)),
        ]).text))
  }
}

extension VetoStore {
  /// The groups of a cycle the appointment reaches, by name.
  public static func groups(
    of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws -> [(id: ID, name: String)] {
    try transaction.rows(
      """
      SELECT p.grp, p.name FROM participant p
      WHERE p.authority = $1 AND p.cycle = $2 AND p.grp IN (\(OverviewStore.reached))
      ORDER BY p.position, p.grp
      """, [.id(cycle.authority), .id(cycle.id), .id(appointment)]
    ).map { (try $0.id("grp"), try $0.text("name")) }
  }
}
