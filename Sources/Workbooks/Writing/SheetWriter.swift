import CXlsxWriter

/// A sheet being written. Addresses count from 1. Text is always written as text, whatever it begins with.
package final class SheetWriter {
  /// The longest text a cell can hold, in UTF-16 units.
  package static let longestText = 32_767
  /// Excel keeps no more significant digits of a number.
  package static let mostDigits = 15

  package let name: String
  let book: WorkbookWriter
  private let inLibrary: UnsafeMutablePointer<lxw_worksheet>
  private var merged: [CellRange] = []

  init(name: String, sheet: UnsafeMutablePointer<lxw_worksheet>, book: WorkbookWriter) {
    self.name = name
    inLibrary = sheet
    self.book = book
  }

  /// The sheet in the library, which frees it together with its book.
  var sheet: UnsafeMutablePointer<lxw_worksheet> {
    precondition(book.isOpen, "a sheet can't be written after its book was finished")
    return inLibrary
  }

  /// Writes text. An empty text leaves the cell blank in its style.
  package func write(_ text: String, at address: CellAddress, _ style: CellStyle? = nil) {
    let length = text.utf16.count
    guard length <= Self.longestText else {
      return book.note(
        .textTooLong(sheet: name, cell: "\(address)", length: length, limit: Self.longestText))
    }
    worksheet_write_string(sheet, address.row0, address.column0, EscapedText.encode(text), book.formats.format(style))
  }

  /// Writes a number given as decimal text, such as `87.5`, of at most 15 significant digits.
  package func write(number text: String, at address: CellAddress, _ style: CellStyle? = nil) {
    guard let digits = DecimalText.significantDigits(text), let value = Double(text), value.isFinite else {
      return book.note(.notANumber(sheet: name, cell: "\(address)", text: text))
    }
    guard digits <= Self.mostDigits else {
      return book.note(.tooPrecise(sheet: name, cell: "\(address)", text: text, limit: Self.mostDigits))
    }
    worksheet_write_number(sheet, address.row0, address.column0, value, book.formats.format(style))
  }

  /// Writes a day, shown as `yyyy-mm-dd` unless the style has a format of its own.
  package func write(_ date: CellDate, at address: CellAddress, _ style: CellStyle = CellStyle()) {
    let pattern = date.second == 0 ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss"
    let format = book.formats.format(style.with { $0.numberFormat = $0.numberFormat ?? pattern })
    worksheet_write_number(sheet, address.row0, address.column0, DateSystem.serial(date), format)
  }

  package func write(_ value: Bool, at address: CellAddress, _ style: CellStyle? = nil) {
    worksheet_write_boolean(sheet, address.row0, address.column0, value ? 1 : 0, book.formats.format(style))
  }

  /// Leaves a cell empty in a style, for instance unlocked to be filled in.
  package func blank(_ address: CellAddress, _ style: CellStyle) {
    worksheet_write_blank(sheet, address.row0, address.column0, book.formats.format(style))
  }

  /// Makes one cell of a range and writes text into it; the range's cells all take the style.
  package func merge(_ range: CellRange, _ text: String, _ style: CellStyle? = nil) {
    if let other = merged.first(where: { $0.overlaps(range) }) {
      return book.note(.mergeOverlap(sheet: name, range: "\(range)", other: "\(other)"))
    }
    merged.append(range)
    if !range.isSingleCell {
      let (first, last) = (range.first, range.last)
      worksheet_merge_range(
        sheet, first.row0, first.column0, last.row0, last.column0, "", book.formats.format(style))
    }
    write(text, at: range.first, style)
  }

  /// Makes one cell of a range and writes a number, given as decimal text, into it.
  package func merge(_ range: CellRange, number text: String, _ style: CellStyle? = nil) {
    merge(range, "", style)
    write(number: text, at: range.first, style)
  }
}

extension CellAddress {
  /// As libxlsxwriter counts: from 0.
  var row0: UInt32 { UInt32(row - 1) }
  var column0: UInt16 { UInt16(column - 1) }
}
