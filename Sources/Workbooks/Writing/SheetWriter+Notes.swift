import CXlsxWriter

extension SheetWriter {
  /// Puts a note on a cell, shown when the pointer rests there; the box grows with the text.
  package func note(_ text: String, at address: CellAddress, author: String = "") {
    let length = text.utf16.count
    guard length <= Self.longestText else {
      return book.note(.noteTooLong(sheet: name, cell: "\(address)", length: length, limit: Self.longestText))
    }
    let texts = CTexts()
    var box = lxw_comment_options()
    box.author = texts.lend(EscapedText.encode(author))
    box.font_name = texts.lend("SimSun")
    box.font_size = 9
    box.width = 260
    // 20 Chinese characters of 9 points fill a line of 260 pixels; a line is 16 pixels high.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { $0 + $1.count / 20 + 1 }
    box.height = UInt16(clamping: min(lines, 40) * 16 + 12)
    worksheet_write_comment_opt(sheet, address.row0, address.column0, EscapedText.encode(text), &box)
  }
}
