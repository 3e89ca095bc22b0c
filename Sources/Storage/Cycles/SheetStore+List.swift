public import Notation

/// A sheet in a list.
public struct SheetLine: Sendable, Hashable {
  public let id: ID
  public let stage: String
  public let group: ID
  public let groupName: String
  public let school: ID?
  public let schoolName: String?
  /// The number of the submission that holds; nil: open.
  public let submission: Int?
  public let submittedAt: Instant?
  /// Of that submission.
  public let base: Exact?
  public let bonus: Exact?
  public let total: Exact?
  public let grade: String?
  public let isComplete: Bool
}

/// Which sheets of a cycle are wanted.
public struct SheetFilter: Sendable, Hashable {
  public var stage: String?
  public var group: ID?
  /// Nil: both.
  public var isSubmitted: Bool?
  /// Those behind this one.
  public var after: ID?

  public init(stage: String? = nil, group: ID? = nil, isSubmitted: Bool? = nil, after: ID? = nil) {
    self.stage = stage
    self.group = group
    self.isSubmitted = isSubmitted
    self.after = after
  }
}

extension SheetStore {
  /// The sheets of a cycle that an appointment reaches, in the order they were made; one statement.
  public static func list(
    authority: ID, cycle: ID, _ filter: SheetFilter, most: Int, for appointment: ID, _ transaction: any Transaction
  ) throws -> [SheetLine] {
    try transaction.rows(
      """
      SELECT s.id, s.stage, s.grp, s.school, s.submission, s.submitted_at, s.base, s.bonus, s.total, s.grade,
        s.complete, p.name AS group_name, k.name AS school_name
      FROM sheet s
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      LEFT JOIN school k ON k.id = s.school
      WHERE s.authority = $1 AND s.cycle = $2 AND s.id > $4
        AND (CAST($5 AS TEXT) IS NULL OR s.stage = $5)
        AND (CAST($6 AS BIGINT) IS NULL OR s.grp = $6)
        AND (CAST($7 AS BIGINT) IS NULL OR CASE WHEN s.submission IS NULL THEN 0 ELSE 1 END = $7)
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $3 AND r.authority = s.authority AND r.cycle = s.cycle AND r.grp = s.grp)
      ORDER BY s.id LIMIT $8
      """,
      [
        .id(authority), .id(cycle), .id(appointment), .integer(filter.after?.number ?? 0), .optional(filter.stage),
        .id(filter.group), .optional(filter.isSubmitted.map { $0 ? 1 : 0 }), .integer(most),
      ]
    ).map { row in
      let school = try row.integer("school")
      return SheetLine(
        id: try row.id("id"), stage: try row.text("stage"), group: try row.id("grp"),
        groupName: try row.text("group_name"), school: school == 0 ? nil : ID(school),
        schoolName: try row.optionalText("school_name"),
        submission: try row.optionalInteger("submission").map { Int($0) },
        submittedAt: try row.optionalInstant("submitted_at"), base: try row.optionalExact("base"),
        bonus: try row.optionalExact("bonus"), total: try row.optionalExact("total"),
        grade: try row.optionalText("grade"), isComplete: try row.optionalInteger("complete") == 1)
    }
  }
}
