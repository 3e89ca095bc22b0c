public import Notation

/// Vetoes laid on groups (一票否决): with a reason and by somebody; lifted, never deleted.
public enum VetoStore {
  /// Writes one down.
  ///
  /// - Parameter evidence: what it rests on, a document's number or a piece of evidence.
  public static func lay(
    _ veto: String, on group: ID, authority: ID, cycle: ID, reason: String, evidence: String? = nil, at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO veto (authority, cycle, grp, veto, reason, evidence, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(authority), .id(cycle), .id(group), .text(veto), .text(reason), .optional(evidence), .instant(now),
        .id(actor.account),
      ])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "veto.laid", object: "group/\(group)",
        after: JSONText.object([
          ("cycle", .id(cycle)), ("veto", .text(veto)), ("reason", .text(reason)),
          ("evidence", .optional(evidence)),
        ]).text))
  }
}
