public import Notation
public import Registry

/// A membership with the names of both, for the page of one of them.
public struct NamedMembership: Sendable {
  public let membership: Membership
  public let group: String
  public let groupEnd: Day?
  public let school: String
  public let schoolCode: String
  public let schoolStages: SchoolStages
  public let authority: String
}

/// A school that another went to when it ended, or that went to it.
public struct RelatedSchool: Sendable {
  public let id: ID
  public let name: String
  public let closed: Day?
  /// Whether the other went to it; false: it went to the other.
  public let isSuccessor: Bool
  /// Whether its page is within the viewer's reach.
  public let isSeen: Bool
}

/// What the pages of a school and of a group say beside their rows.
public enum RegistryPageStore {
  /// All memberships of a school or a group, also past ones, the latest first.
  public static func memberships(
    school: ID? = nil, group: ID? = nil, _ transaction: any Transaction
  ) throws -> [NamedMembership] {
    try transaction.rows(
      """
      SELECT m.grp, m.school, m.role, m.since, m.until, g.name AS group_name, g.dissolved, s.name AS school_name,
        s.code AS school_code, s.stages, a.name AS authority_name
      FROM membership m JOIN school_group g ON g.id = m.grp JOIN school s ON s.id = m.school
      JOIN authority a ON a.id = s.authority
      WHERE \(school == nil ? "m.grp" : "m.school") = $1
      ORDER BY CASE WHEN m.until IS NULL THEN 0 ELSE 1 END, m.role, m.since DESC, s.code
      """, [.id(school ?? group)]
    ).compactMap { row in
      guard let role = Membership.Role(rawValue: try row.text("role")), let since = try row.optionalDay("since") else {
        return nil
      }
      return NamedMembership(
        membership: Membership(
          group: try row.id("grp"), school: try row.id("school"), role: role, since: since,
          until: try row.optionalDay("until")), group: try row.text("group_name"),
        groupEnd: try row.optionalDay("dissolved"), school: try row.text("school_name"),
        schoolCode: try row.text("school_code"), schoolStages: SchoolStages(rawValue: try row.int("stages")),
        authority: try row.text("authority_name"))
    }
  }

  /// Where a school went, and which schools went to it, the latest first.
  public static func related(
    to school: ID, for reach: RegistryReach, _ transaction: any Transaction
  ) throws -> [RelatedSchool] {
    try transaction.rows(
      """
      SELECT s.id, s.name, s.closed, CASE WHEN x.school = $2 THEN 1 ELSE 0 END AS onward,
        CASE WHEN \(reach.seesSchool) THEN 1 ELSE 0 END AS seen
      FROM school_successor x
      JOIN school s ON s.id = CASE WHEN x.school = $2 THEN x.successor ELSE x.school END
      WHERE x.school = $2 OR x.successor = $2
      ORDER BY s.closed DESC, s.code
      """, [reach.value, .id(school)]
    ).map { row in
      RelatedSchool(
        id: try row.id("id"), name: try row.text("name"), closed: try row.optionalDay("closed"),
        isSuccessor: try row.int("onward") == 1, isSeen: try row.int("seen") == 1)
    }
  }

  /// The names and codes of schools, groups or authorities.
  public static func names(
    of table: RegistryTable, _ ids: Set<ID>, _ transaction: any Transaction
  ) throws -> [ID: (code: String, name: String)] {
    guard !ids.isEmpty else { return [:] }
    let list = ids.sorted().prefix(500)
    let rows = try transaction.rows(
      "SELECT id, code, name FROM \(table.stored) WHERE id IN (\(places(list.count)))", list.map { .id($0) })
    return Dictionary(
      try rows.map { (try $0.id("id"), (code: try $0.text("code"), name: try $0.text("name"))) }
    ) { first, _ in first }
  }

  /// The yearly statistics of a school.
  public static func years(of school: ID, _ transaction: any Transaction) throws -> [SchoolYear] {
    try SchoolYearStore.years(of: school, transaction).sorted { $0.key > $1.key }.compactMap { $0.value[school] }
  }

  /// A thing's row as a workbook would have it, where it lies within an authority: what an edit is held against.
  public static func row(
    of table: RegistryTable, _ id: ID, within authority: ID, _ transaction: any Transaction
  ) throws -> RegistryRow? {
    let owner = table == .authorities ? "own.id" : "own.authority"
    return try transaction.row(
      table.select(
        where: """
          own.id = $1
            AND EXISTS (SELECT 1 FROM authority_within w WHERE w.lower_id = \(owner) AND w.upper_id = $2)
          """, limit: 1), [.id(id), .id(authority)]
    ).map { try table.row($0) }
  }
}
