import CXlsxWriter

/// How a sheet is printed, on A4.
package struct PageSetup: Sendable {
  /// A piece of a header or footer.
  package enum Piece: Hashable, Sendable {
    case text(String)
    /// The number of the page, and of all pages.
    case page, pages
  }

  package var isLandscape = false
  /// In millimetres: left, right, top, bottom.
  package var margins: (left: Double, right: Double, top: Double, bottom: Double) = (18, 18, 19, 19)
  /// How many pages the sheet is wide and high; 0 lets it take as many as it needs.
  package var fitsPages: (wide: Int, high: Int)? = (1, 0)
  package var centresAcross = true
  /// In the middle of every page.
  package var header: [Piece] = []
  package var footer: [Piece] = [.page, .text(" / "), .pages]
  /// Rows repeated at the top of every page.
  package var repeatedRows: ClosedRange<Int>?
  package var printArea: CellRange?

  package init() {}
}

extension SheetWriter {
  /// Excel keeps no longer headers and footers, in UTF-16 units.
  package static let longestHeader = 255

  /// Sets how the sheet is printed.
  package func setPage(_ page: PageSetup) {
    worksheet_set_paper(sheet, 9)
    if page.isLandscape { worksheet_set_landscape(sheet) } else { worksheet_set_portrait(sheet) }
    let margins = page.margins
    worksheet_set_margins(sheet, margins.left / 25.4, margins.right / 25.4, margins.top / 25.4, margins.bottom / 25.4)
    if let fits = page.fitsPages {
      worksheet_fit_to_pages(sheet, UInt16(clamping: fits.wide), UInt16(clamping: fits.high))
    }
    if page.centresAcross { worksheet_center_horizontally(sheet) }
    if let header = line(page.header) { worksheet_set_header(sheet, header) }
    if let footer = line(page.footer) { worksheet_set_footer(sheet, footer) }
    if let rows = page.repeatedRows {
      let range = CellRange(rows: rows, columns: 1...1)
      worksheet_repeat_rows(sheet, range.first.row0, range.last.row0)
    }
    if let area = page.printArea {
      worksheet_print_area(sheet, area.first.row0, area.first.column0, area.last.row0, area.last.column0)
    }
  }

  /// The line in Excel's own language, where `&` starts a command; nil for an empty one.
  private func line(_ pieces: [PageSetup.Piece]) -> String? {
    guard !pieces.isEmpty else { return nil }
    let line = pieces.map { piece in
      switch piece {
      case .text(let text):
        EscapedText.encode(text).split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
      case .page: "&P"
      case .pages: "&N"
      }
    }
    let text = "&C" + line.joined()
    guard text.utf16.count < Self.longestHeader else {
      book.note(.headerTooLong(sheet: name, length: text.utf16.count, limit: Self.longestHeader - 1))
      return nil
    }
    return text
  }
}
