import Foundation
import Workbooks

/// A folder of a test's own that goes away with it.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("workbooks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a workbook, reads it back and answers what was read.
  func roundTrip(_ write: (WorkbookWriter) -> Void) throws -> Workbook {
    let writer = try WorkbookWriter(path: path("book.xlsx"), properties: .fixed)
    write(writer)
    try writer.finish()
    return try Workbook.read(from: path("book.xlsx"))
  }

  /// Writes a workbook that can't be written and answers why.
  func problems(_ write: (WorkbookWriter) -> Void) throws -> [WriteProblem] {
    let writer = try WorkbookWriter(path: path("book.xlsx"), properties: .fixed)
    write(writer)
    do throws(WriteFailure) {
      try writer.finish()
      return []
    } catch {
      return error.problems
    }
  }
}

extension WorkbookProperties {
  static let fixed = WorkbookProperties(title: "计分表", author: "均衡", created: 1_772_323_200)
}

/// The address a text names.
func cell(_ text: String) -> CellAddress {
  guard let address = CellAddress(text) else { fatalError("\(text) is no address") }
  return address
}

/// The range a text names.
func range(_ text: String) -> CellRange {
  guard let range = CellRange(text) else { fatalError("\(text) is no range") }
  return range
}
