import Notation

/// What a chain says of some objects, in the order in which it was done.
struct SaidRows {
  struct Event {
    let number: Int64
    let at: Instant
    let action: String
    let item: String?
    let account: ID?
    let before: String?
    let after: String?
    /// The JSON of `after`, where it is some.
    let said: Node?

    init(_ row: Row) throws {
      number = try row.integer("number")
      at = try row.instant("at")
      action = try row.text("action")
      item = try row.optionalText("item")
      account = try row.optionalID("account")
      before = try row.optionalText("before_value")
      after = try row.optionalText("after_value")
      said = after?.hasPrefix("{") == true ? AuditRecords.tree(after) : nil
    }

    func text(_ key: String) -> String? { said?[key]?.text }
    func number(_ key: String) -> Int64? { said?[key]?.integer.map { Int64($0) } }
    func id(_ key: String) -> ID? { text(key).flatMap { ID($0) } }
  }

  /// All that says what must be there now; what was entered on sheets is gone through sheet by sheet (`SheetRecords`).
  static let actions = [
    "cycle.opened", "stage.extended", "draw.announced", "draw.drawn", "results.confirmed", "results.reopened",
    "results.published", "veto.laid", "veto.lifted", "group.recommended", "group.notRecommended",
    "group.recommendationEnded", "recommendationPaper.attached", "recommendationPaper.removed", "expert.assigned",
    "expert.removed", "report.handedIn", "tie.decided",
    "objection.raised", "objection.upheld", "objection.dismissed", "sheet.submitted", "sheet.returned",
    "marks.handedIn", "secondLook.opened", "secondLook.closed", "evidence.added", "evidence.replaced",
    "evidence.withdrawn", "evidence.linked", "evidence.unlinked", "account.created", "account.passwordSet",
    "account.passwordRehashed", "account.closed", "account.reopened",
  ]
  private static let listed = actions.map { "'\($0)'" }.joined(separator: ", ")

  let authority: ID
  /// By object, such as `sheet/12`.
  private(set) var events: [String: [Event]] = [:]

  init(_ authority: ID, _ objects: [String], _ transaction: any Transaction) throws {
    self.authority = authority
    guard !objects.isEmpty else { return }
    let places = objects.indices.map { "$\($0 + 2)" }.joined(separator: ", ")
    for row in try transaction.rows(
      """
      SELECT number, at, account, action, object, item, before_value, after_value FROM audit
      WHERE authority = $1 AND object IN (\(places)) AND action IN (\(Self.listed))
      ORDER BY number
      """, [.id(authority)] + objects.map { Value.text($0) })
    {
      events[try row.text("object"), default: []].append(try Event(row))
    }
  }

  /// The objects of a chain after one of them, in the order of their names.
  static func objects(
    of authority: ID, after last: String, most: Int, _ transaction: any Transaction
  ) throws -> [String] {
    try transaction.rows(
      """
      SELECT DISTINCT object FROM audit
      WHERE authority = $1 AND object > $2 AND action IN (\(listed))
      ORDER BY object LIMIT $3
      """, [.id(authority), .text(last), .integer(most)]
    ).map { try $0.text("object") }
  }

  /// The objects of a kind with their numbers, in their order.
  func all(_ kind: String) -> [(id: ID, object: String, events: [Event])] {
    events.compactMap { object, events -> (id: ID, object: String, events: [Event])? in
      guard object.hasPrefix(kind + "/"), let id = ID(String(object.dropFirst(kind.count + 1))) else { return nil }
      return (id: id, object: object, events: events)
    }.sorted { $0.id < $1.id }
  }
}

/// Rows that must be there and what they must say, by their keys.
struct ExpectedRows {
  struct Key: Hashable {
    let object: String
    /// What of the object, as a finding names it.
    var part = ""
    /// Milliseconds, where several are told apart by their moment.
    var at: Int64 = 0
  }

  let kind: AuditDiscrepancy.Kind
  private(set) var rows: [Key: [String: Value]] = [:]

  init(_ kind: AuditDiscrepancy.Kind) { self.kind = kind }

  /// Columns that aren't named may say anything.
  mutating func put(_ key: Key, _ columns: [String: Value]) { rows[key] = columns }
  mutating func take(_ key: Key) { rows[key] = nil }
  mutating func change(_ key: Key, _ columns: [String: Value]) { rows[key]?.merge(columns) { $1 } }
  mutating func leaveOpen(_ key: Key, _ columns: [String]) { for column in columns { rows[key]?[column] = nil } }

  /// Keys of an object's part whose column is empty as far as is known.
  func open(_ object: String, _ part: String, _ column: String) -> [Key] {
    rows.filter { $0.key.object == object && $0.key.part == part && $0.value[column] == .some(.null) }.keys
      .sorted { $0.at < $1.at }
  }

  /// What is there, held against what must be: rows that say otherwise, that nobody wrote down, that are gone.
  func compared(with kept: [Row], _ keyed: (Row) throws -> Key) throws -> [AuditDiscrepancy] {
    var left = rows
    var found: Set<Key> = []
    for row in kept {
      let key = try keyed(row)
      guard let expected = left.removeValue(forKey: key) else {
        found.insert(key)
        continue
      }
      if try expected.contains(where: { try row.value($0.key) != $0.value }) { found.insert(key) }
    }
    return found.union(left.keys).map { AuditDiscrepancy(kind: kind, object: $0.object, part: $0.part) }
  }
}
