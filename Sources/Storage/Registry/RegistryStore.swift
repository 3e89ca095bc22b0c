public import Notation
public import Registry

/// Authorities, schools and groups as they are kept.
public enum RegistryStore {
  /// Adds an authority and its place within those above.
  public static func add(_ authority: Authority, at now: Instant, by actor: Actor, _ transaction: any Transaction)
    throws
  {
    try transaction.run(
      "INSERT INTO authority (id, parent, level, code, name, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        .id(authority.id), .id(authority.parent), .text(authority.level.rawValue), .text(authority.code),
        .text(authority.name), .instant(now),
      ])
    try transaction.run(
      """
      INSERT INTO authority_within (lower_id, upper_id)
      SELECT CAST($1 AS BIGINT), upper_id FROM authority_within WHERE lower_id = $2
      UNION ALL SELECT CAST($1 AS BIGINT), CAST($1 AS BIGINT)
      """, [.id(authority.id), .id(authority.parent ?? authority.id)])
    transaction.record(
      AuditEntry(
        authority: authority.id, at: now, actor: actor, action: "authority.added", object: "authority/\(authority.id)",
        after: authority.name))
  }

  public static func add(_ school: School, at now: Instant, by actor: Actor, _ transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO school (id, authority, code, name, pupils, created_at, stages, ownership, location, opened)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      [
        .id(school.id), .id(school.authority), .text(school.code), .text(school.name),
        school.pupils.map { .integer($0) } ?? .null, .instant(now), .integer(school.stages.rawValue),
        .optional(school.ownership?.rawValue), .optional(school.location?.rawValue), .day(school.opened),
      ])
    try CoverageStepStore.outdate(school.authority, transaction)
    transaction.record(
      AuditEntry(
        authority: school.authority, at: now, actor: actor, action: "school.added", object: "school/\(school.id)",
        after: school.name))
  }

  public static func add(_ group: Group, at now: Instant, by actor: Actor, _ transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO school_group (id, authority, code, name, form, formed, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .id(group.id), .id(group.authority), .text(group.code), .text(group.name), .optional(group.form),
        .day(group.formed), .instant(now),
      ])
    transaction.record(
      AuditEntry(
        authority: group.authority, at: now, actor: actor, action: "group.added", object: "group/\(group.id)",
        after: group.name))
  }

  public static func add(_ membership: Membership, _ transaction: any Transaction) throws {
    try transaction.run(
      // It ends with the school at the latest.
      """
      INSERT INTO membership (grp, school, role, since, until)
      SELECT CAST($1 AS BIGINT), k.id, CAST($3 AS TEXT), CAST($4 AS TEXT),
        CASE WHEN k.closed < CAST($5 AS TEXT) THEN k.closed ELSE COALESCE(CAST($5 AS TEXT), k.closed) END
      FROM school k WHERE k.id = $2
      """,
      [
        .id(membership.group), .id(membership.school), .text(membership.role.rawValue), .day(membership.since),
        .day(membership.until),
      ])
    try CoverageStepStore.outdate(school: membership.school, transaction)
  }

  /// An authority's code.
  public static func code(of authority: ID, _ transaction: any Transaction) throws -> String? {
    try transaction.row("SELECT code FROM authority WHERE id = $1", [.id(authority)])?.text("code")
  }

  /// All authorities, those above first: for the program itself.
  public static func authorities(_ transaction: any Transaction) throws -> [Authority] {
    try transaction.rows(
      """
      SELECT a.id, a.parent, a.level, a.code, a.name,
        (SELECT count(*) FROM authority_within w WHERE w.lower_id = a.id) AS depth
      FROM authority a ORDER BY depth, a.code
      """
    ).compactMap { row in
      guard let level = Authority.Level(rawValue: try row.text("level")) else { return nil }
      return Authority(
        id: try row.id("id"), parent: try row.optionalID("parent"), level: level, code: try row.text("code"),
        name: try row.text("name"))
    }
  }

  /// The groups within an authority on a day with their schools, in the order of their codes; one without any school too,
  /// except where it is formed only later.
  public static func groups(
    within authority: ID, on day: Day, _ transaction: any Transaction
  ) throws -> [RegisteredGroup] {
    let rows = try transaction.rows(
      """
      SELECT g.id, g.authority, d.name AS district_name, g.code, g.name, g.form, g.formed, s.id AS school,
        s.name AS school_name, s.code AS school_code, s.authority AS school_authority, s.pupils, m.role
      FROM school_group g
      JOIN authority_within w ON w.lower_id = g.authority AND w.upper_id = $1
      JOIN authority d ON d.id = g.authority
      LEFT JOIN membership m ON m.grp = g.id AND m.since <= $2 AND (m.until IS NULL OR m.until > $2)
      LEFT JOIN school s ON s.id = m.school
      WHERE g.dissolved IS NULL OR g.dissolved > $2
      ORDER BY g.authority, g.code, g.id, m.role, s.code
      """, [.id(authority), .day(day)])
    var groups: [RegisteredGroup] = []
    for row in rows {
      let id = try row.id("id")
      if groups.last?.group.id != id {
        groups.append(
          RegisteredGroup(
            group: Group(
              id: id, authority: try row.id("authority"), code: try row.text("code"), name: try row.text("name"),
              form: try row.optionalText("form"), formed: try row.optionalDay("formed")),
            districtName: try row.text("district_name"), lead: nil, members: []))
      }
      guard try row.optionalID("school") != nil else { continue }
      let school = School(
        id: try row.id("school"), authority: try row.id("school_authority"), code: try row.text("school_code"),
        name: try row.text("school_name"), pupils: try row.optionalInteger("pupils").map { Int($0) })
      if try row.text("role") == "lead" {
        groups[groups.count - 1].lead = school
      } else {
        groups[groups.count - 1].members.append(school)
      }
    }
    return groups.filter { group in
      let isToCome = group.group.formed.map { $0 > day } ?? false
      return !isToCome || group.lead != nil || !group.members.isEmpty
    }
  }
}

/// A group with its schools on a day.
public struct RegisteredGroup: Sendable {
  public let group: Group
  /// The name of the authority it answers to.
  public let districtName: String
  /// Nil where the registry names none: a fault of the data that opening a cycle reports.
  public var lead: School?
  public var members: [School]
}
