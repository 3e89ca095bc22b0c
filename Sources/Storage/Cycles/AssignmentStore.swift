public import Cycles
public import Notation

/// Who evaluates which group at a stage.
public enum AssignmentStore {
  /// Assigns experts; those already assigned stay as they are.
  ///
  /// - Parameter reason: why, as it is kept in the audit log: a person's words, or the seed of the plan.
  public static func assign(
    _ assignments: [PanelPlan.Assignment], at stage: String, of cycle: StoredCycle, reason: String? = nil,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    for assignment in assignments {
      let made = try transaction.run(
        """
        INSERT INTO assignment (authority, cycle, stage, grp, appointment, at, by_account)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (authority, cycle, stage, grp, appointment) DO NOTHING
        """,
        [
          .id(cycle.authority), .id(cycle.id), .text(stage), .id(assignment.group), .id(assignment.expert),
          .instant(now), .id(actor.account),
        ])
      guard made == 1 else { continue }
      transaction.record(
        AuditEntry(
          authority: cycle.authority, at: now, actor: actor, action: "expert.assigned",
          object: "group/\(assignment.group)",
          after: JSONText.object([
            ("cycle", .id(cycle.id)), ("stage", .text(stage)), ("appointment", .id(assignment.expert)),
            ("reason", .optional(reason)),
          ]).text))
    }
  }
}
