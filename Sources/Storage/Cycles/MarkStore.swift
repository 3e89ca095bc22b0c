public import Cycles
public import Notation

/// A value longer than any field needs: nothing of what was to be saved with it is.
public struct OversizedMark: Error, Sendable, Hashable {
  public let item: String
}

/// Saving what people enter, field by field.
public enum MarkStore {
  /// Stores a change unless somebody changed the field meanwhile. The caller has made sure that the viewer may mark the
  /// sheet.
  ///
  /// Throws `SheetConflict.alreadySubmitted` where the sheet was handed in meanwhile, `OversizedMark`.
  /// - Returns: what became of it; at a conflict nothing is stored.
  public static func save(
    _ change: MarkChange, of sheet: ID, authority: ID, by actor: Actor, _ transaction: any Transaction
  ) throws -> MarkMerge {
    let current = try find(change, of: sheet, authority: authority, transaction)
    let merge = MarkMerge(change, over: current)
    guard case .saved(let mark) = merge else { return merge }
    // Two programs side by side may both have seen the same version: the second finds it gone.
    if try put(mark, over: current, of: sheet, authority: authority, by: actor, transaction) { return merge }
    guard let theirs = try find(change, of: sheet, authority: authority, transaction) else {
      throw SheetConflict.alreadySubmitted
    }
    return .conflict(mine: change, theirs: theirs)
  }

  /// The same where the mark was read before this write: as long as it still is so, one statement is enough, since each
  /// version of a mark says one thing.
  ///
  /// - Parameter known: the mark as it was read; nil: there was none, or nobody looked.
  public static func save(
    _ change: MarkChange, over known: SheetMark?, of sheet: ID, authority: ID, by actor: Actor,
    _ transaction: any Transaction
  ) throws -> MarkMerge {
    let merge = MarkMerge(change, over: known)
    if case .saved(let mark) = merge,
      try put(mark, over: known, of: sheet, authority: authority, by: actor, transaction)
    {
      return merge
    }
    return try save(change, of: sheet, authority: authority, by: actor, transaction)
  }

  /// The marks that changes speak of, as they are now, for those who have seen one; one statement at most.
  public static func known(
    _ changes: [MarkChange], of sheet: ID, authority: ID, _ transaction: any Transaction
  ) throws -> [MarkChange: SheetMark] {
    guard let (sql, values) = query(changes, sheet, authority) else { return [:] }
    let marks = try transaction.rows(sql, values).map { try SheetStore.mark($0) }
    let places = Dictionary(marks.map { ([$0.item, $0.field], $0) }) { first, _ in first }
    return changes.filter { $0.seen > 0 }.reduce(into: [:]) { $0[$1] = places[[$1.item, $1.field]] }
  }

  /// The last in the authority's chain that is no mark, and the mark a change speaks of as it is now, for who has seen
  /// one; one statement. Nil where there is no such sheet.
  static func known(
    _ change: MarkChange, of sheet: ID, authority: ID, _ transaction: any Transaction
  ) throws -> (lastChange: Int64, mark: SheetMark?)? {
    try transaction.row(
      """
      SELECT (\(MarkGates.lastChange)) AS last_change, m.item, m.field, m.reviewer, m.value, m.version, m.by_account, m.at
      FROM sheet s
      LEFT JOIN mark m ON m.authority = s.authority AND m.sheet = s.id AND m.reviewer = $3 AND m.item = $4
        AND m.field = $5
      WHERE s.authority = $1 AND s.id = $2
      """, place(change, sheet, authority)
    ).map { row in
      let isSeen = try change.seen > 0 && row.optionalInteger("version") != nil
      return (try row.optionalInteger("last_change") ?? 0, isSeen ? try SheetStore.mark(row) : nil)
    }
  }

  /// Says that `known` will be asked.
  public static func foretellKnown(
    _ changes: [MarkChange], of sheet: ID, authority: ID, _ transaction: any Transaction
  ) {
    if let (sql, values) = query(changes, sheet, authority) { transaction.foretell(sql, values) }
  }

  /// Of one change the mark, of several all of the sheet; nil where nobody has seen any.
  private static func query(_ changes: [MarkChange], _ sheet: ID, _ authority: ID) -> (String, [Value])? {
    let seen = changes.filter { $0.seen > 0 }
    guard let first = seen.first else { return nil }
    guard seen.count == 1 else {
      return (
        "SELECT \(columns) FROM mark WHERE authority = $1 AND sheet = $2 AND reviewer = $3",
        [.id(authority), .id(sheet), .integer(first.reviewer?.number ?? 0)]
      )
    }
    return (one, place(first, sheet, authority))
  }

  private static let columns = "item, field, reviewer, value, version, by_account, at"

  private static let one = """
    SELECT \(columns) FROM mark
    WHERE authority = $1 AND sheet = $2 AND reviewer = $3 AND item = $4 AND field = $5
    """

  private static func place(_ change: MarkChange, _ sheet: ID, _ authority: ID) -> [Value] {
    [.id(authority), .id(sheet), .integer(change.reviewer?.number ?? 0), .text(change.item), .text(change.field)]
  }

  private static func find(
    _ change: MarkChange, of sheet: ID, authority: ID, _ transaction: any Transaction
  ) throws -> SheetMark? {
    try transaction.row(one, place(change, sheet, authority)).map { try SheetStore.mark($0) }
  }

  /// Stores a mark over the version before it; false where that isn't there, the sheet isn't open, or the year is
  /// confirmed.
  private static func put(
    _ mark: SheetMark, over before: SheetMark?, of sheet: ID, authority: ID, by actor: Actor,
    _ transaction: any Transaction
  ) throws -> Bool {
    guard mark.value?.utf8.count ?? 0 <= SheetMark.longestValue else { throw OversizedMark(item: mark.item) }
    // The authority comes from the sheet: of values alone Citus counts the rows it offered, not those it kept.
    let touched = try transaction.run(
      """
      INSERT INTO mark (authority, sheet, reviewer, item, field, value, version, by_account, at)
      SELECT s.authority, s.id, $3, $4, $5, $6, $7, $8, $9
      FROM sheet s JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      WHERE s.authority = $1 AND s.id = $2 AND s.submission IS NULL AND c.confirmed_at IS NULL
      ON CONFLICT (authority, sheet, reviewer, item, field) DO UPDATE
      SET value = excluded.value, version = excluded.version, by_account = excluded.by_account, at = excluded.at
      WHERE mark.version = excluded.version - 1
      """,
      [
        .id(authority), .id(sheet), .integer(mark.reviewer?.number ?? 0), .text(mark.item), .text(mark.field),
        .optional(mark.value), .integer(mark.version), .id(mark.by), .instant(mark.at),
      ])
    guard touched == 1 else { return false }
    transaction.record(
      AuditEntry(
        authority: authority, at: mark.at, actor: actor, action: "mark.saved", object: "sheet/\(sheet)",
        item: mark.item, before: before?.value.map { "\(mark.field)=\($0)" },
        after: "\(mark.field)=\(mark.value ?? "null")"))
    return true
  }
}
