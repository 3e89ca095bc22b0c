import Ledgers
import Notation

/// The year's records of a group and what was declared of them, beside what the chains say: group by group, so that no
/// more than one group's are held at once.
struct LedgerRecords {
  private typealias Key = ExpectedRows.Key

  static let actions = ["ledger.added", "ledger.changed", "ledger.removed", "ledger.declared", "ledger.reopened"]
  private static let listed = actions.map { "'\($0)'" }.joined(separator: ", ")

  private(set) var discrepancies: [AuditDiscrepancy] = []
  private let object: String
  private var records = ExpectedRows(.ledger)
  private var versions: [Key: Int] = [:]
  /// What the chain says of records in which somebody is named: not whole there.
  private var told: [Key: String] = [:]
  private var statements = ExpectedRows(.statement)

  init(_ group: ID, authority: ID, _ transaction: any Transaction) throws {
    object = "group/\(group)"
    // A group that changed its authority has rows in both chains.
    let events = try transaction.rows(
      """
      SELECT number, at, account, action, item, before_value, after_value FROM audit
      WHERE object = $1 AND action IN (\(Self.listed)) AND authority IN (
        SELECT CAST($2 AS BIGINT) UNION SELECT authority FROM school_group WHERE id = $3
        UNION SELECT authority FROM group_past WHERE grp = $3
        UNION SELECT authority FROM ledger_record WHERE grp = $3
        UNION SELECT authority FROM ledger_statement WHERE grp = $3)
      ORDER BY at, number
      """, [.text(object), .id(authority), .id(group)])
    for row in events { try read(SaidRows.Event(row)) }
    for (key, version) in versions { records.change(key, ["version": .integer(version)]) }
    let kept = try transaction.rows(
      """
      SELECT kind, id, school, first_day, last_day, content, version, at, by_account, removed_at, removed_by
      FROM ledger_record WHERE grp = $1
      """, [.id(group)])
    let name = object
    func key(_ row: Row) throws -> Key { Key(object: name, part: "\(try row.text("kind"))/\(try row.id("id"))") }
    for row in kept {
      guard let said = told[try key(row)], let kind = LedgerKinds.byID[try row.text("kind")] else { continue }
      // A row that names another than the chain is held against what it says itself, and so is found.
      let content = try row.text("content")
      let isSame = LedgerStore.told(content, kind: kind) == said
      records.change(try key(row), ["content": .text(isSame ? content : said)])
    }
    discrepancies += try records.compared(with: kept, key)
    discrepancies += try statements.compared(
      with: transaction.rows(
        "SELECT kind, year, term, school, at, by_account FROM ledger_statement WHERE grp = $1", [.id(group)])
    ) { row in
      let (term, school) = (try row.text("term"), try row.id("school"))
      return Key(
        object: object,
        part: "\(try row.text("kind")) \(try row.int("year"))/\(term.isEmpty ? "year" : term)/"
          + (school == ID(0) ? "group" : school.description))
    }
  }

  private mutating func read(_ event: SaidRows.Event) throws {
    let key = Key(object: object, part: event.item ?? "")
    switch event.action {
    case "ledger.added", "ledger.changed":
      let said = LedgerStore.Said(event.after ?? "")
      versions[key] = event.action == "ledger.added" ? 1 : versions[key].map { $0 + 1 }
      var columns: [String: Value] = [
        "content": .text(said.content), "at": .instant(event.at), "by_account": .id(event.account),
        "removed_at": .null, "removed_by": .null,
      ]
      // What was written down before days and keeper were, says nothing of them.
      if let place = said.place { columns.merge(place) { $1 } }
      let kind = LedgerKinds.byID[String(key.part.prefix { $0 != "/" })]
      told[key] = kind.flatMap { kind in
        kind.fields.contains(where: \.namesSomebody) ? LedgerStore.told(said.content, kind: kind) : nil
      }
      records.put(key, columns)
    case "ledger.removed":
      versions[key] = versions[key].map { $0 + 1 }
      records.change(key, ["removed_at": .instant(event.at), "removed_by": .id(event.account)])
    case "ledger.declared":
      statements.put(
        Key(object: object, part: "\(event.item ?? "") \(event.after ?? "")"),
        ["at": .instant(event.at), "by_account": .id(event.account)])
    default: statements.take(Key(object: object, part: "\(event.item ?? "") \(event.before ?? "")"))
    }
  }

  /// The groups after one of them that have records, or of whose records a chain speaks.
  static func groups(
    of authority: ID, after last: ID, most: Int, _ transaction: any Transaction
  ) throws -> [ID] {
    try transaction.rows(
      """
      SELECT g.id FROM school_group g
      WHERE g.id > $2 AND (
        EXISTS (SELECT 1 FROM ledger_record r WHERE r.grp = g.id AND r.authority = $1)
        OR EXISTS (SELECT 1 FROM ledger_statement s WHERE s.grp = g.id AND s.authority = $1)
        OR EXISTS (
          SELECT 1 FROM audit u
          WHERE u.authority = $1 AND u.object = 'group/' || CAST(g.id AS TEXT) AND u.action IN (\(listed))))
      ORDER BY g.id LIMIT $3
      """, [.id(authority), .id(last), .integer(most)]
    ).map { try $0.id("id") }
  }
}
