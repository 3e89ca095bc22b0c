import Foundation
import Workbooks

/// A workbook someone has changed: read, edited cell by cell, and stored again without compression, so that a test can
/// put anything into a cell.
struct EditedBook {
  enum Content: Sendable {
    case text(String)
    case number(String)
    /// A number as stored under the format `0.0%`: 0.084 for 8.4%.
    case percent(String)
    case error(String)
    /// A formula nobody has calculated.
    case formula(String)
    case date(String)
    case truth(Bool)
  }

  private var sheets: [(name: String, cells: [CellAddress: Content])]

  init(_ path: String) throws {
    sheets = try Workbook.read(from: path).sheets.map { sheet in
      (sheet.name, Dictionary(uniqueKeysWithValues: sheet.all.map { ($0.address, EditedBook.content($0.cell)) }))
    }
  }

  private static func content(_ cell: Cell) -> Content {
    switch cell {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .percent(let number): .percent(number)
    case .bool(let truth): .truth(truth)
    case .error(let sign): .error(sign)
    case .date(let date): .date(date.description)
    case .uncalculated: .formula("1+1")
    }
  }

  mutating func set(_ sheet: String, _ address: String, _ content: Content?) {
    guard let index = sheets.firstIndex(where: { $0.name == sheet }) else { preconditionFailure("no sheet \(sheet)") }
    sheets[index].cells[cell(address)] = content
  }

  mutating func remove(sheet: String) { sheets.removeAll { $0.name == sheet } }

  /// Where the column with a code stands, such as `C5`.
  func address(_ sheet: String, _ code: String, row: Int) -> String {
    let cells = sheets.first { $0.name == sheet }?.cells ?? [:]
    let head = cells.first { entry in
      if case .text(code) = entry.value, entry.key.row == 4 { true } else { false }
    }
    guard let head else { preconditionFailure("no column \(code)") }
    return CellAddress(row: row, column: head.key.column).description
  }

  func write(to path: String) throws { try Data(StoredArchive.bytes(parts)).write(to: URL(fileURLWithPath: path)) }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  private var parts: [(String, String)] {
    let names = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(EditedBook.escaped(sheet.name))\" sheetId=\"\(index + 1)\" r:id=\"r\(index)\"/>"
    }
    let links =
      sheets.indices.map { ("r\($0)", "worksheet", "worksheets/sheet\($0).xml") }
      + [("styles", "styles", "styles.xml")]
    return [
      ("[Content_Types].xml", "<Types/>"),
      ("_rels/.rels", EditedBook.relations([("r", "officeDocument", "/xl/workbook.xml")])),
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(EditedBook.main)\" xmlns:r=\"\(EditedBook.relation)\"><sheets>\(names.joined())"
          + "</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", EditedBook.relations(links)),
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(EditedBook.main)\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>"
          + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"
      ),
    ]
      + sheets.enumerated().map { index, sheet in
        ("xl/worksheets/sheet\(index).xml", EditedBook.xml(sheet.cells))
      }
  }

  private static func relations(_ links: [(String, String, String)]) -> String {
    let lines = links.map { "<Relationship Id=\"\($0.0)\" Type=\"\(relation)/\($0.1)\" Target=\"\($0.2)\"/>" }
    return "<Relationships xmlns=\"\(package)\">\(lines.joined())</Relationships>"
  }

  private static func xml(_ cells: [CellAddress: Content]) -> String {
    let rows = Dictionary(grouping: cells) { $0.key.row }.sorted { $0.key < $1.key }.map { row, cells in
      "<row r=\"\(row)\">\(cells.sorted { $0.key < $1.key }.map { xml($0.key, $0.value) }.joined())</row>"
    }
    return "<worksheet xmlns=\"\(main)\"><sheetData>\(rows.joined())</sheetData></worksheet>"
  }

  private static func xml(_ address: CellAddress, _ content: Content) -> String {
    let head = "<c r=\"\(address)\""
    return switch content {
    case .text(let text):
      head + " t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(text))</t></is></c>"
    case .number(let number): head + "><v>\(number)</v></c>"
    case .percent(let number): "<c r=\"\(address)\" s=\"1\"><v>\(number)</v></c>"
    case .error(let sign): head + " t=\"e\"><v>\(sign)</v></c>"
    case .formula(let formula): head + "><f>\(formula)</f></c>"
    case .date(let date): head + " t=\"d\"><v>\(date)</v></c>"
    case .truth(let truth): head + " t=\"b\"><v>\(truth ? 1 : 0)</v></c>"
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
      .replacing("\n", with: "&#10;").replacing("\t", with: "&#9;")
  }
}

/// An archive whose parts are stored as they are.
enum StoredArchive {
  static func bytes(_ parts: [(name: String, content: String)]) -> [UInt8] {
    var body: [UInt8] = []
    var table: [UInt8] = []
    for (name, content) in parts {
      let data = Array(content.utf8)
      let fields =
        little(20, 2) + little(0, 8) + little(crc(data), 4) + little(data.count, 4) + little(data.count, 4)
        + little(name.utf8.count, 2) + little(0, 2)
      table += little(0x0201_4B50, 4) + little(20, 2) + fields + little(0, 10) + little(body.count, 4) + name.utf8
      body += little(0x0403_4B50, 4) + fields + name.utf8 + data
    }
    return body + table + little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
      + little(table.count, 4) + little(body.count, 4) + little(0, 2)
  }

  private static func little(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> Int {
    Int(~bytes.reduce(0xFFFF_FFFF as UInt32) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] })
  }
}
