import Notation
import People
public import Registry

/// Rows of the registry's tables, from a workbook or a form: what they would change, and the change as a whole.
public struct RegistryImport {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  /// What the rows would change; stores nothing.
  public func plan(_ rows: RegistryRows, for actor: Actor) throws -> RegistryPlan {
    RegistryPlan(rows, beside: try known(rows, actor))
  }

  /// What is stored of everything the rows name, in a handful of statements for each thousand of them.
  func known(_ rows: RegistryRows, _ actor: Actor) throws -> KnownRegistry {
    var known = KnownRegistry()
    known.mayAddRoots = actor.account == nil
    try authorities(&known, actor)
    for (table, authority) in [(RegistryTable.schools, "x.authority"), (.groups, "x.authority")] {
      let codes = codes(of: table, in: rows)
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
      known.things[table] = things
    }
    for table in RegistryTable.allCases where table != .authorities {
      // Successors are held against the schools that end, memberships against all of their group.
      var owners = Set(rows[table].compactMap { $0.values[table.ownerIndex] })
      if table == .schoolSuccessors { owners.formUnion(rows[.schools].compactMap { $0.values[0] }) }
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
    if rows[.divisions].isEmpty == false || rows[.schools].contains(where: { !$0.removes })
      || rows[.authorities].isEmpty == false
    {
      known.divisions = try DivisionStore.entries(transaction)
    }
    return known
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
