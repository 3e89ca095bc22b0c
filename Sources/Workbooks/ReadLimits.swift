/// How much of a workbook is read before it is refused. Every figure is counted while reading; what the file
/// claims about itself can only refuse it earlier.
package struct ReadLimits: Sendable {
  /// Bytes of the file.
  package var fileBytes = 50 << 20
  /// Entries of the archive.
  package var entries = 2_000
  /// Bytes of one part after decompression.
  package var partBytes = 128 << 20
  /// Bytes of all parts read, after decompression.
  package var totalBytes = 160 << 20
  /// How many times larger than its compressed form a part may be…
  package var ratio = 200
  /// …once it has more bytes than this: small parts of empty cells compress very well.
  package var ratioFreeBytes = 10 << 20
  /// Elements inside one another.
  package var depth = 64
  /// Elements, attributes, stretches of text and comments of all parts; each line and each `&#65;` is a stretch.
  package var pieces = 10_000_000
  /// Bytes of one tag with its attributes, or of one comment.
  package var tokenBytes = 1 << 20
  /// Bytes the XML parser may hold for itself.
  package var parserBytes = 16 << 20
  package var sheets = 512
  /// Rows of all sheets that are read, empty ones too.
  package var rows = 4_000_000
  /// Cells that hold something, in all sheets.
  package var cells = 1_000_000
  /// UTF-8 bytes of one cell's text; Excel's 32 767 characters take at most 131 068.
  package var textBytes = 131_068
  /// UTF-8 bytes of all texts, with 64 more for each longer than 15, and 16 for each shorter one.
  package var totalTextBytes = 64 << 20

  package init() {}

  /// The limits the product reads with.
  package static let standard = ReadLimits()

  /// The limits for what anybody with an account may send: several times what our own templates hold when they are full,
  /// and little enough to be read in a moment.
  package static let upload: ReadLimits = {
    var limits = ReadLimits()
    limits.fileBytes = 10 << 20
    limits.entries = 500
    limits.partBytes = 32 << 20
    limits.totalBytes = 48 << 20
    limits.pieces = 2_000_000
    limits.sheets = 64
    limits.rows = 25_000
    limits.cells = 250_000
    limits.totalTextBytes = 24 << 20
    return limits
  }()
}
