import Workbooks

extension PageSetup {
  /// A table of many columns: A4 landscape, one page wide, its heads on every page.
  /// - Parameters:
  ///   - title: what stands at the top of every page.
  ///   - rows: the last row that is printed; rows kept ready for typing aren't. Nil: all.
  static func table(heads: Int, title: String? = nil, columns: Int = 1, rows: Int? = nil) -> PageSetup {
    var page = PageSetup()
    page.isLandscape = true
    page.margins = (12, 12, 16, 14)
    page.fitsPages = (1, 0)
    page.repeatedRows = 1...heads
    page.header = title.map { [.text($0)] } ?? []
    page.printArea = rows.map { CellRange(rows: 1...max(heads, $0), columns: 1...max(1, columns)) }
    return page
  }
}
