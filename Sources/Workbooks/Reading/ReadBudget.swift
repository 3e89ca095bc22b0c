/// What has been spent of the limits while one workbook is read.
final class ReadBudget {
  let limits: ReadLimits
  private let fileBytes: Int
  private var totalBytes = 0
  private var pieces = 0
  private var rows = 0
  private var cells = 0
  private var textBytes = 0

  init(limits: ReadLimits, fileBytes: Int) {
    self.limits = limits
    self.fileBytes = fileBytes
  }

  /// Counts bytes that came out of the archive; `soFar` are the part's, these included, `packed` its size inside.
  func spend(bytes: Int, soFar: Int, packed: Int, part: String) throws(WorkbookRefusal) {
    totalBytes += bytes
    if soFar > limits.partBytes { throw .contentTooLarge(part: part, limit: limits.partBytes) }
    if totalBytes > limits.totalBytes { throw .contentTooLarge(part: part, limit: limits.totalBytes) }
    if isBomb(soFar, from: packed) || isBomb(totalBytes, from: fileBytes) {
      throw .bombRatio(part: part, limit: limits.ratio)
    }
  }

  /// True when this many bytes from that many are more than any honest workbook yields.
  func isBomb(_ bytes: Int, from packed: Int) -> Bool {
    bytes > limits.ratioFreeBytes && bytes / limits.ratio > packed
  }

  /// Counts elements, attributes, stretches of text or comments; nil while there is room.
  func spend(pieces new: Int, part: String) -> WorkbookRefusal? {
    pieces += new
    return pieces > limits.pieces ? .tooManyElements(part: part, limit: limits.pieces) : nil
  }

  /// Counts a row; nil while there is room.
  func spendRow() -> WorkbookRefusal? {
    rows += 1
    return rows > limits.rows ? .tooManyRows(limit: limits.rows) : nil
  }

  /// Counts a cell or a merged range; nil while there is room.
  func spendCell() -> WorkbookRefusal? {
    cells += 1
    return cells > limits.cells ? .tooManyCells(limit: limits.cells) : nil
  }

  /// Counts a text of so many UTF-8 bytes; nil while there is room.
  func spendText(_ bytes: Int, part: String) -> WorkbookRefusal? {
    // A string of up to 15 bytes lives in its 16; a longer one has a header and an allocation of its own.
    textBytes += bytes > 15 ? bytes + 64 : 16
    return textBytes > limits.totalTextBytes ? .tooMuchText(part: part, limit: limits.totalTextBytes) : nil
  }
}
