import Cycles
import Notation
import Policies

extension RecommendationStore {
  /// What ends a recommendation: the evaluation it rests on is given back, or handed in anew.
  public enum Ending: String, Sendable { case returned, submitted }

  /// Ends the group's recommendations after a stage that what it has come to no longer admits, and closes what they
  /// opened where nobody has entered anything. A decision against a group stands as it is.
  static func endUnfounded(
    after stage: CycleStage, of group: Participant, in cycle: StoredCycle, by ending: Ending, at now: Instant,
    actor: Actor, _ transaction: any Transaction
  ) throws {
    guard stage.kind == .evaluation else { return }
    for later in cycle.stages where later.kind == .recommendation && later.position > stage.position {
      guard later.among != nil else { continue }
      let reached = try SheetStore.reached(before: later, group: group.group, in: cycle, transaction)
      guard !StageGate.admits(group, reached, among: later.among) else { continue }
      let ended = try transaction.run(
        """
        UPDATE recommendation SET ended_at = $5, ended_by = $6
        WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4 AND recommended = 1 AND ended_at IS NULL
        """,
        [
          .id(cycle.authority), .id(cycle.id), .text(later.id), .id(group.group), .instant(now),
          .text(ending.rawValue),
        ])
      guard ended == 1 else { continue }
      transaction.record(
        AuditEntry(
          authority: cycle.authority, at: now, actor: actor, action: "group.recommendationEnded",
          object: "group/\(group.group)",
          after: JSONText.object([
            ("cycle", .id(cycle.id)), ("stage", .text(later.id)), ("by", .text(ending.rawValue)),
            ("evaluation", .text(stage.id)),
          ]).text))
      if let next = cycle.stages.first(where: { $0.position > later.position && $0.kind == .evaluation }) {
        try SheetStore.close(next, of: group.group, in: cycle, transaction)
      }
    }
  }

  /// Groups whose recommendation before a stage has ended: nothing opens for them, though they be drawn.
  static func ended(
    before stage: CycleStage, in cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> Set<ID> {
    let rows = try transaction.rows(
      """
      SELECT x.grp FROM recommendation x
      JOIN stage t ON t.authority = x.authority AND t.cycle = x.cycle AND t.stage = x.stage
      WHERE x.authority = $1 AND x.cycle = $2 AND t.position < $3 AND x.ended_at IS NOT NULL
      """, [.id(cycle.authority), .id(cycle.id), .integer(stage.position)])
    return Set(try rows.map { try $0.id("grp") })
  }
}
