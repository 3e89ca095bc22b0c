public import Notation
public import Registry

/// The registry of an authority with its histories, read as a whole: for a city and what is smaller.
public enum RegistryBookStore {
  /// More schools than this are counted by the database, not read.
  public static let mostSchools = 20_000

  public static func count(within authority: ID, _ transaction: any Transaction) throws -> Int {
    try transaction.row(
      "SELECT COUNT(*) AS n FROM school s JOIN authority_within w ON w.lower_id = s.authority AND w.upper_id = $1",
      [.id(authority)])?.int("n") ?? 0
  }

  /// Authorities, schools and groups that lie within one, and all memberships of these schools and groups; schools of
  /// elsewhere that belong to one of the groups come along. Five statements.
  public static func book(within authority: ID, _ transaction: any Transaction) throws -> RegistryBook {
    let scope = Scope(
      authorities: "SELECT lower_id FROM authority_within WHERE upper_id = $1", values: [.id(authority)])
    return RegistryBook(
      authorities: try authorities(within: authority, transaction), schools: try schools(scope, transaction),
      groups: try groups(scope, transaction), memberships: try memberships(scope, transaction))
  }

  /// Whose registry is read: what may stand inside `IN (…)`, and the values it needs.
  struct Scope {
    let authorities: String
    let values: [Value]

    /// Schools that answer or answered to one of them, or belong to a group of theirs.
    var schools: String {
      """
      SELECT s.id FROM school s WHERE s.authority IN (\(authorities))
      UNION SELECT p.school FROM school_past p WHERE p.authority IN (\(authorities))
      UNION SELECT m.school FROM membership m JOIN school_group g ON g.id = m.grp WHERE g.authority IN (\(authorities))
      """
    }
  }

  /// The same with the lists of divisions, or nil where it would be more schools than one reads. Six statements.
  public static func bookAndDivisions(
    within authority: ID, most: Int, _ transaction: any Transaction
  ) throws -> (book: RegistryBook, divisions: DivisionList)? {
    let (divisions, count) = try DivisionStore.list(
      counting: """
        SELECT COUNT(*) FROM school s JOIN authority_within w ON w.lower_id = s.authority AND w.upper_id = $1
        """, [.id(authority)], transaction)
    return count > most ? nil : (try book(within: authority, transaction), divisions)
  }

  /// The same, or nil where it would be more schools than one reads.
  public static func book(
    within authority: ID, most: Int, _ transaction: any Transaction
  ) throws -> RegistryBook? {
    try count(within: authority, transaction) > most ? nil : book(within: authority, transaction)
  }

  public static func authorities(within authority: ID, _ transaction: any Transaction) throws -> [Authority] {
    try transaction.rows(
      """
      SELECT a.id, a.parent, a.level, a.code, a.name, a.is_zone, a.ended, a.successor
      FROM authority a JOIN authority_within w ON w.lower_id = a.id AND w.upper_id = $1
      ORDER BY a.code
      """, [.id(authority)]
    ).compactMap { row in
      guard let level = Authority.Level(rawValue: try row.text("level")) else { return nil }
      return Authority(
        id: try row.id("id"), parent: try row.optionalID("parent"), level: level, code: try row.text("code"),
        name: try row.text("name"), isZone: try row.int("is_zone") == 1, ended: try row.optionalDay("ended"),
        successor: try row.optionalID("successor"))
    }
  }

  /// What is told of a school beside its row, one row each: flags, former states, successors.
  static let asides = """
    SELECT 'flag' AS kind, f.school AS owner, f.since, f.until, f.flag AS a, f.area AS b, NULL AS c,
      CAST(NULL AS BIGINT) AS number, CAST(NULL AS BIGINT) AS stages FROM school_flag f
    UNION ALL
    SELECT 'past', p.school, p.since, p.until, p.name, p.ownership, p.location, p.authority, p.stages FROM school_past p
    UNION ALL
    SELECT 'successor', s.school, NULL, NULL, NULL, NULL, NULL, s.successor, NULL FROM school_successor s
    """

  struct Asides {
    var flags: [School.Flag] = []
    var past: [School.Past] = []
    var successors: [ID] = []
  }

  private static func schools(_ scope: Scope, _ transaction: any Transaction) throws -> [School] {
    var asides: [ID: Asides] = [:]
    for row in try transaction.rows(
      "SELECT t.* FROM (\(self.asides)) t WHERE t.owner IN (\(scope.schools))", scope.values)
    {
      try add(row, to: &asides[try row.id("owner"), default: Asides()])
    }
    return try transaction.rows(
      "SELECT s.* FROM school s WHERE s.id IN (\(scope.schools)) ORDER BY s.code", scope.values
    ).map { try school($0, asides[try $0.id("id")] ?? Asides()) }
  }

  static func add(_ row: Row, to asides: inout Asides) throws {
    switch try row.text("kind") {
    case "flag":
      guard let kind = School.Flag.Kind(rawValue: try row.text("a")), let since = try row.optionalDay("since") else {
        return
      }
      asides.flags.append(
        School.Flag(
          kind: kind, area: try row.optionalText("b") ?? "", since: since, until: try row.optionalDay("until")))
    case "past":
      guard let until = try row.optionalDay("until") else { return }
      asides.past.append(
        School.Past(
          since: try row.optionalDay("since"), until: until, name: try row.text("a"), authority: try row.id("number"),
          stages: SchoolStages(rawValue: try row.int("stages")),
          ownership: try row.optionalText("b").flatMap { School.Ownership(rawValue: $0) },
          location: try row.optionalText("c").flatMap { School.Location(rawValue: $0) }))
    default: asides.successors.append(try row.id("number"))
    }
  }

  static func school(_ row: Row, _ asides: Asides) throws -> School {
    let closed = try row.optionalDay("closed")
    let ending = try row.optionalText("ending").flatMap { School.End.Kind(rawValue: $0) }
    return School(
      id: try row.id("id"), authority: try row.id("authority"), code: try row.text("code"), name: try row.text("name"),
      pupils: try row.optionalInteger("pupils").map { Int($0) }, credit: try row.optionalText("credit"),
      division: try row.optionalText("division"), stages: SchoolStages(rawValue: try row.int("stages")),
      ownership: try row.optionalText("ownership").flatMap { School.Ownership(rawValue: $0) },
      location: try row.optionalText("location").flatMap { School.Location(rawValue: $0) },
      opened: try row.optionalDay("opened"),
      end: closed.flatMap { day in
        ending.map { School.End(day: day, kind: $0, successors: asides.successors.sorted()) }
      }, flags: asides.flags.sorted { ($0.since, $0.kind.rawValue) < ($1.since, $1.kind.rawValue) },
      past: asides.past.sorted { $0.until < $1.until })
  }

  /// A school with its history, where the reach allows; nil otherwise. Two statements.
  public static func school(
    _ id: ID, for reach: RegistryReach, _ transaction: any Transaction
  ) throws -> School? {
    guard
      let row = try transaction.row(
        "SELECT s.* FROM school s WHERE s.id = $2 AND \(reach.seesSchool)", [reach.value, .id(id)])
    else { return nil }
    var asides = Asides()
    for row in try transaction.rows("SELECT t.* FROM (\(self.asides)) t WHERE t.owner = $1", [.id(id)]) {
      try add(row, to: &asides)
    }
    return try school(row, asides)
  }

  private static func groups(_ scope: Scope, _ transaction: any Transaction) throws -> [Group] {
    let rows = try transaction.rows(
      """
      SELECT g.id, g.authority, g.code, g.name, g.form, g.formed, g.dissolved, g.governance, g.structure,
        p.since AS past_since, p.until AS past_until, p.name AS past_name, p.authority AS past_authority,
        p.form AS past_form, p.governance AS past_governance, p.structure AS past_structure
      FROM school_group g LEFT JOIN group_past p ON p.grp = g.id
      WHERE g.id IN (
        SELECT o.id FROM school_group o WHERE o.authority IN (\(scope.authorities))
        UNION SELECT m.grp FROM membership m WHERE m.school IN (\(scope.schools)))
      ORDER BY g.code, g.id, p.until
      """, scope.values)
    return try groups(rows)
  }

  /// A group with its history, where the reach allows; nil otherwise.
  public static func group(_ id: ID, for reach: RegistryReach, _ transaction: any Transaction) throws -> Group? {
    try groups(
      transaction.rows(
        """
        SELECT g.id, g.authority, g.code, g.name, g.form, g.formed, g.dissolved, g.governance, g.structure,
          p.since AS past_since, p.until AS past_until, p.name AS past_name, p.authority AS past_authority,
          p.form AS past_form, p.governance AS past_governance, p.structure AS past_structure
        FROM school_group g LEFT JOIN group_past p ON p.grp = g.id
        WHERE g.id = $2 AND \(reach.seesGroup)
        ORDER BY p.until
        """, [reach.value, .id(id)])
    ).first
  }

  static func groups(_ rows: [Row]) throws -> [Group] {
    var groups: [Group] = []
    for row in rows {
      let id = try row.id("id")
      if groups.last?.id != id {
        groups.append(
          Group(
            id: id, authority: try row.id("authority"), code: try row.text("code"), name: try row.text("name"),
            form: try row.optionalText("form"), formed: try row.optionalDay("formed"),
            governance: try row.optionalText("governance").flatMap { Group.Governance(rawValue: $0) },
            structure: try row.optionalText("structure").flatMap { Group.Structure(rawValue: $0) },
            end: try row.optionalDay("dissolved").map { Group.End(day: $0, successors: []) }))
      }
      guard let until = try row.optionalDay("past_until") else { continue }
      groups[groups.count - 1].past.append(
        Group.Past(
          since: try row.optionalDay("past_since"), until: until, name: try row.text("past_name"),
          authority: try row.id("past_authority"), form: try row.optionalText("past_form"),
          governance: try row.optionalText("past_governance").flatMap { Group.Governance(rawValue: $0) },
          structure: try row.optionalText("past_structure").flatMap { Group.Structure(rawValue: $0) }))
    }
    return groups
  }

  private static func memberships(_ scope: Scope, _ transaction: any Transaction) throws -> [Membership] {
    try transaction.rows(
      """
      SELECT m.grp, m.school, m.role, m.since, m.until
      FROM membership m
      WHERE m.school IN (\(scope.schools))
      ORDER BY m.grp, m.since, m.school
      """, scope.values
    ).compactMap(membership)
  }

  static func membership(_ row: Row) throws -> Membership? {
    guard let role = Membership.Role(rawValue: try row.text("role")), let since = try row.optionalDay("since") else {
      return nil
    }
    return Membership(
      group: try row.id("grp"), school: try row.id("school"), role: role, since: since,
      until: try row.optionalDay("until"))
  }
}
