public import Notation
public import People

/// A file shown for an item.
public struct ItemEvidence: Sendable {
  public let id: ID
  public let title: String
  /// The school year it speaks for, by the year it ends in.
  public let year: Int
  public let uploadedAt: Instant
  /// The policy's piece of evidence it fulfils; empty where none.
  public let entry: String
  /// The school it is of; nil: the group as a whole.
  public let school: String?
  /// Added after the group had handed in.
  public let isLate: Bool
  /// Added by those who evaluate.
  public let isOfReview: Bool
}

/// Something that happened on a sheet.
public struct SheetEvent: Sendable {
  public let at: Instant
  /// Nil: the program.
  public let who: String?
  public let action: String
  public let item: String?
  public let before: String?
  public let after: String?
}

extension SheetStore {
  /// What stands beside an item: the evidence that the post may see, and the latest events, in one statement. The caller
  /// has found the sheet within the viewer's reach.
  ///
  /// - Parameter seen: whose marks are told among the events.
  public static func around(
    _ sheet: StoredSheet, item: String, for post: Viewer.Post, seeing seen: PanelSight, most: Int,
    _ transaction: any Transaction
  ) throws -> (evidence: [ItemEvidence], events: [SheetEvent]) {
    let sight = EvidenceSight(post)
    let rows = try transaction.rows(
      """
      SELECT 'evidence' AS what, e.id, e.title, e.year, e.uploaded_at AS at, l.entry AS action, s.name AS item,
        CAST(l.late AS TEXT) AS before_value, CAST(e.review AS TEXT) AS after_value
      FROM evidence_link l JOIN evidence e ON e.authority = l.authority AND e.id = l.evidence
      LEFT JOIN school s ON s.id = e.school
      WHERE l.authority = $1 AND l.cycle = $2 AND l.item = $3 AND e.grp = $4 AND e.withdrawn_at IS NULL
        AND e.replaced_by IS NULL AND \(EvidenceSight.condition(own: 8, isOfSchool: 9))
      UNION ALL
      SELECT * FROM (
        SELECT 'event', u.number, a.name, 0, u.at, u.action, u.item, u.before_value, u.after_value
        FROM audit u LEFT JOIN account a ON a.id = u.account
        WHERE u.authority = $1 AND u.object = $5 AND (u.item = $3 OR u.item IS NULL)
          AND (CAST($6 AS BIGINT) = 0 OR u.account = $6 OR u.action NOT IN ('mark.saved', 'marks.handedIn'))
        ORDER BY u.number DESC LIMIT $7) latest
      """,
      [
        .id(sheet.authority), .id(sheet.cycle), .text(item), .id(sheet.group), .text("sheet/\(sheet.id)"),
        seen.value, .integer(most), sight.own, sight.isOfSchool,
      ])
    var evidence: [ItemEvidence] = []
    var events: [SheetEvent] = []
    for row in rows {
      if try row.text("what") == "evidence" {
        evidence.append(
          ItemEvidence(
            id: try row.id("id"), title: try row.text("title"), year: try row.int("year"),
            uploadedAt: try row.instant("at"), entry: try row.text("action"),
            school: try row.optionalText("item"), isLate: try row.text("before_value") == "1",
            isOfReview: try row.text("after_value") == "1"))
      } else {
        events.append(try event(row))
      }
    }
    return (evidence, events)
  }

  private static func event(_ row: Row) throws -> SheetEvent {
    SheetEvent(
      at: try row.instant("at"), who: try row.optionalText("title"), action: try row.text("action"),
      item: try row.optionalText("item"), before: try row.optionalText("before_value"),
      after: try row.optionalText("after_value"))
  }

  /// Everything that happened on a sheet, newest first.
  public static func history(
    _ sheet: StoredSheet, seeing seen: PanelSight, most: Int, _ transaction: any Transaction
  ) throws -> [SheetEvent] {
    try transaction.rows(
      """
      SELECT u.number AS id, a.name AS title, u.at, u.action, u.item, u.before_value, u.after_value
      FROM audit u LEFT JOIN account a ON a.id = u.account
      WHERE u.authority = $1 AND u.object = $2
        AND (CAST($3 AS BIGINT) = 0 OR u.account = $3 OR u.action NOT IN ('mark.saved', 'marks.handedIn'))
      ORDER BY u.number DESC LIMIT $4
      """, [.id(sheet.authority), .text("sheet/\(sheet.id)"), seen.value, .integer(most)]
    ).map { try event($0) }
  }
}
