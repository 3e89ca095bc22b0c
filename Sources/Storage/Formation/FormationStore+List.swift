public import Formations
public import Notation

/// Which cases a list shows.
public struct FormationFilter: Sendable, Hashable {
  public enum Stand: String, Sendable, CaseIterable { case open, over }

  public var stand: Stand?
  public var kind: FormationCase.Kind?
  /// A part of the name.
  public var text: String?
  /// From 1.
  public var page: Int

  public static let size = 50

  public init(stand: Stand? = nil, kind: FormationCase.Kind? = nil, text: String? = nil, page: Int = 1) {
    self.stand = stand
    self.kind = kind
    self.text = text
    self.page = max(1, page)
  }
}

extension FormationStore {
  /// The cases an appointment may see, those that moved last first, and how many there are. One statement.
  public static func list(
    _ filter: FormationFilter, for appointment: ID, _ transaction: any Transaction
  ) throws -> (lines: [FormationLine], count: Int) {
    let isOver = """
      (c.withdrawn_at IS NOT NULL OR c.decision = 'refused'
        OR (c.decision = 'approved' AND (c.filer IS NULL OR c.filed_at IS NOT NULL)))
      """
    let stand =
      switch filter.stand {
      case .open: "AND NOT COALESCE(\(isOver), FALSE)"
      case .over: "AND COALESCE(\(isOver), FALSE)"
      case nil: ""
      }
    let rows = try transaction.rows(
      """
      \(lines), count(*) OVER () AS all_count
      \(sources)
      WHERE EXISTS (SELECT 1 FROM formation_reach r
          WHERE r.appointment = $1 AND r.authority = c.authority AND r.formation = c.id)
        AND (CAST($2 AS TEXT) IS NULL OR c.kind = $2)
        AND (CAST($3 AS TEXT) IS NULL OR \(isLike("c.name", "$3"))) \(stand)
      ORDER BY moved DESC, c.id DESC LIMIT $4 OFFSET $5
      """,
      [
        .id(appointment), .optional(filter.kind?.rawValue), .optional(filter.text.map(AccountStore.pattern)),
        .integer(FormationFilter.size), .integer((filter.page - 1) * FormationFilter.size),
      ])
    guard let count = try rows.first?.int("all_count") else {
      // A page beyond the last tells nothing of how many there are.
      guard filter.page > 1 else { return ([], 0) }
      var first = filter
      first.page = 1
      return try list(first, for: appointment, transaction)
    }
    return (try rows.map(line), count)
  }

  private static let lines = """
    SELECT c.*, COALESCE(x.name, y.name) AS applicant, u.name AS approver_name,
      (SELECT k.name FROM formation_school s JOIN school k ON k.id = s.school
        WHERE s.authority = c.authority AND s.formation = c.id AND s.part = 'lead' ORDER BY s.position LIMIT 1) AS lead,
      (SELECT count(*) FROM formation_school s
        WHERE s.authority = c.authority AND s.formation = c.id AND s.part <> 'leaving') AS schools,
      (SELECT count(*) FROM formation_comment m
        WHERE m.authority = c.authority AND m.formation = c.id AND m.answered_at IS NULL AND m.withheld_at IS NULL)
        AS open_comments,
      COALESCE(c.charter_at, c.filed_at, c.decided_at, c.withdrawn_at, c.published_at, c.accepted_at, c.submitted_at,
        c.returned_at, c.created_at) AS moved
    """

  private static let sources = """
    FROM formation_case c
    LEFT JOIN authority x ON x.id = c.applicant_authority
    LEFT JOIN school y ON y.id = c.applicant_school
    LEFT JOIN authority u ON u.id = c.approver
    """

  private static func line(_ row: Row) throws -> FormationLine {
    let submitted = try row.optionalInteger("submitted_at") != nil
    let phase: FormationCase.Phase =
      if try row.optionalInteger("withdrawn_at") != nil {
        .withdrawn
      } else if let decision = try row.optionalText("decision") {
        if decision == "refused" {
          .refused
        } else {
          try row.optionalInteger("filer") == nil || row.optionalInteger("filed_at") != nil ? .filed : .approved
        }
      } else if !submitted {
        try row.optionalInteger("returned_at") == nil ? .writing : .returned
      } else {
        try row.optionalInteger("accepted_at") == nil ? .submitted : .accepted
      }
    return FormationLine(
      authority: try row.id("authority"), id: try row.id("id"),
      kind: FormationCase.Kind(rawValue: try row.text("kind")) ?? .new, phase: phase,
      name: try row.optionalText("name"), form: try row.optionalText("form"), edition: try row.text("edition"),
      applicant: try row.optionalText("applicant") ?? "", lead: try row.optionalText("lead"),
      schools: try row.int("schools"), approver: try row.optionalID("approver"),
      approverName: try row.optionalText("approver_name"), filer: try row.optionalID("filer"),
      publicFrom: try row.optionalDay("public_from"), publicThrough: try row.optionalDay("public_through"),
      openComments: try row.int("open_comments"), document: try row.optionalText("document"),
      decidedOn: try row.optionalDay("decided_on"), at: try row.instant("moved"))
  }

  /// The cases whose publicity runs on a day, the one that ends first first, then those that ended lately, for everybody.
  /// One statement.
  public static func running(on day: Day, _ transaction: any Transaction) throws -> [FormationLine] {
    try transaction.rows(
      """
      \(lines) \(sources)
      WHERE \(running("$1")) OR (c.public_from <= $1 AND c.public_through >= $2 AND c.submitted_at IS NOT NULL)
      ORDER BY CASE WHEN \(running("$1")) THEN 0 ELSE 1 END, c.public_through, c.id LIMIT 500
      """, [.day(day), .day(day.adding(days: -listedFor))]
    ).map(line)
  }

  /// The cases an appointment may see whose publicity runs on a day or is still to come, the one that ends first first.
  /// One statement.
  public static func publicities(
    for appointment: ID, from day: Day, _ transaction: any Transaction
  ) throws -> [FormationLine] {
    try transaction.rows(
      """
      \(lines) \(sources)
      WHERE c.public_through >= $2 AND c.withdrawn_at IS NULL AND EXISTS (
        SELECT 1 FROM formation_reach r
        WHERE r.appointment = $1 AND r.authority = c.authority AND r.formation = c.id)
      ORDER BY c.public_through, c.id LIMIT 500
      """, [.id(appointment), .day(day)]
    ).map(line)
  }

  /// Schools that may be named in a case: those within the authority whose policy it stands under, by code or name.
  public static func candidates(
    _ text: String, within authority: ID, _ transaction: any Transaction
  ) throws -> [(id: ID, name: String, authority: String)] {
    try transaction.rows(
      """
      SELECT k.id, k.name, a.name AS authority_name
      FROM school k
      JOIN authority_within w ON w.lower_id = k.authority AND w.upper_id = $1
      JOIN authority a ON a.id = k.authority
      WHERE k.closed IS NULL AND (k.code = $2 OR \(isLike("k.name", "$3")))
      ORDER BY k.code LIMIT 20
      """, [.id(authority), .text(text), .text(AccountStore.pattern(text))]
    ).map { (id: try $0.id("id"), name: try $0.text("name"), authority: try $0.text("authority_name")) }
  }

  /// Standing groups that an applicant may have changed or dissolved, each with how many cases about it are open.
  ///
  /// - Parameter policy: whose policy the cases stand under.
  public static func ownGroups(
    of applicant: FormationCase.Party, under policy: ID?, _ transaction: any Transaction
  ) throws -> [(id: ID, name: String, open: Int)] {
    let (authority, school) = applicant.seat
    return try transaction.rows(
      """
      SELECT g.id, g.name, COALESCE(o.open, 0) AS open FROM school_group g
      LEFT JOIN (
        SELECT c.grp, count(*) AS open FROM formation_case c
        WHERE c.authority = $3 AND c.grp IS NOT NULL AND c.kind IN ('change', 'dissolution') AND \(isOpen("c"))
          AND (c.shown = 1 OR c.applicant_authority = $1 OR c.applicant_school = $2)
        GROUP BY c.grp
      ) o ON o.grp = g.id
      WHERE g.dissolved IS NULL AND (
        EXISTS (SELECT 1 FROM authority_within w WHERE w.upper_id = $1 AND w.lower_id = g.authority)
        OR EXISTS (SELECT 1 FROM membership m
          WHERE m.grp = g.id AND m.school = $2 AND m.role = 'lead' AND m.until IS NULL))
      ORDER BY g.name, g.id LIMIT 1000
      """, [.id(authority), .id(school), .id(policy)]
    ).map { (id: try $0.id("id"), name: try $0.text("name"), open: try $0.int("open")) }
  }
}

extension FormationStore {
  /// A school within an authority, as a case takes it in, with what the registry knows of it on a day; nil where there is
  /// none.
  public static func school(
    _ id: ID, within authority: ID, on day: Day, _ transaction: any Transaction
  ) throws -> CaseSchool? {
    try transaction.row(
      """
      SELECT k.id, k.name, k.pupils, k.authority, a.name AS authority_name, a.level, \(known("$3"))
      FROM school k
      JOIN authority_within w ON w.lower_id = k.authority AND w.upper_id = $2
      JOIN authority a ON a.id = k.authority
      WHERE k.id = $1 AND k.closed IS NULL
      """, [.id(id), .id(authority), .day(day)]
    ).map { row in
      func flag(_ name: String) throws -> Bool? { try row.optionalInteger(name).map { $0 == 1 } }
      return CaseSchool(
        school: try row.id("id"), name: try row.text("name"), part: .member, authority: try row.id("authority"),
        authorityName: try row.text("authority_name"), level: try row.text("level"),
        pupils: try row.optionalInteger("pupils").map { Int($0) }, isPrivate: try flag("is_private"),
        isNew: try flag("is_new"), isWeak: try flag("is_weak"))
    }
  }

  /// What the registry knows of the school `k` on the day bound to a parameter. Where it holds no flag, nobody has said.
  static func known(_ day: String) -> String {
    func flag(_ name: String) -> String {
      """
      CASE WHEN EXISTS (
          SELECT 1 FROM school_flag f WHERE f.school = k.id AND f.flag = '\(name)' AND f.since <= \(day)
            AND (f.until IS NULL OR f.until > \(day))) THEN 1 END AS is_\(name)
      """
    }
    return """
      CASE k.ownership WHEN 'private' THEN 1 WHEN 'public' THEN 0 END AS is_private,
        \(flag("new")), \(flag("weak"))
      """
  }
}
