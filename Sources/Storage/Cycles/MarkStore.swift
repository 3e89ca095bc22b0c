public import Cycles
public import Notation

/// Saving what people enter, field by field.
public enum MarkStore {
  /// Stores a change unless somebody changed the field meanwhile. The caller has made sure that the viewer may mark the
  /// sheet.
  ///
  /// Throws `SheetConflict.alreadySubmitted` where the sheet was handed in meanwhile.
  /// - Returns: what became of it; at a conflict nothing is stored.
  public static func save(
    _ change: MarkChange, of sheet: ID, authority: ID, by actor: Actor, _ transaction: any Transaction
  ) throws -> MarkMerge {
    let reviewer = Value.integer(change.reviewer?.number ?? 0)
    let current = try transaction.row(
      """
      SELECT item, field, reviewer, value, version, by_account, at FROM mark
      WHERE authority = $1 AND sheet = $2 AND reviewer = $3 AND item = $4 AND field = $5
      """, [.id(authority), .id(sheet), reviewer, .text(change.item), .text(change.field)]
    ).map { try SheetStore.mark($0) }
    let merge = MarkMerge(change, over: current)
    guard case .saved(let mark) = merge else { return merge }
    // Two programs side by side may both have seen the same version: the second finds it gone.
    let touched = try transaction.run(
      """
      INSERT INTO mark (authority, sheet, reviewer, item, field, value, version, by_account, at)
      SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM sheet s
      WHERE s.authority = $1 AND s.id = $2 AND s.submission IS NULL
      ON CONFLICT (authority, sheet, reviewer, item, field) DO UPDATE
      SET value = excluded.value, version = excluded.version, by_account = excluded.by_account, at = excluded.at
      WHERE mark.version = excluded.version - 1
      """,
      [
        .id(authority), .id(sheet), reviewer, .text(mark.item), .text(mark.field), .optional(mark.value),
        .integer(mark.version), .id(mark.by), .instant(mark.at),
      ])
    guard touched == 1 else {
      guard
        let now = try transaction.row(
          """
          SELECT item, field, reviewer, value, version, by_account, at FROM mark
          WHERE authority = $1 AND sheet = $2 AND reviewer = $3 AND item = $4 AND field = $5
          """, [.id(authority), .id(sheet), reviewer, .text(change.item), .text(change.field)])
      else { throw SheetConflict.alreadySubmitted }
      return .conflict(mine: change, theirs: try SheetStore.mark(now))
    }
    transaction.record(
      AuditEntry(
        authority: authority, at: change.at, actor: actor, action: "mark.saved", object: "sheet/\(sheet)",
        item: mark.item, before: current?.value.map { "\(mark.field)=\($0)" },
        after: "\(mark.field)=\(mark.value ?? "null")"))
    return merge
  }
}
