public import Notation
public import Registry

extension RegistryImport {
  /// Carries out a plan that was shown and accepted, as a whole, each change with its reason in the audit log. `told` is
  /// called with how many of the changes are done.
  ///
  /// Throws `RegistryRefusal` where it has problems.
  /// - Parameter refreshes: false: coverage is only said to be out of date; whoever stores much lets
  ///   `CoverageStepStore.refresh` follow in writes of their own, so that others get their turn.
  public func store(
    _ plan: RegistryPlan, reason: String?, ids: IDMaker, by actor: Actor, at now: Instant, refreshes: Bool = true,
    told: (Int) -> Void = { _ in }
  ) throws {
    guard plan.problems.isEmpty else { throw RegistryRefusal(problems: plan.problems) }
    guard !plan.changes.isEmpty else { return }
    var numbers = plan.things.mapValues { $0.mapValues(\.id) }
    var owners: [RegistryTable: [String: ID]] = plan.things.mapValues { $0.mapValues(\.authority) }
    var done = 0
    var touched = try authorities(plan.changes, numbers)
    for table in RegistryTable.allCases {
      let changes = plan.changes.filter { $0.table == table }
      if changes.isEmpty { continue }
      for change in changes where change.state == .new && table.isOfThings {
        let (code, id) = (change.row.values[0] ?? "", ids.next(at: now))
        numbers[table, default: [:]][code] = id
        let authority = table == .authorities ? id : change.row.values[2].flatMap { numbers[.authorities]?[$0] }
        owners[table, default: [:]][code] = authority ?? id
      }
      try carryOut(table, changes, numbers, at: now) { part in
        done += part
        told(done)
      }
      for change in changes {
        guard let code = change.row.values[table.ownerIndex], let id = numbers[table.owner.table]?[code],
          let authority = owners[table.owner.table]?[code]
        else { continue }
        transaction.record(Self.entry(change, of: id, authority, reason, by: actor, at: now))
      }
    }
    touched.formUnion(try authorities(plan.changes, numbers))
    if refreshes {
      try CoverageStepStore.refresh(touched, transaction)
    } else {
      try CoverageStepStore.outdate(touched, transaction)
    }
  }

  /// The authorities whose coverage the changes may touch, as things stand.
  private func authorities(
    _ changes: [RegistryPlan.Change], _ numbers: [RegistryTable: [String: ID]]
  ) throws -> Set<ID> {
    var (schools, groups, found): (Set<ID>, Set<ID>, Set<ID>) = ([], [], [])
    for change in changes where change.table != .allotments && change.table != .divisions {
      guard let id = change.row.values[0].flatMap({ numbers[change.table.owner.table]?[$0] }) else { continue }
      switch change.table {
      case .authorities: found.insert(id)
      case .groups, .groupPast, .groupSuccessors: groups.insert(id)
      case .memberships:
        if let school = change.row.values[1].flatMap({ numbers[.schools]?[$0] }) { schools.insert(school) }
      default: schools.insert(id)
      }
    }
    try eachPart(of: groups) { part, places in
      let rows = try transaction.rows("SELECT DISTINCT school FROM membership WHERE grp IN (\(places))", part)
      schools.formUnion(try rows.map { try $0.id("school") })
    }
    // Where a school went, its pupils may count.
    var open = schools
    while !open.isEmpty {
      var next: Set<ID> = []
      try eachPart(of: open) { part, places in
        let rows = try transaction.rows(
          "SELECT DISTINCT successor FROM school_successor WHERE school IN (\(places))", part)
        next.formUnion(try rows.map { try $0.id("successor") })
      }
      open = next.subtracting(schools)
      schools.formUnion(open)
    }
    try eachPart(of: schools) { part, places in
      let rows = try transaction.rows(
        """
        SELECT DISTINCT authority FROM school WHERE id IN (\(places))
        UNION SELECT authority FROM school_past WHERE school IN (\(places))
        """, part)
      found.formUnion(try rows.map { try $0.id("authority") })
    }
    return found
  }

  private func eachPart(of ids: Set<ID>, _ body: ([Value], String) throws -> Void) throws {
    let all = ids.sorted()
    for start in stride(from: 0, to: all.count, by: 500) {
      let part = all[start..<min(start + 500, all.count)]
      try body(part.map { .id($0) }, places(part.count))
    }
  }

  private func carryOut(
    _ table: RegistryTable, _ changes: [RegistryPlan.Change], _ numbers: [RegistryTable: [String: ID]], at now: Instant,
    told: (Int) -> Void
  ) throws {
    func values(_ change: RegistryPlan.Change) -> [Value] {
      zip(table.columns, change.row.values).map { column, text in
        guard case .reference(let other) = column.kind else { return column.value(text, ids: [:]) }
        return column.value(text, ids: numbers[other] ?? [:])
      }
    }
    let removed = changes.filter { $0.state == .removed }
    for change in removed { try remove(table, values(change)) }
    if table.isOfThings {
      let new = changes.filter { $0.state == .new }
      let ids = { (change: RegistryPlan.Change) -> [Value] in
        [.id(change.row.values[0].flatMap { numbers[table]?[$0] }), .instant(now)]
      }
      if table == .authorities {
        // One after another: each stands under one before it.
        for change in new { try insert(table, [values(change) + ids(change)], isThing: true) }
      } else {
        try inParts(new, told: told) { try insert(table, $0.map { values($0) + ids($0) }, isThing: true) }
      }
      for change in changes where change.state == .changed { try update(table, values(change)) }
      if table == .authorities { try placeAuthorities() }
    } else {
      try inParts(changes.filter { $0.state != .removed }, told: told) {
        try insert(table, $0.map(values), isThing: false)
      }
    }
  }

  /// By powers of two up to 64, so that few texts of SQL are enough.
  private func inParts(
    _ changes: [RegistryPlan.Change], told: (Int) -> Void, _ body: ([RegistryPlan.Change]) throws -> Void
  ) throws {
    var start = 0
    while start < changes.count {
      let left = changes.count - start
      let size = left >= 64 ? 64 : 1 << (Int.bitWidth - 1 - left.leadingZeroBitCount)
      try body(Array(changes[start..<start + size]))
      start += size
      told(size)
    }
  }

  private func insert(_ table: RegistryTable, _ rows: [[Value]], isThing: Bool) throws {
    let columns = table.columns.map(\.stored) + (isThing ? ["id", "created_at"] : [])
    let keys = table.columns.filter(\.isKey).map(\.stored)
    let rest = table.columns.filter { !$0.isKey }.map(\.stored)
    let conflict =
      isThing
      ? ""
      : "ON CONFLICT (\(keys.joined(separator: ", "))) DO "
        + (rest.isEmpty ? "NOTHING" : "UPDATE SET " + rest.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
    try transaction.run(
      """
      INSERT INTO \(table.stored) (\(columns.joined(separator: ", ")))
      VALUES \(AuditChain.places(rows: rows.count, columns: columns.count))
      \(conflict)
      """, rows.flatMap(\.self))
  }

  /// A thing is found by its code.
  private func update(_ table: RegistryTable, _ values: [Value]) throws {
    let sets = table.columns.enumerated().dropFirst().map { "\($1.stored) = $\($0 + 1)" }
    try transaction.run(
      "UPDATE \(table.stored) SET \(sets.joined(separator: ", ")) WHERE code = $1", values)
  }

  private func remove(_ table: RegistryTable, _ values: [Value]) throws {
    var bound: [Value] = []
    let conditions = zip(table.columns, values).filter(\.0.isKey).map { column, value in
      bound.append(value)
      return "\(column.stored) = $\(bound.count)"
    }
    try transaction.run("DELETE FROM \(table.stored) WHERE \(conditions.joined(separator: " AND "))", bound)
  }

  /// Who lies within whom, once more from the tree.
  private func placeAuthorities() throws {
    try transaction.run("DELETE FROM authority_within")
    try transaction.run(
      """
      INSERT INTO authority_within (lower_id, upper_id)
      WITH RECURSIVE above (lower_id, upper_id) AS (
        SELECT id, id FROM authority
        UNION
        SELECT a.lower_id, x.parent FROM above a JOIN authority x ON x.id = a.upper_id WHERE x.parent IS NOT NULL
      )
      SELECT lower_id, upper_id FROM above
      """)
  }

  /// A change of a row as the chain tells it: what its columns were and are.
  static func entry(
    _ change: RegistryPlan.Change, of id: ID, _ authority: ID, _ reason: String?, by actor: Actor, at now: Instant
  ) -> AuditEntry {
    let kind = ["authority", "school", "group"][
      [.authorities, .schools, .groups].firstIndex(of: change.table.owner.table) ?? 0]
    let table = change.table
    func json(_ values: [String?], _ places: [Int], _ reason: String?) -> String {
      var fields = places.compactMap { place in values[place].map { (table.columns[place].code, JSONText.text($0)) } }
      if !table.isOfThings {
        let key = zip(table.columns, values).filter(\.0.isKey).dropFirst().compactMap(\.1).joined(separator: " ")
        fields =
          [(table.rawValue, .text(key))]
          + fields.filter { field in !table.columns.contains { $0.isKey && $0.code == field.0 } }
      }
      if let reason { fields.append(("reason", .text(reason))) }
      return JSONText.object(fields).text
    }
    let action = table.isOfThings && change.state == .new ? "added" : "changed"
    return AuditEntry(
      authority: authority, at: now, actor: actor, action: "\(kind).\(action)", object: "\(kind)/\(id)",
      before: change.before.map { json($0, change.state == .removed ? Array($0.indices) : change.columns, nil) },
      after: change.state == .removed ? reason : json(change.row.values, change.columns, reason))
  }
}

/// Why the registry doesn't take rows.
public struct RegistryRefusal: Error, Sendable {
  public let problems: [Problem]

  public init(problems: [Problem]) { self.problems = problems }
}
