/// Rows for one table, with names that may stand in SQL and a value for every column.
package struct Insertion: Sendable {
  package let table: String
  package let columns: [String]
  package let rows: [[Value]]

  /// Throws `DatabaseError.statement`.
  package init(into table: String, columns: [String], rows: [[Value]]) throws {
    for name in [table] + columns where name.isEmpty || !name.utf8.allSatisfy(Self.letters.contains) {
      throw DatabaseError.statement("\(name) is no name of a table or column")
    }
    guard !columns.isEmpty, rows.allSatisfy({ $0.count == columns.count }) else {
      throw DatabaseError.statement("a row for \(table) hasn't \(columns.count) values")
    }
    guard !rows.contains(where: { $0.contains(where: \.hasNul) }) else {
      throw DatabaseError.statement("a text holds the character NUL, which cannot be kept")
    }
    self.table = table
    self.columns = columns
    self.rows = rows
  }

  private static let letters = Set("abcdefghijklmnopqrstuvwxyz_0123456789".utf8)

  /// For one row.
  package var statement: String {
    "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES \(AuditChain.places(rows: 1, columns: columns.count))"
  }
}
