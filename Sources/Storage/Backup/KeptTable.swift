import Notation

/// A table as a backup holds it: its columns in their order, and those of its key.
struct KeptTable: Sendable {
  let name: String
  let columns: [String]
  let key: [String]

  /// What concerns only this moment: people sign in again, a letter that waits must not go out twice, and what is derived
  /// from the rest is derived anew.
  static let passing: Set = [
    "session", "presence", "sign_in_failure", "outbox", "import_draft", "recommendation_draft", "coverage_step",
    "coverage_fresh",
  ]

  /// The names of all that is kept, in the order in which they can be filled: none refers to a later one.
  static let names = names(of: Migration.all)

  /// The same of a schema that these migrations make.
  static func names(of migrations: [Migration]) -> [String] {
    migrations.flatMap { migration in
      migration.sql.matches(of: #/(?m)^CREATE TABLE ([a-z_]+)/#).map { String($0.output.1) }
    }.filter { !passing.contains($0) }
  }

  /// The columns as the engine has them: the one question that each engine is asked in its own way.
  init(_ name: String, _ transaction: any Transaction) throws {
    self.name = name
    let rows: [Row]
    switch transaction.engine {
    case .sqlite:
      rows = try transaction.rows(
        "SELECT name, pk AS place FROM pragma_table_info($1) ORDER BY cid", [.text(name)])
    case .postgres:
      rows = try transaction.rows(
        """
        SELECT CAST(a.attname AS TEXT) AS name, COALESCE(CAST(k.place AS BIGINT), 0) AS place
        FROM pg_attribute a
        LEFT JOIN (
          SELECT i.indrelid, u.attnum, u.place
          FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS u (attnum, place)
          WHERE i.indisprimary) k ON k.indrelid = a.attrelid AND k.attnum = a.attnum
        WHERE a.attrelid = CAST(CAST($1 AS TEXT) AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """, [.text(name)])
    }
    columns = try rows.map { try $0.text("name") }
    key = try rows.filter { try $0.integer("place") > 0 }
      .sorted { try $0.integer("place") < $1.integer("place") }.map { try $0.text("name") }
    guard !columns.isEmpty, !key.isEmpty else {
      throw DatabaseError.statement("no table \(name), or one without a key")
    }
  }

  /// Hands over all rows in the order of the key, some at a time.
  func eachPortion(
    of size: Int, _ transaction: any Transaction, _ body: ([[Value]]) throws -> Void
  ) throws {
    let list = columns.joined(separator: ", ")
    let order = key.joined(separator: ", ")
    var last: [Value]?
    while true {
      let places = (1...key.count).map { "$\($0)" }.joined(separator: ", ")
      let rows = try transaction.rows(
        """
        SELECT \(list) FROM \(name)
        \(last == nil ? "" : "WHERE (\(order)) > (\(places))")
        ORDER BY \(order) LIMIT \(size)
        """, last ?? [])
      guard let end = rows.last else { return }
      try body(rows.map(\.values))
      if rows.count < size { return }
      last = try key.map { try end.value($0) }
    }
  }
}

extension KeptTable {
  /// A row as a line of JSON: numbers and texts as they are, bytes in hexadecimal within an object.
  static func line(_ values: [Value]) -> String {
    JSONText.list(
      values.map { value in
        switch value {
        case .null: .null
        case .integer(let number): .raw(String(number))
        case .text(let text): .text(text)
        case .bytes(let bytes): .object([("hex", .text(bytes.hexadecimal))])
        }
      }
    ).text + "\n"
  }

  /// Nil where the line is none of ours.
  static func values(_ line: ArraySlice<UInt8>, columns: Int) -> [Value]? {
    guard let list = (try? JSON.read(Array(line), file: ""))?.list, list.count == columns else { return nil }
    var values: [Value] = []
    for node in list {
      if node.isNull {
        values.append(.null)
      } else if let text = node.text {
        values.append(.text(text))
      } else if let number = node.integer {
        values.append(.integer(number))
      } else if let bytes = node["hex"]?.text.flatMap({ bytes($0) }) {
        values.append(.bytes(bytes))
      } else {
        return nil
      }
    }
    return values
  }

  private static func bytes(_ hex: String) -> [UInt8]? {
    let digits = Array(hex.utf8)
    guard digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).reduce(into: Optional([UInt8]())) { bytes, place in
      guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) else {
        bytes = nil
        return
      }
      bytes?.append(byte)
    }
  }
}
