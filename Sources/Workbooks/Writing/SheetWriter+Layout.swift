import CXlsxWriter

extension SheetWriter {
  /// Sets the width of columns, in characters of the standard font, with a style for cells not written.
  package func setWidth(
    _ width: Double, ofColumns columns: ClosedRange<Int>, _ style: CellStyle? = nil
  ) {
    let range = CellRange(rows: 1...1, columns: columns)
    worksheet_set_column(sheet, range.first.column0, range.last.column0, width, book.formats.format(style))
  }

  /// Sets the height of a row, in points.
  package func setHeight(_ height: Double, ofRow row: Int) {
    worksheet_set_row(sheet, CellAddress(row: row, column: 1).row0, height, nil)
  }

  /// Keeps columns that only programs read out of sight.
  package func hide(columns: ClosedRange<Int>) {
    let range = CellRange(rows: 1...1, columns: columns)
    var options = lxw_row_col_options(hidden: 1, level: 0, collapsed: 0)
    worksheet_set_column_opt(sheet, range.first.column0, range.last.column0, 9, nil, &options)
  }

  /// Keeps a row that only programs read out of sight.
  package func hide(row: Int) {
    var options = lxw_row_col_options(hidden: 1, level: 0, collapsed: 0)
    worksheet_set_row_opt(sheet, CellAddress(row: row, column: 1).row0, 15, nil, &options)
  }

  /// Keeps the first rows and columns in view while the rest scrolls.
  package func freeze(rows: Int, columns: Int = 0) {
    worksheet_freeze_panes(sheet, UInt32(rows), UInt16(columns))
  }

  /// Adds filter buttons to the first row of a range.
  package func filter(_ range: CellRange) {
    worksheet_autofilter(sheet, range.first.row0, range.first.column0, range.last.row0, range.last.column0)
  }

  /// Keeps locked cells from being changed. Without a password: it guards against slips, not against people.
  package func protect() {
    var allowed = lxw_protection()
    allowed.format_columns = 1
    allowed.format_rows = 1
    allowed.sort = 1
    allowed.autofilter = 1
    worksheet_protect(sheet, nil, &allowed)
  }

  /// Doesn't show the sheet's tab.
  package func hide() { worksheet_hide(sheet) }

  /// Opens the workbook on this sheet.
  package func showFirst() { worksheet_activate(sheet) }

  /// Colours the numbers of a range from the lowest to the highest, through a middle when given.
  package func colourScale(_ range: CellRange, low: Colour, middle: Colour? = nil, high: Colour) {
    var rule = lxw_conditional_format()
    rule.type = UInt8((middle == nil ? LXW_CONDITIONAL_2_COLOR_SCALE : LXW_CONDITIONAL_3_COLOR_SCALE).rawValue)
    rule.min_color = low.forLibrary
    rule.mid_color = middle?.forLibrary ?? 0
    rule.max_color = high.forLibrary
    worksheet_conditional_format_range(
      sheet, range.first.row0, range.first.column0, range.last.row0, range.last.column0, &rule)
  }
}
