public import Cycles
public import Notation
import Policies

extension SheetStore {
  /// Opens the sheets of the stages a group comes to after a stage without anybody's decision: up to the next
  /// recommendation, draw or evaluation. Opening them again changes nothing.
  public static func openNext(
    after stage: CycleStage, of group: Participant, in cycle: StoredCycle, at now: Instant, ids: IDMaker,
    _ transaction: any Transaction
  ) throws {
    for next in cycle.stages where next.position > stage.position {
      switch next.kind {
      case .recommendation: return
      case .report, .objection, .publication: continue
      case .members:
        // Members are evaluated beside the way of the group, which goes on.
        try make(next, of: group, in: cycle, at: now, ids: ids, transaction)
      case .selfEvaluation, .evaluation:
        guard next.draw == nil else { return }
        if next.among != nil {
          let reached = try reached(before: next, group: group.group, in: cycle, transaction)
          guard StageGate.admits(group, reached, among: next.among) else {
            try close(next, of: group.group, in: cycle, transaction)
            return
          }
        }
        return try make(next, of: group, in: cycle, at: now, ids: ids, transaction)
      }
    }
  }

  /// Opens a group's sheets at one stage, as a draw does.
  public static func make(
    _ stage: CycleStage, of group: Participant, in cycle: StoredCycle, at now: Instant, ids: IDMaker,
    _ transaction: any Transaction
  ) throws {
    try make(
      authority: cycle.authority, cycle: cycle.id, stage: stage, group: group.group, members: group.members.map(\.id),
      at: now, ids: ids, transaction)
  }

  /// Takes a group's sheet of a stage away where nobody has entered anything.
  ///
  /// - Returns: whether none is left.
  @discardableResult
  static func close(
    _ stage: CycleStage, of group: ID, in cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> Bool {
    let place: [Value] = [.id(cycle.authority), .id(cycle.id), .text(stage.id), .id(group)]
    try transaction.run(
      """
      DELETE FROM sheet
      WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4 AND submission IS NULL
        AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.authority = sheet.authority AND m.sheet = sheet.id)
        AND NOT EXISTS (SELECT 1 FROM submission u WHERE u.authority = sheet.authority AND u.sheet = sheet.id)
        AND NOT EXISTS (SELECT 1 FROM hand_in h WHERE h.authority = sheet.authority AND h.sheet = sheet.id)
      """, place)
    return try transaction.row(
      "SELECT 1 AS one FROM sheet WHERE authority = $1 AND cycle = $2 AND stage = $3 AND grp = $4", place) == nil
  }

  /// What the last completed evaluation before a stage came to.
  static func reached(
    before stage: CycleStage, group: ID, in cycle: StoredCycle, _ transaction: any Transaction
  ) throws -> GroupProgress.Submitted? {
    try transaction.row(
      """
      SELECT s.submitted_at, s.base, s.bonus, s.total, s.grade
      FROM sheet s
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      WHERE s.authority = $1 AND s.cycle = $2 AND s.grp = $3 AND s.school = 0 AND s.submission IS NOT NULL
        AND t.kind = 'evaluation' AND t.position < $4
      ORDER BY t.position DESC
      LIMIT 1
      """, [.id(cycle.authority), .id(cycle.id), .id(group), .integer(stage.position)]
    ).map { row in
      GroupProgress.Submitted(
        at: try row.instant("submitted_at"), base: try row.optionalExact("base"), bonus: try row.optionalExact("bonus"),
        total: try row.optionalExact("total"), grade: try row.optionalText("grade"))
    }
  }
}
