/// A rectangle of cells, corners included: `A1:C3`.
package struct CellRange: Hashable, Sendable, CustomStringConvertible {
  package let first: CellAddress
  package let last: CellAddress

  /// The rectangle between two corners, given in any order.
  package init(_ one: CellAddress, _ other: CellAddress) {
    first = CellAddress(row: min(one.row, other.row), column: min(one.column, other.column))
    last = CellAddress(row: max(one.row, other.row), column: max(one.column, other.column))
  }

  /// The rectangle of rows and columns, both counted from 1.
  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    first = CellAddress(row: rows.lowerBound, column: columns.lowerBound)
    last = CellAddress(row: rows.upperBound, column: columns.upperBound)
  }

  /// The range a text such as `A1:C3` or `B2` names; nil when it names none inside a sheet.
  package init?(_ text: String) {
    let corners = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let start = corners.first.flatMap({ CellAddress($0) }),
      let end = corners.last.flatMap({ CellAddress($0) })
    else { return nil }
    self.init(start, end)
  }

  package var description: String { isSingleCell ? "\(first)" : "\(first):\(last)" }
  package var rows: ClosedRange<Int> { first.row...last.row }
  package var columns: ClosedRange<Int> { first.column...last.column }
  package var isSingleCell: Bool { first == last }

  /// True when the address lies inside.
  package func contains(_ address: CellAddress) -> Bool {
    rows.contains(address.row) && columns.contains(address.column)
  }

  /// True when the two rectangles share a cell.
  package func overlaps(_ other: CellRange) -> Bool {
    rows.overlaps(other.rows) && columns.overlaps(other.columns)
  }

  /// The range with fixed corners on a named sheet, as formulas and charts refer to it: `'汇总'!$A$1:$B$2`.
  package func reference(onSheet sheet: String) -> String {
    let name = sheet.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    let corners = [first, last].map { "$\(CellAddress.letters(ofColumn: $0.column))$\($0.row)" }
    return "'\(name)'!\(corners[0]):\(corners[1])"
  }
}
