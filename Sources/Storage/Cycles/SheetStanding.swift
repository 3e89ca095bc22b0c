public import Cycles
public import Notation
public import People
import Policies

/// A sheet as a post finds it, and what may be done on it: one statement, with which pages and programs begin alike.
public struct SheetStanding: Sendable {
  public let sheet: StoredSheet
  public let rights: SheetRights
  /// The policy's, as the cycle froze it.
  let edition: String

  /// Nil where the appointment doesn't reach the sheet, or may not look at it yet.
  public static func find(
    authority: ID, _ id: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> SheetStanding? {
    guard let post = viewer.post else { return nil }
    let rows = try transaction.rows(
      statement, [.id(authority), .id(id), .id(post.appointment), .id(viewer.account), .day(now.day)])
    guard let row = rows.first else { return nil }
    // Sorted here: it costs the database a third of the statement.
    let schools = try rows.filter { try $0.text("what") == "school" }
      .map { (try $0.integer("place"), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    let passed = try rows.filter { try $0.text("what") == "stage" }
    let sheet = try SheetStore.read(row, schools: schools)
    let edition = try row.text("edition")
    let policy = try editions.policy(edition, transaction)
    let dues = try passed.reduce(into: [String: Day]()) { dues, row in
      dues[try row.text("of_stage")] = try row.optionalDay("due")
    }
    let calendar = CycleCalendar(
      stages: CycleStage.all(of: policy, year: try row.int("year")).map { stage in
        var stage = stage
        stage.due = dues[stage.id]
        return stage
      })
    guard let stage = calendar.stage(sheet.stage) else { return nil }
    let offices = CycleOffices(cycle: authority, province: try row.optionalID("parent"))
    var facts = SheetRights.Facts()
    facts.isSubmitted = sheet.isSubmitted
    facts.isConfirmed = try row.optionalInteger("confirmed_at") != nil
    facts.assigned = sheet.assigned
    facts.isAssigned = sheet.isAssigned
    facts.isOnPanel = try row.integer("seats") > 0
    facts.isOfGroup = try row.integer("of_group") > 0
    facts.isHandedIn = try row.integer("handed_in") > 0
    facts.isReopened = try row.integer("looks") > 0
    facts.hasLater = try row.integer("later") > 0
    let (group, cycle) = try way(passed, of: sheet.participant)
    facts.hasTurn = Turn.hasCome(group, to: stage, in: cycle, calendar: calendar, offices: offices, at: now)
    let rights = SheetRights(
      post, stage: stage, of: sheet.participant, offices: offices, calendar: calendar, facts: facts, at: now)
    // Here and nowhere else: who may not look at it finds nothing, by whichever door.
    return rights.canRead ? SheetStanding(sheet: sheet, rights: rights, edition: edition) : nil
  }

  /// What is recorded of the group's way up to the sheet.
  private static func way(
    _ rows: [Row], of participant: Participant
  ) throws -> (group: GroupProgress, cycle: CycleProgress) {
    var group = GroupProgress(participant)
    var cycle = CycleProgress()
    for row in rows {
      let stage = try row.text("of_stage")
      if let at = try row.optionalInstant("at") {
        group.sheets[stage] = GroupProgress.Submitted(
          at: at, base: try row.optionalExact("base"), bonus: try row.optionalExact("bonus"),
          total: try row.optionalExact("total"), grade: try row.optionalText("grade"))
      }
      if let decided = try row.optionalInteger("recommended") { group.recommended[stage] = decided == 1 }
      if let drawn = try row.optionalInteger("drawn") {
        cycle.draws[stage] = .drawn(drawn == 1 ? [participant.group] : [])
      }
    }
    return (group, cycle)
  }

  /// The sheet with everything that stands in one row of it, once for each school of the group, and once for each stage
  /// up to the sheet's own, with its day and what came of it.
  private static let statement = """
    WITH here AS (
      SELECT s.id, s.authority, s.cycle, s.stage, s.grp, s.school, s.submission, s.submitted_at, t.position, c.year,
        c.edition, c.confirmed_at, u.parent, p.district, p.name, p.form, p.formed, d.name AS district_name,
        (SELECT count(*) FROM assignment x
          WHERE x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp) AS assigned,
        (SELECT count(*) FROM assignment x
          WHERE x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp
            AND x.appointment = $3) AS mine,
        (SELECT count(*) FROM assignment x JOIN appointment a ON a.id = x.appointment
          WHERE x.authority = s.authority AND x.cycle = s.cycle AND x.stage = s.stage AND x.grp = s.grp
            AND a.account = $4) AS seats,
        (SELECT count(*) FROM appointment a JOIN participant_school m ON m.school = a.school
          WHERE a.account = $4 AND (a.until IS NULL OR a.until > $5)
            AND m.authority = s.authority AND m.cycle = s.cycle AND m.grp = s.grp) AS of_group,
        (SELECT count(*) FROM hand_in h
          WHERE h.authority = s.authority AND h.sheet = s.id AND h.reviewer = $4) AS handed_in,
        (SELECT count(*) FROM second_look l
          WHERE l.authority = s.authority AND l.sheet = s.id AND l.closed_at IS NULL) AS looks,
        (SELECT count(*) FROM sheet o
          JOIN stage n ON n.authority = o.authority AND n.cycle = o.cycle AND n.stage = o.stage
          WHERE o.authority = s.authority AND o.cycle = s.cycle AND o.grp = s.grp AND o.submission IS NOT NULL
            AND n.position > t.position) AS later,
        b.returned_at, b.reason, ba.name AS returned_by_name, b.without_evidence, b.without_experts,
        g.recorded
      FROM sheet s
      JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
      JOIN authority u ON u.id = c.authority
      JOIN stage t ON t.authority = s.authority AND t.cycle = s.cycle AND t.stage = s.stage
      JOIN participant p ON p.authority = s.authority AND p.cycle = s.cycle AND p.grp = s.grp
      JOIN authority d ON d.id = p.district
      JOIN school_group g ON g.id = s.grp
      LEFT JOIN submission b ON b.authority = s.authority AND b.sheet = s.id AND (b.number = s.submission
        OR (s.submission IS NULL AND b.returned_at IS NOT NULL AND b.number = (
          SELECT max(n.number) FROM submission n WHERE n.authority = s.authority AND n.sheet = s.id)))
      LEFT JOIN account ba ON ba.id = b.returned_by
      WHERE s.authority = $1 AND s.id = $2
        AND EXISTS (
          SELECT 1 FROM participant_reach r
          WHERE r.appointment = $3 AND r.authority = s.authority AND r.cycle = s.cycle AND r.grp = s.grp))
    SELECT h.*, 'school' AS what, m.position AS place, m.school AS school_id, m.name AS school_name, m.role, m.pupils,
      k.authority AS school_authority, NULL AS of_stage, NULL AS due, NULL AS at, NULL AS base, NULL AS bonus,
      NULL AS total, NULL AS grade, NULL AS recommended, NULL AS drawn
    FROM here h
    JOIN participant_school m ON m.authority = h.authority AND m.cycle = h.cycle AND m.grp = h.grp
    JOIN school k ON k.id = m.school
    UNION ALL
    SELECT h.*, 'stage', t.position, NULL, NULL, NULL, NULL, NULL, t.stage,
      coalesce((
        SELECT e.due FROM extension e
        WHERE e.authority = t.authority AND e.cycle = t.cycle AND e.stage = t.stage AND e.grp IN (0, h.grp)
        ORDER BY e.at DESC LIMIT 1), t.due),
      b.submitted_at, b.base, b.bonus, b.total, b.grade, r.recommended,
      CASE WHEN d.drawn_at IS NULL THEN NULL WHEN d.chosen LIKE '%"' || CAST(h.grp AS TEXT) || '"%' THEN 1 ELSE 0 END
    FROM here h
    JOIN stage t ON t.authority = h.authority AND t.cycle = h.cycle AND t.position <= h.position
    LEFT JOIN sheet b ON b.authority = t.authority AND b.cycle = t.cycle AND b.stage = t.stage AND b.grp = h.grp
      AND b.school = 0 AND b.submission IS NOT NULL
    LEFT JOIN recommendation r ON r.authority = t.authority AND r.cycle = t.cycle AND r.stage = t.stage
      AND r.grp = h.grp AND r.ended_at IS NULL
    LEFT JOIN draw d ON d.authority = t.authority AND d.cycle = t.cycle AND d.stage = t.stage
    """
}
