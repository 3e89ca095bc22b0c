public import Notation

/// What some rows would change in the registry. Nothing is stored by it: it is shown, and carried out once accepted.
public struct RegistryPlan: Sendable {
  public enum State: String, Sendable, CaseIterable { case new, changed, removed }

  public struct Change: Sendable, Hashable {
    public let table: RegistryTable
    public let row: RegistryRow
    /// What is stored; nil where the row is new.
    public let before: [String?]?
    /// Whether it follows from another change: memberships end with their school or group.
    public let follows: Bool

    public init(table: RegistryTable, row: RegistryRow, before: [String?]?, follows: Bool = false) {
      self.table = table
      self.row = row
      self.before = before
      self.follows = follows
    }

    public var state: State { row.removes ? .removed : before == nil ? .new : .changed }

    /// The columns in which it differs from what is stored.
    public var columns: [Int] {
      guard let before else { return row.values.indices.filter { row.values[$0] != nil } }
      return row.values.indices.filter { row.values[$0] != before[$0] }
    }
  }

  public let rows: RegistryRows
  /// In the order in which they can be carried out; empty where there are problems.
  public let changes: [Change]
  public let unchanged: Int
  public let problems: [Problem]
  /// What is worth a look before it is accepted, and no obstacle.
  public let remarks: [Problem]
  /// What was there with a code when it was made.
  public let things: [RegistryTable: [String: KnownRegistry.Thing]]

  public func count(_ table: RegistryTable, _ state: State) -> Int {
    changes.count { $0.table == table && $0.state == state }
  }

  /// Holds rows against what is stored; everything wrong is found at once.
  public init(_ given: RegistryRows, beside known: KnownRegistry) {
    var (rows, changes, unchanged): (RegistryRows, [Change], Int) = (given, [], 0)
    let ends = RegistryEnds(rows, known)
    rows[.allotments] = rows[.allotments].map(known.terms.named)
    if !known.terms.inForce.isEmpty { rows[.schoolFlags] = rows[.schoolFlags].map(known.terms.flagged) }
    rows[.memberships] = rows[.memberships].map(ends.ended)
    let following = ends.following(rows, known)
    var problems = Problems()
    for table in RegistryTable.allCases {
      var seen: [RegistryKey: Int] = [:]
      for row in rows[table] {
        let key = row.key(table)
        let isKeyed = row.faults.allSatisfy { !table.columns[$0].isKey }
        if isKeyed, let line = seen.updateValue(row.line, forKey: key) {
          let said = zip(table.columns, row.values).filter(\.0.isKey).compactMap { column, value in
            value.map(column.said)
          }
          problems.add(
            "registry.twice", at: rows.place(table, row, table.columns.first { $0.isKey }?.code),
            ["key": .list(said), "line": .count(line)])
          continue
        }
        let before = isKeyed ? known[table, key] : nil
        if row.faults.isEmpty, row.removes ? before == nil : before == row.values {
          unchanged += 1
        } else {
          changes.append(Change(table: table, row: row, before: before))
        }
      }
    }
    changes += following.map { Change(table: .memberships, row: $0.row, before: $0.before, follows: true) }
    rows[.memberships] += following.map(\.row)
    var check = RegistryCheck(rows: rows, known: known, changes: changes, ends: ends)
    check.run()
    problems.append(contentsOf: check.problems.all)
    self.rows = rows
    things = known.things
    self.unchanged = unchanged
    self.problems = problems.sorted
    remarks = check.remarks.sorted
    let isWhole = changes.allSatisfy { $0.row.faults.isEmpty }
    self.changes = problems.isEmpty && isWhole ? RegistryPlan.ordered(changes) : []
  }

  /// An authority comes after the one it stands under.
  private static func ordered(_ changes: [Change]) -> [Change] {
    let levels = Authority.Level.allCases.map(\.rawValue)
    let level = RegistryTable.authorities.index("level") ?? 0
    let (authorities, others) = (
      changes.filter { $0.table == .authorities }, changes.filter { $0.table != .authorities }
    )
    return authorities.enumerated().sorted { a, b in
      let (x, y) = [a, b].map { levels.firstIndex(of: $0.element.row.values[level] ?? "") ?? 0 }.pair
      return (x, a.offset) < (y, b.offset)
    }.map(\.element) + others
  }
}

extension [Int] {
  fileprivate var pair: (Int, Int) { (self[0], self[1]) }
}

/// What is stored of everything that rows name.
public struct KnownRegistry: Sendable, Equatable {
  /// Something with a code: whose it is, and whether whoever hands in the rows may change it.
  public struct Thing: Sendable, Hashable {
    public let id: ID
    public let authority: ID
    public let isReached: Bool

    public init(id: ID, authority: ID, isReached: Bool) {
      self.id = id
      self.authority = authority
      self.isReached = isReached
    }
  }

  public private(set) var stored: [RegistryTable: [RegistryKey: [String?]]] = [:]
  /// Authorities, schools and groups by code.
  public var things: [RegistryTable: [String: Thing]] = [:]
  /// Whether whoever hands in the rows may add authorities at the top of the tree.
  public var mayAddRoots = false
  /// The divisions that are stored already.
  public var divisions: [DivisionList.Entry] = []
  public var terms = RegistryTerms()

  public init() {}

  public subscript(table: RegistryTable, key: RegistryKey) -> [String?]? {
    get { stored[table]?[key] }
    set { stored[table, default: [:]][key] = newValue }
  }

  public mutating func add(_ row: RegistryRow, to table: RegistryTable) { self[table, row.key(table)] = row.values }
}
