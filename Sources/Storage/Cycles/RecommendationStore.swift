import Cycles
public import Notation
import Policies

/// Which groups are named for the next stage, and why others aren't (推荐).
public enum RecommendationStore {
  /// Decides about a group, or decides anew. The sheet of the stage it is recommended for opens, unless that one is
  /// drawn for.
  public static func decide(
    _ recommended: Bool, group: ID, at stage: String, of cycle: StoredCycle, reason: String?, at now: Instant,
    by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    try record(
      recommended, group: group, at: stage, of: cycle, reason: reason, at: now, by: actor, transaction)
    guard recommended, let here = cycle.stage(stage),
      let next = cycle.stages.first(where: { $0.position > here.position && $0.hasGroupSheet }), next.draw == nil
    else { return }
    try SheetStore.make(
      authority: cycle.authority, cycle: cycle.id, stage: next, group: group, members: [], at: now, ids: ids,
      transaction)
  }

  /// Writes a decision down.
  static func record(
    _ recommended: Bool, group: ID, at stage: String, of cycle: StoredCycle, reason: String?, lacking: [String] = [],
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO recommendation (authority, cycle, stage, grp, recommended, reason, at, by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (authority, cycle, stage, grp) DO UPDATE
      SET recommended = excluded.recommended, reason = excluded.reason, at = excluded.at,
        by_account = excluded.by_account, ended_at = NULL, ended_by = NULL
      """,
      [
        .id(cycle.authority), .id(cycle.id), .text(stage), .id(group), .integer(recommended ? 1 : 0),
        .optional(reason), .instant(now), .id(actor.account),
      ])
    var said: [(String, JSONText)] = [
      ("cycle", .id(cycle.id)), ("stage", .text(stage)), ("reason", .optional(reason)),
    ]
    if !lacking.isEmpty { said.append(("lacking", .texts(lacking))) }
    transaction.record(
      AuditEntry(
        authority: cycle.authority, at: now, actor: actor,
        action: recommended ? "group.recommended" : "group.notRecommended", object: "group/\(group)", item: nil,
        after: JSONText.object(said).text))
  }
}
