public import Ledgers
public import Notation
import Workbooks

/// A workbook of one kind of records of a group's year: to fill in, or filled with those there are. What it holds reads
/// back the same (`LedgerBookReader`).
public struct LedgerBook {
  /// Title, code: what stands above the rows to fill.
  static let headRows = 2
  /// Rows kept ready to be filled in.
  static let blankRows = 200
  /// How many of them are printed where there is nothing else.
  static let printedBlanks = 20
  /// The columns before the kind's own fields.
  static let ownCodes = ["id", "school"]

  let kind: LedgerKind
  let context: RecordContext
  let words: Catalogue

  public init(_ kind: LedgerKind, in context: RecordContext, words: Catalogue) {
    self.kind = kind
    self.context = context
    self.words = words
  }

  /// - Parameter isMasked: whether people stand there by their family name alone.
  public func write(_ records: [LedgerRecord], isMasked: Bool, to path: String) throws(WorkbookTrouble) {
    let title = words.text(kind.title)
    let writer = RecordText(context, catalogue: words, isMasked: isMasked)
    let rows = records.map { record -> [String] in
      let typed = writer.typed(record, kind: kind)
      return [record.id.description, typed.school] + kind.fields.map { typed.texts[$0.id] ?? "" }
    }
    try writeWorkbook(path, title: title) { book in
      writeRows(book, rows, title)
      writeCodes(book)
    }
  }

  private var heads: [(title: String, code: String, width: Double)] {
    [
      (words.text("ledger.book.id"), "id", 20), (words.text(kind.schoolTitle), "school", 22),
    ] + kind.fields.map { field in (words.text(field.title) + (field.isRequired ? " *" : ""), field.id, width(field)) }
  }

  private func width(_ field: LedgerField) -> Double {
    switch field.form {
    case .schools, .contents, .words: 32
    case .text(let most): most > 60 ? 36 : 20
    case .school, .document: 24
    default: 14
    }
  }

  private func writeRows(_ book: WorkbookWriter, _ rows: [[String]], _ title: String) {
    let sheet = book.addSheet(named: SheetName.fitting(title, taken: []))
    for (index, head) in heads.enumerated() {
      sheet.write(head.title, at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.write(head.code, at: CellAddress(row: 2, column: index + 1), Look.faint)
      sheet.setWidth(head.width, ofColumns: (index + 1)...(index + 1))
    }
    // The number and the codes are for the program alone.
    sheet.hide(columns: 1...1)
    sheet.hide(row: Self.headRows)
    sheet.freeze(rows: Self.headRows, columns: Self.ownCodes.count)
    // Everything stays as typed: leading zeros, days, decimals.
    let asText = Look.input.with { $0.numberFormat = "@" }
    let first = Self.headRows + 1
    let last = Self.headRows + rows.count + Self.blankRows
    for row in first...last {
      for index in heads.indices { sheet.blank(CellAddress(row: row, column: index + 1), asText) }
    }
    let complaint = InputRule.Message(
      title: words.text("ledger.book.complaint.title"), text: words.text("ledger.book.complaint.text"))
    for (index, field) in kind.fields.enumerated() {
      guard let choices = single(field), !choices.isEmpty else { continue }
      sheet.allow(
        InputRule(.choices(choices), complaint: complaint),
        in: CellRange(rows: first...last, columns: (index + 3)...(index + 3)))
    }
    for (offset, row) in rows.enumerated() {
      for (index, text) in row.enumerated() where !text.isEmpty {
        sheet.write(text, at: CellAddress(row: first + offset, column: index + 1), asText)
      }
    }
    let printed = Self.headRows + (rows.isEmpty ? Self.printedBlanks : rows.count)
    sheet.setPage(.table(heads: Self.headRows, title: title, columns: heads.count, rows: printed))
    sheet.protect()
  }

  /// What a cell with one choice offers.
  private func single(_ field: LedgerField) -> [String]? {
    switch field.form {
    case .word, .school, .document, .flag: context.choices(field).map(\.title)
    default: nil
    }
  }

  /// The words of each choice, and how to fill it in.
  private func writeCodes(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: words.text("ledger.book.codes"))
    sheet.write(words.text("ledger.book.guide"), at: CellAddress(row: 1, column: 1), Look.plain)
    sheet.setWidth(28, ofColumns: 1...1)
    sheet.setWidth(90, ofColumns: 2...2)
    for (offset, field) in kind.fields.filter({ !context.choices($0).isEmpty }).enumerated() {
      sheet.write(words.text(field.title), at: CellAddress(row: offset + 3, column: 1), Look.cell)
      sheet.write(
        context.choices(field).map(\.title).joined(separator: "、"), at: CellAddress(row: offset + 3, column: 2),
        Look.cell)
    }
    sheet.setPage(.table(heads: 1))
    sheet.protect()
  }
}
