import Documents
import Hummingbird
import Notation

/// A table as a workbook to download.
enum Book {
  static func answer(
    _ visit: Visit, name: String, title: String, heads: [String], rows: [[TableBook.Cell]], places: Int
  ) async throws -> Response {
    try await visit.workbook(named: name) { path throws(WorkbookTrouble) in
      try TableBook(title: title, sheet: name, heads: heads, rows: rows, places: places).write(to: path)
    }
  }
}
