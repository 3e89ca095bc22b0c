public import Notation

/// Items on which the experts are far apart, looked at again.
public enum SecondLookStore {
  /// Reopens an item for the panel, or closes it with what came of it.
  public static func set(
    open: Bool, item: String, of sheet: StoredSheet, outcome: String?, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) throws {
    if open {
      try transaction.run(
        "INSERT INTO second_look (authority, sheet, item, at, by_account) VALUES ($1, $2, $3, $4, $5)",
        [.id(sheet.authority), .id(sheet.id), .text(item), .instant(now), .id(actor.account)])
    } else {
      try transaction.run(
        """
        UPDATE second_look SET closed_at = $4, closed_by = $5, outcome = $6
        WHERE authority = $1 AND sheet = $2 AND item = $3 AND closed_at IS NULL
        """,
        [
          .id(sheet.authority), .id(sheet.id), .text(item), .instant(now), .id(actor.account), .optional(outcome),
        ])
    }
    transaction.record(
      AuditEntry(
        authority: sheet.authority, at: now, actor: actor,
        action: open ? "secondLook.opened" : "secondLook.closed", object: "sheet/\(sheet.id)", item: item,
        after: outcome))
  }
}
