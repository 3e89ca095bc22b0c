/// A place in a sheet, counted from 1 as a person reads it: `B7` is row 7, column 2.
package struct CellAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The last row a sheet can have.
  package static let lastRow = 1_048_576
  /// The last column a sheet can have (XFD).
  package static let lastColumn = 16_384

  package let row: Int
  package let column: Int

  /// The place at `row` and `column`, both from 1. A place outside a sheet is a programmer's error.
  package init(row: Int, column: Int) {
    precondition((1...Self.lastRow).contains(row), "row \(row) is outside a sheet")
    precondition((1...Self.lastColumn).contains(column), "column \(column) is outside a sheet")
    self.row = row
    self.column = column
  }

  /// The place a text such as `B7` or `$B$7` names; nil when it names none inside a sheet.
  package init?(_ text: some StringProtocol) {
    var copy = String(text)
    guard let place = copy.withUTF8({ Self.parse($0) }) else { return nil }
    self = place
  }

  /// The place as Excel writes it, `B7`.
  package var description: String { Self.letters(ofColumn: column) + String(row) }

  /// The letters of a column counted from 1: 1 is `A`, 28 is `AB`.
  package static func letters(ofColumn column: Int) -> String {
    var rest = column
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(UInt8(65 + (rest - 1) % 26))
      rest = (rest - 1) / 26
    }
    return String(decoding: letters.reversed(), as: UTF8.self)
  }

  package static func < (left: CellAddress, right: CellAddress) -> Bool { left.key < right.key }

  /// Row and column in one number that sorts row by row.
  var key: UInt64 { UInt64(row) << 14 | UInt64(column - 1) }

  init(key: UInt64) {
    self.init(row: Int(key >> 14), column: Int(key & 0x3FFF) + 1)
  }

  /// Reads letters then digits, with an optional `$` before each; nil for anything else.
  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> CellAddress? {
    var index = 0
    var column = 0
    var row = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: "$") { index += 1 }
    while index < bytes.count {
      let letter = bytes[index] & 0xDF
      guard letter >= 65, letter <= 90 else { break }
      column = column * 26 + Int(letter) - 64
      guard column <= lastColumn else { return nil }
      index += 1
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: "$") { index += 1 }
    while index < bytes.count {
      guard bytes[index] >= 48, bytes[index] <= 57 else { return nil }
      row = row * 10 + Int(bytes[index]) - 48
      guard row <= lastRow else { return nil }
      index += 1
    }
    guard column > 0, row > 0 else { return nil }
    return CellAddress(row: row, column: column)
  }
}
