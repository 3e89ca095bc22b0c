import Workbooks

/// One table as a workbook: a title, heads that stay put and can be filtered, a row each.
public struct TableBook: Sendable {
  public enum Cell: Sendable, Hashable {
    case text(String)
    /// A decimal as it is written.
    case number(String)
  }

  let title: String
  let sheet: String
  let heads: [String]
  let rows: [[Cell]]
  let places: Int

  /// - Parameter places: the decimals that numbers are shown with; whole ones are shown whole.
  public init(title: String, sheet: String, heads: [String], rows: [[Cell]], places: Int) {
    self.title = title
    self.sheet = sheet
    self.heads = heads
    self.rows = rows
    self.places = places
  }

  public func write(to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: title) { book in
      let sheet = book.addSheet(named: SheetName.fitting(self.sheet, taken: []))
      sheet.merge(CellRange(rows: 1...1, columns: 1...max(1, heads.count)), title, Look.title)
      sheet.setHeight(30, ofRow: 1)
      for (column, head) in heads.enumerated() {
        sheet.write(head, at: CellAddress(row: 2, column: column + 1), Look.head)
        sheet.setWidth(width(column), ofColumns: (column + 1)...(column + 1))
      }
      for (place, row) in rows.enumerated() {
        for (column, cell) in row.enumerated() {
          let address = CellAddress(row: place + 3, column: column + 1)
          switch cell {
          case .text(let text): sheet.write(text, at: address, column == 0 ? Look.cell : Look.centred)
          case .number(let text): sheet.write(number: text, at: address, Look.number(text.contains(".") ? places : 0))
          }
        }
      }
      sheet.freeze(rows: 2, columns: 1)
      if !rows.isEmpty, !heads.isEmpty {
        sheet.filter(CellRange(rows: 2...(rows.count + 2), columns: 1...heads.count))
      }
      var page = PageSetup()
      page.isLandscape = true
      page.repeatedRows = 1...2
      sheet.setPage(page)
    }
  }

  /// As wide as its longest text, within what can be read.
  private func width(_ column: Int) -> Double {
    let texts = rows.prefix(500).compactMap { row -> String? in
      guard row.indices.contains(column) else { return nil }
      switch row[column] {
      case .text(let text), .number(let text): return text
      }
    }
    let longest = (texts + [heads[column]]).map(Look.columns).max() ?? 8
    return min(44, max(8, longest + 2))
  }
}
