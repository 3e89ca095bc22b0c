import Notation
import People
public import Registry

/// Rows of the registry's tables, from a workbook or a form: what they would change, and the change as a whole.
public struct RegistryImport {
  let transaction: any Transaction
  let terms: RegistryTerms
  let editions: PolicyEditions?

  /// - Parameters:
  ///   - terms: the targets there are and the day; what policies in force name is read here.
  ///   - editions: nil: the forms and areas of policies aren't asked for.
  public init(
    _ transaction: any Transaction, terms: RegistryTerms = RegistryTerms(), editions: PolicyEditions? = nil
  ) {
    self.transaction = transaction
    self.terms = terms
    self.editions = editions
  }

  /// What the rows would change; stores nothing.
  public func plan(_ rows: RegistryRows, for actor: Actor) throws -> RegistryPlan {
    RegistryPlan(rows, beside: try known(rows, actor))
  }

  /// The same to be carried out in a later write.
  public func planned(_ rows: RegistryRows, for actor: Actor) throws -> PlannedImport {
    let (ends, known) = (try ends(), try known(rows, actor))
    return PlannedImport(
      plan: RegistryPlan(rows, beside: known),
      ground: AcceptedPlan.Ground(rows: rows, known: known, actor: actor, ends: ends))
  }

  /// What is stored of everything the rows name, in a handful of statements for each thousand of them.
  func known(_ rows: RegistryRows, _ actor: Actor) throws -> KnownRegistry {
    var known = KnownRegistry()
    known.terms = terms
    known.mayAddRoots = actor.account == nil
    try authorities(&known, actor)
    for (table, authority) in [(RegistryTable.schools, "x.authority"), (.groups, "x.authority")] {
      known.things[table] = try things(of: table, authority, codes(of: table, in: rows), actor)
    }
    for table in RegistryTable.allCases where table != .authorities {
      // Successors are held against the schools that end, memberships against all of their group and the lives of both.
      var owners = Set(rows[table].compactMap { $0.values[table.ownerIndex] })
      switch table {
      case .schoolSuccessors: owners.formUnion(rows[.schools].compactMap { $0.values[0] })
      case .schools:
        owners.formUnion(rows[.memberships].compactMap { $0.values[1] })
        owners.formUnion(rows[.schoolPast].compactMap { $0.values[0] })
        if editions != nil { owners.formUnion(rows[.schoolFlags].compactMap { $0.values[0] }) }
      case .groups: owners.formUnion((rows[.memberships] + rows[.groupPast]).compactMap { $0.values[0] })
      case .memberships: owners.formUnion(rows[.groups].compactMap { $0.values[0] })
      default: break
      }
      let stored = owners.filter { known.things[table.owner.table]?[$0] != nil }
      try eachPart(of: stored) { part, places in
        // The first parameter is bound for nothing but to keep the places alike.
        for row in try transaction.rows(
          table.select(where: "CAST($1 AS BIGINT) IS NULL AND own.code IN (\(places))"), [.null] + part)
        {
          known.add(try table.row(row), to: table)
        }
      }
    }
    try memberships(of: rows, &known, actor)
    if let editions, ![.groups, .groupPast, .schoolFlags].allSatisfy({ rows[$0].isEmpty }) {
      known.terms.inForce = try FormationPolicyStore.terms(editions, transaction)
    }
    if rows[.divisions].isEmpty == false || rows[.schools].contains(where: { !$0.removes })
      || rows[.authorities].isEmpty == false
    {
      known.divisions = try DivisionStore.entries(transaction)
    }
    return known
  }

  private func things(
    of table: RegistryTable, _ authority: String, _ codes: Set<String>, _ actor: Actor
  ) throws -> [String: KnownRegistry.Thing] {
    var things: [String: KnownRegistry.Thing] = [:]
    try eachPart(of: codes) { part, places in
      let found = try transaction.rows(
        """
        SELECT x.code, x.id, x.authority, CASE WHEN \(ReachSQL.covers(authority, by: "$1")) THEN 1 ELSE 0 END AS reached
        FROM \(table.stored) x WHERE x.code IN (\(places))
        """, [actor.reach] + part)
      for row in found {
        things[try row.text("code")] = KnownRegistry.Thing(
          id: try row.id("id"), authority: try row.id("authority"), isReached: try row.int("reached") == 1)
      }
    }
    return things
  }

  /// Those of schools that end, in whatever group.
  private func memberships(of rows: RegistryRows, _ known: inout KnownRegistry, _ actor: Actor) throws {
    guard let closed = RegistryTable.schools.index("closed") else { return }
    let schools = rows[.schools].filter { $0.values[closed] != nil }.compactMap { $0.values[0] }
    let table = RegistryTable.memberships
    try eachPart(of: Set(schools).filter { known.things[.schools]?[$0] != nil }) { part, places in
      let condition = """
        CAST($1 AS BIGINT) IS NULL AND x.school IN (SELECT k.id FROM school k WHERE k.code IN (\(places)))
        """
      for row in try transaction.rows(table.select(where: condition), [.null] + part) {
        known.add(try table.row(row), to: table)
      }
    }
    let groups = Set((known.stored[table] ?? [:]).keys.compactMap(\.parts.first))
    try eachPart(of: groups.filter { known[.groups, RegistryKey([$0])] == nil }) { part, places in
      let found = try transaction.rows(
        RegistryTable.groups.select(where: "CAST($1 AS BIGINT) IS NULL AND own.code IN (\(places))"), [.null] + part)
      for row in found { known.add(try RegistryTable.groups.row(row), to: .groups) }
    }
    // Whoever closes a school ends its memberships, in whomsoever's groups and schools these are.
    let members = (known.stored[table] ?? [:]).keys
    for (owner, place) in [(RegistryTable.groups, 0), (.schools, 1)] {
      let missing = Set(members.map { $0.parts[place] }).filter { known.things[owner]?[$0] == nil }
      known.things[owner, default: [:]].merge(try things(of: owner, "x.authority", missing, actor)) { first, _ in first
      }
    }
  }

  /// All of them: there are few, and any may be named.
  private func authorities(_ known: inout KnownRegistry, _ actor: Actor) throws {
    let table = RegistryTable.authorities
    for row in try transaction.rows(table.select(where: "1 = 1")) { known.add(try table.row(row), to: table) }
    var things: [String: KnownRegistry.Thing] = [:]
    for row in try transaction.rows(
      """
      SELECT x.code, x.id, CASE WHEN \(ReachSQL.covers("x.id", by: "$1")) THEN 1 ELSE 0 END AS reached
      FROM authority x
      """, [actor.reach])
    {
      let id = try row.id("id")
      things[try row.text("code")] = KnownRegistry.Thing(
        id: id, authority: id, isReached: try row.int("reached") == 1)
    }
    known.things[table] = things
  }

  /// Every code of a table that the rows name.
  private func codes(of table: RegistryTable, in rows: RegistryRows) -> Set<String> {
    var codes = Set(rows[table].compactMap { $0.values[0] })
    for other in RegistryTable.allCases {
      let places = other.columns.indices.filter { other.columns[$0].kind == .reference(table) }
      guard !places.isEmpty else { continue }
      for row in rows[other] { for place in places { if let code = row.values[place] { codes.insert(code) } } }
    }
    return codes
  }

  private func eachPart(of texts: Set<String>, _ body: ([Value], String) throws -> Void) throws {
    let all = texts.filter { !$0.contains("\0") }.sorted()
    for start in stride(from: 0, to: all.count, by: 500) {
      let part = all[start..<min(start + 500, all.count)]
      try body(part.map { .text($0) }, places(part.count, from: 2))
    }
  }
}
