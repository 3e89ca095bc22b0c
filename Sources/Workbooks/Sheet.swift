/// One sheet as read: its name and the cells that hold something, row by row.
package struct Sheet: Sendable {
  package let name: String
  /// True when the tab isn't shown (hidden, or hidden from the menu too).
  package let isHidden: Bool
  /// The merged rectangles; the value of one sits in its first cell.
  package let merged: [CellRange]
  private let keys: [UInt64]
  private let cells: [Cell]

  /// `keys` are sorted and each occurs once; `cells` stand in the same order.
  init(name: String, isHidden: Bool, merged: [CellRange], keys: [UInt64], cells: [Cell]) {
    self.name = name
    self.isHidden = isHidden
    self.merged = merged
    self.keys = keys
    self.cells = cells
  }

  /// The number of cells that hold something.
  package var count: Int { cells.count }

  /// The last row that holds something; 0 in an empty sheet.
  package var lastRow: Int { keys.last.map { CellAddress(key: $0).row } ?? 0 }

  /// What the cell at an address holds; nil when it is empty.
  package subscript(address: CellAddress) -> Cell? {
    let index = position(of: address.key)
    return index < keys.count && keys[index] == address.key ? cells[index] : nil
  }

  /// What the cell at `B7` holds; nil when it is empty or the text is no address.
  package subscript(text: String) -> Cell? { CellAddress(text).flatMap { self[$0] } }

  /// The cells of one row that hold something, from left to right.
  package func row(_ row: Int) -> [(address: CellAddress, cell: Cell)] {
    let start = position(of: CellAddress(row: row, column: 1).key)
    return keys[start...].enumerated()
      .prefix { CellAddress(key: $0.element).row == row }
      .map { (CellAddress(key: $0.element), cells[start + $0.offset]) }
  }

  /// Every cell that holds something, row by row.
  package var all: some Sequence<(address: CellAddress, cell: Cell)> {
    zip(keys, cells).lazy.map { (address: CellAddress(key: $0), cell: $1) }
  }

  /// The merged rectangle an address lies in; nil when it is in none.
  package func mergedRange(at address: CellAddress) -> CellRange? {
    merged.first { $0.contains(address) }
  }

  /// The first index whose key is not smaller.
  private func position(of key: UInt64) -> Int {
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
