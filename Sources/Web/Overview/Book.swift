import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Notation

/// A table as a workbook to download.
enum Book {
  static func answer(
    _ visit: Visit, name: String, title: String, heads: [String], rows: [[TableBook.Cell]], places: Int
  ) async throws -> Response {
    let book = TableBook(title: title, sheet: name, heads: heads, rows: rows, places: places)
    let bytes = try await Task.detached { try Book.bytes(book) }.value
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        .contentDisposition: "attachment; filename=\"table.xlsx\"; filename*=UTF-8''\(Endpoint.escaped(name)).xlsx",
      ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// Workbooks are written to files; this one lives only as long as it takes to read it.
  private static func bytes(_ book: TableBook) throws -> Data {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: path) }
    do throws(WorkbookTrouble) {
      try book.write(to: path.path)
    } catch {
      throw Refusal(.internalServerError, error.messages)
    }
    return try Data(contentsOf: path)
  }
}
