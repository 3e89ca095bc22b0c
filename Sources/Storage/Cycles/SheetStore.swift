public import Cycles
public import Notation
import Policies
import Registry

/// A sheet as one row tells it, with the group it is of.
public struct StoredSheet: Sendable {
  public let id: ID
  public let authority: ID
  public let cycle: ID
  public let stage: String
  public let group: ID
  /// The member school it is of, where the stage has one sheet for each.
  public let school: ID?
  /// The submission that holds; nil: open.
  public let submission: Int?
  public let submittedAt: Instant?
  public let participant: Participant
  /// The viewer's assignment as an expert at this very stage.
  public let isAssigned: Bool
  /// How many experts are assigned at this stage.
  public let assigned: Int
  /// Who gave it back last, when and why, while it is open again.
  public let returned: (who: String, at: Instant, reason: String)?
  /// Why it was handed in though required evidence was missing.
  public let withoutEvidence: String?
  /// Why it was handed in by fewer experts than the policy asks for.
  public let withoutExperts: String?
  /// Whether anything of the group was ever recorded or declared complete.
  public let hasRecords: Bool

  public var isSubmitted: Bool { submission != nil }
}

public enum SheetStore {
  /// Opens the sheets of a group at a stage: one, or one for each member.
  public static func make(
    authority: ID, cycle: ID, stage: CycleStage, group: ID, members: [ID], at now: Instant, ids: IDMaker,
    _ transaction: any Transaction
  ) throws {
    let schools: [ID?] = stage.kind == .members ? members : [nil]
    for school in schools {
      try transaction.run(
        """
        INSERT INTO sheet (authority, id, cycle, stage, grp, school, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (authority, cycle, stage, grp, school) DO NOTHING
        """,
        [
          .id(authority), .id(ids.next(at: now)), .id(cycle), .text(stage.id), .id(group),
          .integer(school?.number ?? 0),
          .instant(now),
        ])
    }
  }

  static func read(_ row: Row, schools: [Row]) throws -> StoredSheet {
    let school = try row.integer("school")
    let returned = try row.optionalInstant("returned_at").map { at in
      (who: try row.optionalText("returned_by_name") ?? "", at: at, reason: try row.optionalText("reason") ?? "")
    }
    return StoredSheet(
      id: try row.id("id"), authority: try row.id("authority"), cycle: try row.id("cycle"),
      stage: try row.text("stage"), group: try row.id("grp"), school: school == 0 ? nil : ID(school),
      submission: try row.optionalInteger("submission").map { Int($0) },
      submittedAt: try row.optionalInstant("submitted_at"),
      participant: Participant(
        group: try row.id("grp"), name: try row.text("name"), form: try row.optionalText("form"),
        formed: try row.optionalDay("formed"), district: try row.id("district"),
        districtName: try row.text("district_name"), schools: try schools.map { try self.school($0) }),
      isAssigned: try row.integer("mine") > 0, assigned: try row.int("assigned"), returned: returned,
      withoutEvidence: try row.optionalText("without_evidence"),
      withoutExperts: try row.optionalText("without_experts"), hasRecords: try row.int("recorded") == 1)
  }

  static func school(_ row: Row) throws -> Participant.School {
    Participant.School(
      id: try row.id("school_id"), name: try row.text("school_name"), isLead: try row.text("role") == "lead",
      pupils: try row.optionalInteger("pupils").map { Int($0) }, authority: try row.id("school_authority"))
  }

  /// The marks of a sheet, and of the stage's other sheets those that items scored by place need.
  public static func marks(
    _ sheet: StoredSheet, placed: [String], _ transaction: any Transaction
  ) throws -> (own: [SheetMark], peers: [ID: [SheetMark]]) {
    var values: [Value] = [.id(sheet.authority), .id(sheet.id)]
    var others = ""
    if !placed.isEmpty {
      values += [.id(sheet.cycle), .text(sheet.stage)]
      let items = placed.map { item -> String in
        values.append(.text(item))
        return "$\(values.count)"
      }
      others = """
        OR (m.field = 'group/value' AND m.item IN (\(items.joined(separator: ", "))) AND m.sheet IN (
          SELECT o.id FROM sheet o WHERE o.authority = $1 AND o.cycle = $3 AND o.stage = $4))
        """
    }
    let rows = try transaction.rows(
      """
      SELECT m.sheet, m.reviewer, m.item, m.field, m.value, m.version, m.by_account, m.at
      FROM mark m WHERE m.authority = $1 AND (m.sheet = $2 \(others))
      ORDER BY m.sheet, m.reviewer, m.item, m.field
      """, values)
    var own: [SheetMark] = []
    var peers: [ID: [SheetMark]] = [:]
    for row in rows {
      let mark = try mark(row)
      let of = try row.id("sheet")
      if of == sheet.id { own.append(mark) } else { peers[of, default: []].append(mark) }
    }
    return (own, peers)
  }

  static func mark(_ row: Row) throws -> SheetMark {
    let reviewer = try row.integer("reviewer")
    return SheetMark(
      item: try row.text("item"), field: try row.text("field"), value: try row.optionalText("value"),
      version: try row.int("version"), by: try row.optionalID("by_account"), at: try row.instant("at"),
      reviewer: reviewer == 0 ? nil : ID(reviewer))
  }

  /// Every sheet of a group in a cycle with the frozen copy that holds, in the order of stages.
  public static func sheets(
    authority: ID, cycle: ID, group: ID, _ transaction: any Transaction
  ) throws -> [FrozenSheet] {
    try transaction.rows(
      """
      SELECT s.id, s.stage, s.school, s.submission, s.submitted_at, s.base, s.bonus, s.total, s.grade, s.complete,
        u.facts, u.card
      FROM sheet s
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      LEFT JOIN submission u ON u.authority = s.authority AND u.sheet = s.id AND u.number = s.submission
      WHERE s.authority = $1 AND s.cycle = $2 AND s.grp = $3
      ORDER BY t.position, s.school
      """, [.id(authority), .id(cycle), .id(group)]
    ).map { row in
      let school = try row.integer("school")
      return FrozenSheet(
        id: try row.id("id"), stage: try row.text("stage"), school: school == 0 ? nil : ID(school),
        submission: try row.optionalInteger("submission").map { Int($0) },
        submittedAt: try row.optionalInstant("submitted_at"), base: try row.optionalExact("base"),
        bonus: try row.optionalExact("bonus"), total: try row.optionalExact("total"),
        grade: try row.optionalText("grade"), isComplete: try row.optionalInteger("complete") == 1,
        facts: try row.optionalText("facts"), card: try row.optionalText("card"))
    }
  }
}

/// A sheet with its frozen copy, where it has been submitted.
public struct FrozenSheet: Sendable {
  public let id: ID
  public let stage: String
  public let school: ID?
  public let submission: Int?
  public let submittedAt: Instant?
  public let base: Exact?
  public let bonus: Exact?
  public let total: Exact?
  public let grade: String?
  public let isComplete: Bool
  /// The group's facts as JSON.
  public let facts: String?
  /// Scores by item with their reasons, as JSON.
  public let card: String?
}
