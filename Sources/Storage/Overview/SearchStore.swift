public import Notation
public import People

/// What a search found among what the post may see.
public struct SearchFinds: Sendable {
  public struct Group: Sendable {
    public let authority: ID
    public let cycle: ID
    public let year: Int
    public let group: ID
    public let name: String
    public let district: String
  }

  public struct School: Sendable {
    public let group: Group
    public let school: ID
    public let name: String
    public let isLead: Bool
  }

  public struct Evidence: Sendable {
    public let authority: ID
    /// The cycle of its year; nil where there is none within reach.
    public let cycle: ID?
    public let id: ID
    public let title: String
    public let fileName: String
    public let year: Int
    public let group: ID
    public let groupName: String
  }

  public let groups: [Group]
  public let schools: [School]
  public let evidence: [Evidence]
}

/// Looks for words in names. What was typed is only ever a value, and its `%` and `_` mean themselves.
public enum SearchStore {
  /// Every group of every year that the appointment bound as `$1` reaches: found once, not anew for each name.
  private static func reached(by role: Role) -> String {
    let all = "r.authority, r.cycle, r.grp FROM participant_reach r WHERE r.appointment = $1"
    guard role == .office || role == .supervisor else { return "(SELECT DISTINCT \(all)) r" }
    // Of those who lead many groups the district tells nearly all; the rest is looked for only where there is any.
    return """
      (SELECT h.authority, h.cycle, h.grp FROM participant h
      WHERE h.district IN (
          SELECT w.lower_id FROM appointment a JOIN authority_within w ON w.upper_id = a.authority
          WHERE a.id = $1 AND a.role IN ('office', 'supervisor'))
        OR (h.authority, h.cycle, h.grp) IN (SELECT \(all))) r
      """
  }

  private static func isReached(_ row: String) -> String {
    """
    EXISTS (SELECT 1 FROM participant_reach r
      WHERE r.appointment = $1 AND r.authority = \(row).authority AND r.cycle = \(row).cycle AND r.grp = \(row).grp)
    """
  }

  /// Three statements, each bound to the appointment's reach. A group or school of several years stands there once, with
  /// the latest.
  public static func find(
    _ words: String, for post: Viewer.Post, most: Int, _ transaction: any Transaction
  ) throws -> SearchFinds {
    let pattern = Value.text(AccountStore.pattern(words))
    let values: [Value] = [.id(post.appointment), pattern, .integer(most)]
    let reached = Self.reached(by: post.role)
    // Names come first, as many as are shown; only then is looked for the latest year of each.
    let groups = try transaction.rows(
      """
      WITH picked AS MATERIALIZED (
        SELECT DISTINCT p.name, p.grp
        FROM \(reached) CROSS JOIN participant p
        WHERE p.authority = r.authority AND p.cycle = r.cycle AND p.grp = r.grp AND \(isLike("p.name", "$2"))
        ORDER BY p.name, p.grp LIMIT $3
      ), found AS (
        SELECT p.authority, p.cycle, c.year, p.grp, p.name, p.district,
          row_number() OVER (PARTITION BY p.grp ORDER BY c.year DESC, c.opened_at DESC) AS place
        FROM picked k JOIN participant p ON p.grp = k.grp AND p.name = k.name
        JOIN cycle c ON c.authority = p.authority AND c.id = p.cycle
        WHERE \(Self.isReached("p"))
      )
      SELECT x.authority, x.cycle, x.year, x.grp, x.name, d.name AS district
      FROM found x
      JOIN authority d ON d.id = x.district
      WHERE x.place = 1
      ORDER BY x.name, x.grp
      """, values)
    let schools = try transaction.rows(
      """
      WITH picked AS MATERIALIZED (
        SELECT DISTINCT m.name, m.school
        FROM \(reached) CROSS JOIN participant_school m
        WHERE m.authority = r.authority AND m.cycle = r.cycle AND m.grp = r.grp AND \(isLike("m.name", "$2"))
        ORDER BY m.name, m.school LIMIT $3
      ), found AS (
        SELECT m.authority, m.cycle, c.year, m.grp, m.school, m.name, m.role,
          row_number() OVER (PARTITION BY m.school ORDER BY c.year DESC, c.opened_at DESC, m.grp) AS place
        FROM picked k JOIN participant_school m ON m.school = k.school AND m.name = k.name
        JOIN cycle c ON c.authority = m.authority AND c.id = m.cycle
        WHERE \(Self.isReached("m"))
      )
      SELECT x.authority, x.cycle, x.year, x.grp, p.name AS group_name, d.name AS district, x.school, x.name, x.role
      FROM found x
      JOIN participant p ON p.authority = x.authority AND p.cycle = x.cycle AND p.grp = x.grp
      JOIN authority d ON d.id = p.district
      WHERE x.place = 1
      ORDER BY x.name, x.school
      """, values)
    return SearchFinds(
      groups: try groups.map { try group($0, name: "name") },
      schools: try schools.map { row in
        SearchFinds.School(
          group: try group(row, name: "group_name"), school: try row.id("school"), name: try row.text("name"),
          isLead: try row.text("role") == "lead")
      },
      evidence: post.role.may(.readEvidence) ? try evidence(pattern, for: post, most: most, transaction) : [])
  }

  private static func group(_ row: Row, name: String) throws -> SearchFinds.Group {
    SearchFinds.Group(
      authority: try row.id("authority"), cycle: try row.id("cycle"), year: try row.int("year"),
      group: try row.id("grp"), name: try row.text(name), district: try row.text("district"))
  }

  private static func evidence(
    _ pattern: Value, for post: Viewer.Post, most: Int, _ transaction: any Transaction
  ) throws -> [SearchFinds.Evidence] {
    let sight = EvidenceSight(post)
    return try transaction.rows(
      """
      SELECT e.authority, e.id, e.title, e.file_name, e.year, e.grp, g.name AS group_name, (
        SELECT max(c.id) FROM participant_reach r JOIN cycle c ON c.authority = r.authority AND c.id = r.cycle
        WHERE r.appointment = $1 AND r.authority = e.authority AND r.grp = e.grp AND c.year = e.year) AS cycle
      FROM evidence e
      JOIN school_group g ON g.id = e.grp
      WHERE (\(isLike("e.title", "$4")) OR \(isLike("e.file_name", "$4")))
        AND e.withdrawn_at IS NULL AND e.replaced_by IS NULL
        AND e.grp IN (SELECT r.grp FROM participant_reach r WHERE r.appointment = $1)
        AND \(EvidenceStore.reached) AND \(EvidenceSight.condition)
      ORDER BY e.uploaded_at DESC, e.id DESC LIMIT $5
      """, [.id(post.appointment), sight.own, sight.isOfSchool, pattern, .integer(most)]
    ).map { row in
      SearchFinds.Evidence(
        authority: try row.id("authority"), cycle: try row.optionalID("cycle"), id: try row.id("id"),
        title: try row.text("title"),
        fileName: try row.text("file_name"), year: try row.int("year"), group: try row.id("grp"),
        groupName: try row.text("group_name"))
    }
  }
}
