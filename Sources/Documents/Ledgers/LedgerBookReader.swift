public import Ledgers
public import Notation
import Workbooks

/// Reads a filled workbook of records. The sheet is known by the codes of its second row; what its texts mean is found
/// by `LedgerPlan`. Everything wrong is found at once, each with its sheet and cell.
public struct LedgerBookReader {
  private let kind: LedgerKind
  private let file: String
  private var problems = Problems()

  /// The rows that could be read and what is wrong with the file; or why it is refused.
  public static func read(
    _ bytes: [UInt8], kind: LedgerKind, file: String
  ) throws(WorkbookTrouble) -> (rows: [LedgerRow], problems: [Problem]) {
    let book: Workbook
    do throws(WorkbookRefusal) {
      book = try Workbook.read(bytes: bytes, limits: .upload)
    } catch {
      throw WorkbookTrouble(error)
    }
    var reader = LedgerBookReader(kind: kind, file: file)
    let rows = reader.rows(of: book)
    return (rows, reader.problems.sorted)
  }

  private init(kind: LedgerKind, file: String) {
    self.kind = kind
    self.file = file
  }

  private mutating func rows(of book: Workbook) -> [LedgerRow] {
    let codes = LedgerBook.ownCodes + kind.fields.map(\.id)
    for (order, sheet) in book.sheets.enumerated() {
      var columns: [Int: String] = [:]
      for (address, cell) in sheet.row(LedgerBook.headRows) where codes.contains(cell.written.trimmed) {
        columns[address.column] = cell.written.trimmed
      }
      guard columns.values.contains("id"), columns.count > 2 else { continue }
      let source = Place.Source(file: file, sheet: sheet.name, order: order + 1)
      let lost = codes.filter { !columns.values.contains($0) }
      guard lost.isEmpty else {
        problems.add("ledger.columns", at: Place(source, line: LedgerBook.headRows), ["codes": .names(lost)])
        return []
      }
      return rows(of: sheet, source, columns)
    }
    problems.add("ledger.heads", at: Place(file: file, line: 1), ["row": .count(LedgerBook.headRows)])
    return []
  }

  private mutating func rows(of sheet: Sheet, _ source: Place.Source, _ columns: [Int: String]) -> [LedgerRow] {
    let first = LedgerBook.headRows + 1
    var rows: [LedgerRow] = []
    for number in first...max(first, sheet.lastRow) {
      var texts: [String: String] = [:]
      var places: [String: Place] = [:]
      for (address, cell) in sheet.row(number) where !cell.written.trimmed.isEmpty || cell == .uncalculated {
        let place = Place(source, line: address.row, column: address.column)
        guard let code = columns[address.column] else {
          problems.add("ledger.column", at: place)
          continue
        }
        places[code] = place
        switch cell {
        case .error(let text): problems.add("excel.error", at: place, ["text": .text(text)])
        case .uncalculated: problems.add("excel.uncalculated", at: place)
        default: texts[code] = cell.written.trimmed
        }
      }
      guard !texts.isEmpty else { continue }
      // What is missing has its cell too.
      for (column, code) in columns where places[code] == nil {
        places[code] = Place(source, line: number, column: column)
      }
      places["row"] = Place(source, line: number)
      let (id, school) = (texts["id"] ?? "", texts["school"] ?? "")
      for own in LedgerBook.ownCodes { texts[own] = nil }
      rows.append(
        LedgerRow(
          id: id, typed: TypedRecord(kind: kind.id, school: school, texts: texts), line: number, places: places))
    }
    if rows.isEmpty, problems.isEmpty {
      problems.add("ledger.empty", at: Place(source, line: first), ["row": .count(first)])
    }
    return rows
  }
}
