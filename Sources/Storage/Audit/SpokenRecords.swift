import Notation

/// What several people write at once, beside what the chain says of it row by row: comments on cases, reports on tasks,
/// which office or school a unit's name means.
enum SpokenRecords {
  private typealias Key = ExpectedRows.Key

  static let actions = ["formation.commented", "tasks.reported", "tasks.unitSet", "tasks.unitFound"]
  private static let listed = actions.map { "'\($0)'" }.joined(separator: ", ")

  /// Some objects after one of them.
  static func discrepancies(
    of authority: ID, after last: String, most: Int, _ transaction: any Transaction
  ) throws -> (last: String?, found: [AuditDiscrepancy]) {
    let objects = try transaction.rows(
      """
      SELECT DISTINCT object FROM audit WHERE authority = $1 AND object > $2 AND action IN (\(listed))
      ORDER BY object LIMIT $3
      """, [.id(authority), .text(last), .integer(most)]
    ).map { try $0.text("object") }
    var found: [AuditDiscrepancy] = []
    for object in objects {
      let events = try transaction.rows(
        """
        SELECT number, at, account, action, item, before_value, after_value FROM audit
        WHERE authority = $1 AND object = $2 AND action IN (\(listed)) ORDER BY number
        """, [.id(authority), .text(object)]
      ).map { try SaidRows.Event($0) }
      guard let cut = object.firstIndex(of: "/"), let id = ID(String(object[object.index(after: cut)...])) else {
        continue
      }
      switch object[..<cut] {
      case "formation": found += try comments(on: id, object, events, authority, transaction)
      case "task": found += try reports(on: id, object, events, authority, transaction)
      default: found += try units(of: authority, object, events, transaction)
      }
    }
    return (objects.last, found)
  }

  private static func comments(
    on id: ID, _ object: String, _ events: [SaidRows.Event], _ authority: ID, _ transaction: any Transaction
  ) throws -> [AuditDiscrepancy] {
    // Two may have been made in one moment.
    func key(_ at: Int64, _ text: String?) -> Key { Key(object: object, part: "comment \(text ?? "")", at: at) }
    var expected = ExpectedRows(.formation)
    for event in events { expected.put(key(event.at.milliseconds, event.after), [:]) }
    return try expected.compared(
      with: transaction.rows(
        "SELECT at, text FROM formation_comment WHERE authority = $1 AND formation = $2", [.id(authority), .id(id)])
    ) { key(try $0.integer("at"), try $0.text("text")) }
    .map { AuditDiscrepancy(kind: $0.kind, object: $0.object, part: "comments") }
  }

  private static func reports(
    on id: ID, _ object: String, _ events: [SaidRows.Event], _ authority: ID, _ transaction: any Transaction
  ) throws -> [AuditDiscrepancy] {
    func key(_ at: Int64, _ unit: String) -> Key { Key(object: object, part: unit, at: at) }
    var expected = ExpectedRows(.task)
    for event in events {
      expected.put(
        key(event.at.milliseconds, event.item ?? ""),
        ["said": .optional(event.after), "by_account": .id(event.account)])
    }
    return try expected.compared(
      with: transaction.rows(
        """
        SELECT at, unit, CAST(percent AS TEXT) || '% ' || text AS said, by_account FROM task_report
        WHERE authority = $1 AND task = $2
        """, [.id(authority), .id(id)])
    ) { key(try $0.integer("at"), try $0.text("unit")) }
  }

  /// The office or the school by its number; earlier rows name a school by its code.
  private static func units(
    of authority: ID, _ object: String, _ events: [SaidRows.Event], _ transaction: any Transaction
  ) throws -> [AuditDiscrepancy] {
    var left: [String: String] = [:]
    for event in events { left[event.item ?? ""] = event.after }
    var found: [String] = []
    for row in try transaction.rows(
      """
      SELECT u.name, u.office, u.school, k.code FROM unit_office u LEFT JOIN school k ON k.id = u.school
      WHERE u.authority = $1
      """, [.id(authority)])
    {
      let name = try row.text("name")
      let means =
        [try row.optionalID("office")?.description, try row.optionalID("school")?.description]
        .compactMap(\.self) + [try row.optionalText("code")].compactMap(\.self)
      if !(left.removeValue(forKey: name).map { means.contains($0) } ?? false) { found.append(name) }
    }
    return (found + left.keys.sorted()).map { AuditDiscrepancy(kind: .unit, object: object, part: $0) }
  }

  /// Comments, reports and units of which the chain says nothing at all.
  static func unsaid(of authority: ID, most: Int, _ transaction: any Transaction) throws -> [AuditDiscrepancy] {
    let tables: [(AuditDiscrepancy.Kind, word: String, id: String, table: String, action: String)] = [
      (.formation, "formation", "formation", "formation_comment", "formation.commented"),
      (.task, "task", "task", "task_report", "tasks.reported"),
    ]
    return try tables.flatMap { kind, word, id, table, action in
      try transaction.rows(
        """
        SELECT DISTINCT t.\(id) AS id FROM \(table) t
        WHERE t.authority = $1 AND NOT EXISTS (
          SELECT 1 FROM audit u
          WHERE u.authority = t.authority AND u.object = $2 || CAST(t.\(id) AS TEXT) AND u.action = $3)
        ORDER BY id LIMIT $4
        """, [.id(authority), .text(word + "/"), .text(action), .integer(most)]
      ).map { AuditDiscrepancy(kind: kind, object: "\(word)/\(try $0.id("id"))", part: "") }
    }
  }
}
