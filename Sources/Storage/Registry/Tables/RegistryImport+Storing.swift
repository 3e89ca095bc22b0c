public import Notation
public import Registry

extension RegistryImport {
  /// Carries out a plan that was shown and accepted, as a whole, each change with its reason in the audit log.
  ///
  /// Throws `RegistryRefusal` where it has problems.
  public func store(_ plan: RegistryPlan, reason: String?, ids: IDMaker, by actor: Actor, at now: Instant) throws {
    try store(AcceptedPlan(plan, reason: reason, ids: ids, by: actor, at: now))
  }

  /// The same of a plan that was made ready before the write. `told` is called with how many of the changes are done.
  ///
  /// Throws `RegistryMoved` where the plan no longer holds.
  /// - Parameter refreshes: false: coverage is only said to be out of date; whoever stores much lets
  ///   `CoverageStepStore.refresh` follow in writes of their own, so that others get their turn.
  public func store(_ accepted: AcceptedPlan, refreshes: Bool = true, told: (Int) -> Void = { _ in }) throws {
    guard !accepted.byTable.isEmpty else { return }
    if let ground = accepted.ground, try !holds(ground) { throw RegistryMoved() }
    var done = 0
    var touched = try authorities(accepted.byTable, accepted.before)
    for table in RegistryTable.allCases {
      guard let changes = accepted.byTable[table] else { continue }
      try carryOut(table, changes, accepted.numbers, at: accepted.now) { part in
        done += part
        told(done)
      }
    }
    transaction.record(accepted.entries)
    touched.formUnion(try authorities(accepted.byTable, accepted.numbers))
    if refreshes {
      try CoverageStepStore.refresh(touched, transaction)
    } else {
      try CoverageStepStore.outdate(touched, transaction)
    }
  }

  /// Whether nothing that a plan stands on was changed: nobody wrote anything at all, or nothing of what it names.
  private func holds(_ ground: AcceptedPlan.Ground) throws -> Bool {
    if try ends() == ground.ends { return true }
    return try known(ground.rows, ground.actor) == ground.known
  }

  /// Where the chains of all authorities end: every change adds to one.
  func ends() throws -> [ID: Int64] {
    Dictionary(
      try transaction.rows("SELECT authority, number FROM audit_head WHERE authority <> 0").map {
        (try $0.id("authority"), try $0.integer("number"))
      }
    ) { first, _ in first }
  }

  /// The authorities whose coverage the changes may touch, as things stand.
  private func authorities(
    _ changes: [RegistryTable: [RegistryPlan.Change]], _ numbers: [RegistryTable: [String: ID]]
  ) throws -> Set<ID> {
    var (schools, groups, found): (Set<ID>, Set<ID>, Set<ID>) = ([], [], [])
    for change in changes.values.joined() where change.table != .allotments && change.table != .divisions {
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
}
