public import Notation
public import People
import Workbooks

/// A workbook of accounts: to fill in, or filled with those there are. What it holds reads back the same
/// (`AccountsBookReader`).
public struct AccountsBook {
  /// Title, code: what stands above the rows to fill.
  static let headRows = 2
  /// Rows kept ready to be filled in.
  static let blankRows = 200
  private static let widths: [Double] = [22, 18, 16, 22, 14, 14]

  /// A unit's code and name, for whoever fills in the codes.
  public struct Unit: Sendable {
    public let code: String
    public let name: String
    public let isSchool: Bool

    public init(code: String, name: String, isSchool: Bool) {
      self.code = code
      self.name = name
      self.isSchool = isSchool
    }
  }

  let catalogue: Catalogue

  public init(catalogue: Catalogue) { self.catalogue = catalogue }

  /// Writes the accounts given, rows to fill in below them, the units beside.
  public func write(_ rows: [AccountRow], units: [Unit], to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: text("title")) { book in
      writeRows(book, rows)
      writeUnits(book, units)
      writeGuide(book)
    }
  }

  func text(_ key: String) -> String { catalogue.text("people.book.\(key)") }

  private func writeRows(_ book: WorkbookWriter, _ rows: [AccountRow]) {
    let sheet = book.addSheet(named: text("accounts"))
    for (index, column) in AccountColumn.allCases.enumerated() {
      sheet.write(text("column.\(column.rawValue)"), at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.write(column.rawValue, at: CellAddress(row: 2, column: index + 1), Look.faint)
      sheet.setWidth(Self.widths[index], ofColumns: (index + 1)...(index + 1))
    }
    sheet.freeze(rows: Self.headRows, columns: 1)
    // Codes and telephone numbers stay as typed, leading zeros too.
    let asText = Look.input.with { $0.numberFormat = "@" }
    let day = Look.input.with { $0.numberFormat = "yyyy-mm-dd" }
    let styles = AccountColumn.allCases.map { $0 == .since || $0 == .until ? day : asText }
    let first = Self.headRows + 1
    let last = Self.headRows + rows.count + Self.blankRows
    for row in first...last {
      for (index, style) in styles.enumerated() { sheet.blank(CellAddress(row: row, column: index + 1), style) }
    }
    let complaint = InputRule.Message(title: text("complaint.title"), text: text("complaint.text"))
    let roles = Role.allCases.map { catalogue.text($0.title) }
    sheet.allow(InputRule(.choices(roles), complaint: complaint), in: CellRange(rows: first...last, columns: 3...3))
    for (offset, row) in rows.enumerated() {
      func at(_ column: Int) -> CellAddress { CellAddress(row: first + offset, column: column) }
      let words = [row.login.text, row.name, catalogue.text(row.role.title), row.unit]
      for (index, word) in words.enumerated() { sheet.write(word, at: at(index + 1), asText) }
      write(row.since, sheet, at(5), day)
      if let end = row.last { write(end, sheet, at(6), day) }
    }
    setPage(sheet, heads: Self.headRows)
    sheet.protect()
  }

  private func write(_ day: Day, _ sheet: SheetWriter, _ address: CellAddress, _ style: CellStyle) {
    if let date = CellDate(year: day.year, month: day.month, day: day.day) { sheet.write(date, at: address, style) }
  }

  private func writeUnits(_ book: WorkbookWriter, _ units: [Unit]) {
    let sheet = book.addSheet(named: text("units"))
    let heads = [("unit.code", 22.0), ("unit.name", 40.0), ("unit.kind", 14.0)]
    for (index, (key, width)) in heads.enumerated() {
      sheet.write(text(key), at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.setWidth(width, ofColumns: (index + 1)...(index + 1))
    }
    for (offset, unit) in units.enumerated() {
      let kind = text(unit.isSchool ? "unit.school" : "unit.authority")
      for (index, word) in [unit.code, unit.name, kind].enumerated() {
        sheet.write(word, at: CellAddress(row: offset + 2, column: index + 1), Look.cell)
      }
    }
    sheet.freeze(rows: 1)
    setPage(sheet, heads: 1)
    sheet.protect()
  }

  private func writeGuide(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: text("guide"))
    sheet.setWidth(100, ofColumns: 1...1)
    for (offset, line) in text("guide.text").split(separator: "\n").enumerated() {
      sheet.write(String(line), at: CellAddress(row: offset + 1, column: 1), Look.cell)
      sheet.setHeight(Look.height([(String(line), 100)]), ofRow: offset + 1)
    }
    setPage(sheet, heads: 1)
    sheet.protect()
  }

  func setPage(_ sheet: SheetWriter, heads: Int) {
    var page = PageSetup()
    page.fitsPages = (1, 0)
    page.repeatedRows = 1...heads
    sheet.setPage(page)
  }
}
