/// Why a workbook wasn't read. The sentence a person sees comes from the catalogue, by `code` and `parameters`.
package enum WorkbookRefusal: Error, Hashable, Sendable {
  /// The file can't be opened; the system's error number.
  case cannotOpen(errno: Int32)
  /// Not an Office file at all: a text, a picture, a web page with another name.
  case notAZip
  /// The file or one of its parts is incomplete or altered.
  case damaged(part: String, Damage)
  /// Protected by a password for opening.
  case encrypted
  /// The format before 2007 (.xls).
  case oldFormat
  /// Another kind of document; a short name such as `docx`, `ods`, `xlsb`.
  case notAWorkbook(found: String)
  case macros
  case fileTooLarge(bytes: Int, limit: Int)
  case tooManyEntries(limit: Int)
  /// Two entries share bytes, as in bombs and forgeries.
  case overlappingEntries
  /// A part unpacks to many times its size.
  case bombRatio(part: String, limit: Int)
  case contentTooLarge(part: String, limit: Int)
  case tooMuchText(part: String, limit: Int)
  case textTooLong(part: String, cell: String, limit: Int)
  case xmlTooDeep(part: String, limit: Int)
  case tooManyElements(part: String, limit: Int)
  /// A part declares a document type, which workbooks never do and attacks do.
  case doctype(part: String)
  case tooManySheets(limit: Int)
  case tooManyRows(limit: Int)
  case tooManyCells(limit: Int)
  /// It lacks sheets without which it is another workbook than the one wanted; nothing of it was read.
  case missingSheets([String])
  case missingPart(part: String)
  /// One cell that can't be understood; an empty address when it has none.
  case badCell(sheet: String, cell: String, CellFault)

  /// What is wrong with a part.
  package enum Damage: String, Sendable {
    case truncated, directory, ambiguous, compression, size, checksum, xml, memory
    case duplicatePart = "duplicate-part"
    case duplicateSheet = "duplicate-sheet"
    case unknownSheet = "unknown-sheet"
    case wrongRoot = "wrong-root"
  }

  /// What is wrong with a cell.
  package enum CellFault: String, Sendable {
    case address, duplicate, number, type, range
    case sharedText = "shared-text"
  }
}
