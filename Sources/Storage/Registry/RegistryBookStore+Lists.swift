import Notation
import Registry

/// The registry of some authorities for counting their coverage, where hundreds of them are read one after another.
///
/// What is read is named by number, some hundreds at a time: a condition with a query inside hides from PostgreSQL how
/// few are meant, and it reads all schools of a country for each part.
extension RegistryBookStore {
  /// Authorities themselves, without what lies below them and without their own rows; also the schools that are no more
  /// and went to one of theirs. A statement for whose schools are meant, one for those before them, and five for each
  /// five hundred schools.
  static func book(
    of authorities: [ID], _ transaction: any Transaction
  ) throws -> (book: RegistryBook, schools: [ID]) {
    let scope = Scope(authorities: places(authorities.count), values: authorities.map { .id($0) })
    var ids = Set(try transaction.rows(scope.schools, scope.values).map { try $0.id("id") })
    try withThoseBefore(&ids, transaction)
    let all = ids.sorted()
    var asides: [ID: Asides] = [:]
    var (rows, memberships): ([Row], [Membership]) = ([], [])
    var groups = Set(
      try transaction.rows("SELECT id FROM school_group WHERE authority IN (\(scope.authorities))", scope.values)
        .map { try $0.id("id") })
    try eachPart(of: all) { part, places in
      for row in try transaction.rows("SELECT t.* FROM (\(self.asides)) t WHERE t.owner IN (\(places))", part) {
        try add(row, to: &asides[try row.id("owner"), default: Asides()])
      }
      rows += try transaction.rows("SELECT s.* FROM school s WHERE s.id IN (\(places))", part)
      memberships += try transaction.rows(
        "SELECT m.grp, m.school, m.role, m.since, m.until FROM membership m WHERE m.school IN (\(places))", part
      ).compactMap(membership)
    }
    groups.formUnion(memberships.map(\.group))
    var found: [Group] = []
    try eachPart(of: groups.sorted()) { part, places in
      found += try self.groups(
        transaction.rows(
          """
          SELECT g.id, g.authority, g.code, g.name, g.form, g.formed, g.dissolved, g.governance, g.structure,
            p.since AS past_since, p.until AS past_until, p.name AS past_name, p.authority AS past_authority,
            p.form AS past_form, p.governance AS past_governance, p.structure AS past_structure
          FROM school_group g LEFT JOIN group_past p ON p.grp = g.id
          WHERE g.id IN (\(places)) ORDER BY g.id, p.until
          """, part))
    }
    let schools = try rows.map { try school($0, asides[try $0.id("id")] ?? Asides()) }
    return (
      RegistryBook(
        authorities: [], schools: schools.sorted { $0.code < $1.code }, groups: found.sorted { $0.code < $1.code },
        memberships: memberships.sorted { ($0.group, $0.since, $0.school) < ($1.group, $1.since, $1.school) }),
      all
    )
  }

  /// Adds the schools that are no more and went to one of some, and those that went to these.
  private static func withThoseBefore(_ schools: inout Set<ID>, _ transaction: any Transaction) throws {
    var open = schools
    while !open.isEmpty {
      var found: Set<ID> = []
      try eachPart(of: open.sorted()) { part, places in
        let rows = try transaction.rows("SELECT school FROM school_successor WHERE successor IN (\(places))", part)
        found.formUnion(try rows.map { try $0.id("school") })
      }
      open = found.subtracting(schools)
      schools.formUnion(open)
    }
  }

  /// Parts of at most so many, each filled up to a power of two with its last, so that few texts of SQL are enough.
  static func eachPart(of ids: [ID], _ body: ([Value], String) throws -> Void) throws {
    for start in stride(from: 0, to: ids.count, by: mostNamed) {
      var part = ids[start..<min(start + mostNamed, ids.count)].map { Value.id($0) }
      while part.count & (part.count - 1) != 0, let last = part.last { part.append(last) }
      try body(part, places(part.count))
    }
  }

  private static let mostNamed = 512
}
