import Notation
import Registry

/// The registry beside what the chains say of it: what was imported or entered stands there column by column, so that
/// what is changed, deleted or added behind it shows. Of a thing whose adding was told only by its name, no more is held
/// than what was told.
struct RegistryRecords {
  private struct Place: Hashable {
    let object: String
    let table: RegistryTable
    /// Its key without the owner; empty for the thing itself.
    let key: String
  }

  static let kinds: [(word: String, table: RegistryTable)] = [
    ("authority", .authorities), ("group", .groups), ("school", .schools),
  ]
  static let actions = kinds.flatMap { ["\($0.word).added", "\($0.word).changed"] } + ["group.dissolved"]
  private static let listed = actions.map { "'\($0)'" }.joined(separator: ", ")

  private(set) var discrepancies: [AuditDiscrepancy] = []
  /// What was told of each row, column by column.
  private var told: [Place: [String: String?]] = [:]
  private var removed: Set<Place> = []
  /// Things all of whose rows were told.
  private var whole: Set<String> = []

  /// The objects after one of them in a chain.
  static func objects(
    of authority: ID, after last: String, most: Int, _ transaction: any Transaction
  ) throws -> [String] {
    try transaction.rows(
      """
      SELECT DISTINCT object FROM audit WHERE authority = $1 AND object > $2 AND action IN (\(listed))
      ORDER BY object LIMIT $3
      """, [.id(authority), .text(last), .integer(most)]
    ).map { try $0.text("object") }
  }

  init(_ objects: [String], authority: ID, _ transaction: any Transaction) throws {
    for (word, table) in Self.kinds {
      let ids = objects.filter { $0.hasPrefix(word + "/") }.compactMap { ID(String($0.dropFirst(word.count + 1))) }
      guard !ids.isEmpty else { continue }
      for row in try Self.events(of: ids, word, authority, transaction) {
        read(try SaidRows.Event(row), of: try row.text("object"), table)
      }
      try compare(ids, word, table, transaction)
    }
  }

  /// In all chains that a thing was ever in; in the order in which they happened.
  private static func events(
    of ids: [ID], _ word: String, _ authority: ID, _ transaction: any Transaction
  ) throws -> [Row] {
    let places = ids.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    let objects = ids.indices.map { "'\(word)/' || CAST(CAST($\($0 + 2) AS BIGINT) AS TEXT)" }.joined(separator: ", ")
    let chains =
      switch word {
      case "school":
        "UNION SELECT authority FROM school WHERE id IN (\(places)) "
          + "UNION SELECT authority FROM school_past WHERE school IN (\(places))"
      case "group":
        "UNION SELECT authority FROM school_group WHERE id IN (\(places)) "
          + "UNION SELECT authority FROM group_past WHERE grp IN (\(places))"
      default: "UNION SELECT id FROM authority WHERE id IN (\(places))"
      }
    return try transaction.rows(
      """
      SELECT number, at, account, action, object, item, before_value, after_value FROM audit
      WHERE object IN (\(objects)) AND action IN (\(listed)) AND authority IN (SELECT CAST($1 AS BIGINT) \(chains))
      ORDER BY at, number
      """, [.id(authority)] + ids.map { Value.id($0) })
  }

  private mutating func read(_ event: SaidRows.Event, of object: String, _ thing: RegistryTable) {
    let after = event.said?.map
    let before = event.before?.hasPrefix("{") == true ? AuditRecords.tree(event.before)?.map : nil
    func texts(_ map: [Node.Entry]?) -> [String: String] {
      Dictionary((map ?? []).compactMap { entry in entry.value.text.map { (entry.key, $0) } }) { first, _ in first }
    }
    let (new, old) = (texts(after), texts(before))
    let table = RegistryTable.allCases.first { table in
      !table.isOfThings && table.owner.table == thing && (new[table.rawValue] ?? old[table.rawValue]) != nil
    }
    guard let table else {
      let place = Place(object: object, table: thing, key: "")
      if event.action.hasSuffix(".added") {
        guard after != nil else { return told[place] = ["name": event.after] }
        whole.insert(object)
        told[place] = Dictionary(thing.columns.map { ($0.code, new[$0.code]) }) { first, _ in first }
      } else if after != nil || before != nil {
        merge(new, old, into: place)
      }
      return
    }
    let place = Place(object: object, table: table, key: new[table.rawValue] ?? old[table.rawValue] ?? "")
    if after == nil {
      told[place] = nil
      removed.insert(place)
    } else if before == nil {
      removed.remove(place)
      let rest = table.columns.filter { !$0.isKey }
      told[place] = Dictionary(rest.map { ($0.code, new[$0.code]) }) { first, _ in first }
    } else {
      merge(new, old, into: place)
    }
  }

  /// Columns named before and not after were emptied.
  private mutating func merge(_ new: [String: String], _ old: [String: String], into place: Place) {
    let codes = Set(place.table.columns.map(\.code)).intersection(Set(new.keys).union(old.keys))
    for code in codes { told[place, default: [:]].updateValue(new[code], forKey: code) }
  }

  private mutating func compare(
    _ ids: [ID], _ word: String, _ thing: RegistryTable, _ transaction: any Transaction
  ) throws {
    let places = ids.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let values = ids.map { Value.id($0) }
    let codes = try transaction.rows("SELECT id, code FROM \(thing.stored) WHERE id IN (\(places))", values)
    let objects = Dictionary(try codes.map { (try $0.text("code"), "\(word)/\(try $0.id("id"))") }) { first, _ in first
    }
    for table in RegistryTable.allCases where table.owner.table == thing {
      for row in try transaction.rows(table.select(where: "own.id IN (\(places))"), values) {
        let values = try table.row(row).values
        guard let object = values[table.ownerIndex].flatMap({ objects[$0] }) else { continue }
        let key =
          table.isOfThings
          ? "" : zip(table.columns, values).filter(\.0.isKey).dropFirst().compactMap(\.1).joined(separator: " ")
        let place = Place(object: object, table: table, key: key)
        guard let expected = told.removeValue(forKey: place) else {
          if !table.isOfThings, removed.contains(place) || whole.contains(object) { note(place) }
          continue
        }
        let kept = Dictionary(zip(table.columns.map(\.code), values)) { first, _ in first }
        for (code, value) in expected.sorted(by: { $0.key < $1.key }) where kept[code] != .some(value) {
          note(place, column: code)
        }
      }
    }
    // What is left was told and isn't there.
    for place in told.keys where place.object.hasPrefix(word + "/") { note(place) }
    told = told.filter { !$0.key.object.hasPrefix(word + "/") }
  }

  private mutating func note(_ place: Place, column: String? = nil) {
    let table = place.table.isOfThings ? nil : "\(place.table.rawValue) \(place.key)"
    discrepancies.append(
      AuditDiscrepancy(
        kind: .registry, object: place.object, part: [table, column].compactMap(\.self).joined(separator: " ")))
  }

  /// Authorities, groups and schools of which no chain says that they were added. Most stand in the chain of the
  /// authority they answer to; one that moved is looked for in all.
  static func unsaid(of authority: ID, most: Int, _ transaction: any Transaction) throws -> [AuditDiscrepancy] {
    try kinds.flatMap { word, table in
      let owner = table == .authorities ? "t.id" : "t.authority"
      let (prefix, action) = ("\(word)/", "\(word).added")
      let open = try transaction.rows(
        """
        WITH said AS MATERIALIZED (SELECT u.object FROM audit u WHERE u.authority = $1 AND u.action = $3)
        SELECT t.id FROM \(table.stored) t
        LEFT JOIN said ON said.object = $2 || CAST(t.id AS TEXT)
        WHERE \(owner) = $1 AND said.object IS NULL
        ORDER BY t.id
        """, [.id(authority), .text(prefix), .text(action)]
      ).map { prefix + String(try $0.integer("id")) }
      let elsewhere = try said(action, of: open, transaction)
      return open.filter { !elsewhere.contains($0) }.prefix(most)
        .map { AuditDiscrepancy(kind: .registry, object: $0, part: "") }
    }
  }

  /// Of which of some objects any chain says something.
  private static func said(
    _ action: String, of objects: [String], _ transaction: any Transaction
  ) throws -> Set<String> {
    try stride(from: 0, to: objects.count, by: 500).reduce(into: []) { said, start in
      let some = objects[start..<min(start + 500, objects.count)]
      let places = some.indices.map { "$\($0 - start + 2)" }.joined(separator: ", ")
      let rows = try transaction.rows(
        """
        SELECT u.object FROM audit_head h
        JOIN audit u ON u.authority = h.authority AND u.object IN (\(places)) AND u.action = $1
        """, [.text(action)] + some.map { .text($0) })
      for row in rows { said.insert(try row.text("object")) }
    }
  }
}
