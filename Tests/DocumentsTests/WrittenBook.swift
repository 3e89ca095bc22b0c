import Fixtures
import Foundation

@testable import Workbooks

/// A workbook as written: its parts as text, for what reading leaves aside — locks, lists, notes, pages.
struct WrittenBook {
  let book: Workbook
  private let parts: [String: String]

  init(_ path: String) throws {
    let bytes = FileManager.default.contents(atPath: path).map { Array($0) } ?? []
    book = try Workbook.read(bytes: bytes)
    var parts: [String: String] = [:]
    try bytes.withUnsafeBytes { raw in
      let budget = ReadBudget(limits: .standard, fileBytes: raw.count)
      let archive = try Archive(ByteView(bytes: raw), budget: budget)
      let room = UnsafeMutableRawPointer.allocate(byteCount: Archive.pieceBytes, alignment: 1)
      defer { room.deallocate() }
      for name in archive.partNames where name.hasSuffix(".xml") || name.hasSuffix(".rels") {
        var data: [UInt8] = []
        try archive.unpack(
          name, into: { (_: Int) throws(WorkbookRefusal) in room },
          then: { (count: Int) throws(WorkbookRefusal) in
            data += UnsafeRawBufferPointer(start: room, count: count)
          })
        parts[name] = String(decoding: data, as: UTF8.self)
      }
    }
    self.parts = parts
  }

  /// Writes a workbook to a folder of its own and opens it.
  static func of(_ write: (String) throws -> Void) throws -> WrittenBook {
    try Repository.withFolder { folder in
      try write(folder + "/book.xlsx")
      return try WrittenBook(folder + "/book.xlsx")
    }
  }

  /// Every sheet's own text.
  var allSheets: [String] { (1...book.sheets.count).map { text("xl/worksheets/sheet\($0).xml") } }

  func sheet(_ name: String) -> WrittenSheet? {
    guard let index = book.sheets.firstIndex(where: { $0.name == name }) else { return nil }
    let notes = text("xl/worksheets/_rels/sheet\(index + 1).xml.rels").firstMatch(of: #/comments[0-9]+\.xml/#)
    return WrittenSheet(
      sheet: book.sheets[index], xml: text("xl/worksheets/sheet\(index + 1).xml"),
      comments: notes.map { text("xl/\($0.output)") } ?? "", styles: text("xl/styles.xml"))
  }

  func text(_ part: String) -> String { parts[part] ?? "" }
}

/// One sheet as written.
struct WrittenSheet {
  let sheet: Sheet
  let xml: String
  let comments: String
  let styles: String

  var isProtected: Bool { xml.contains("<sheetProtection sheet=\"1\"") }
  var isLandscapeA4: Bool { xml.contains(#/<pageSetup [^>]*paperSize="9"[^>]*orientation="landscape"/#) }
  var hasFormulas: Bool { xml.contains("<f>") || xml.contains("<f ") }

  /// The note of a cell.
  func note(_ address: String) -> String? {
    guard let start = comments.firstRange(of: "<comment ref=\"\(address)\"") else { return nil }
    let rest = comments[start.upperBound...]
    return String(rest[..<(rest.firstRange(of: "</comment>")?.lowerBound ?? rest.endIndex)])
  }

  /// The words a cell's drop-down offers; nil where it has none.
  func choices(_ address: CellAddress) -> [String]? {
    let rules = xml.matches(of: #/<dataValidation type="list"[^>]*sqref="([^"]+)"><formula1>"([^"]*)"</#)
    return rules.first { CellRange(String($0.output.1))?.contains(address) ?? false }.map {
      $0.output.2.split(separator: ",").map(String.init)
    }
  }

  /// The numbers a cell takes, as `from…to`; nil where it isn't limited.
  func numbers(_ address: CellAddress) -> String? {
    let rules = xml.matches(
      of: #/<dataValidation type="decimal"[^>]*sqref="([^"]+)"><formula1>([^<]*)</formula1><formula2>([^<]*)</#)
    return rules.first { CellRange(String($0.output.1))?.contains(address) ?? false }.map {
      "\($0.output.2)…\($0.output.3)"
    }
  }

  /// Whether a cell can be changed while the sheet is protected.
  func isOpen(_ address: CellAddress) -> Bool {
    guard let cell = xml.firstMatch(of: try! Regex("<c r=\"\(address)\" s=\"([0-9]+)\"")),
      let style = cell.output[1].substring.flatMap({ Int($0) })
    else { return false }
    let cells = styles[(styles.firstRange(of: "<cellXfs")?.upperBound ?? styles.startIndex)...]
    let formats = cells[..<(cells.firstRange(of: "</cellXfs>")?.lowerBound ?? cells.endIndex)]
      .split(separator: "<xf ").dropFirst()
    return Array(formats)[style].contains("locked=\"0\"")
  }
}

/// The address a text names.
func cell(_ text: String) -> CellAddress {
  guard let address = CellAddress(text) else { preconditionFailure("\(text) is no address") }
  return address
}
