public import Notation
public import Registry
import Workbooks

/// A workbook of the registry: to fill in, or filled with what there is; a sheet each table. What it holds reads back
/// the same (`RegistryWorkbookReader`).
public struct RegistryWorkbook {
  /// Titles, codes: what stands above the rows.
  static let headRows = 2
  static let blankRows = 200
  /// How many of them are printed where there is nothing else.
  static let printedBlanks = 20
  /// Beside a table's own columns: a row with it is taken out.
  static let removal = "remove"

  let catalogue: Catalogue
  let forms: FormNames

  public init(catalogue: Catalogue, forms: FormNames) {
    self.catalogue = catalogue
    self.forms = forms
  }

  public func write(_ rows: RegistryRows, to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: catalogue.text("registry.book.title")) { book in
      for table in RegistryTable.allCases { write(rows[table], of: table, book) }
      writeGuide(book)
    }
  }

  private func write(_ rows: [RegistryRow], of table: RegistryTable, _ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("registry.sheet.\(table.rawValue)"))
    let codes = table.columns.map(\.code) + (table.isOfThings ? [] : [Self.removal])
    for (index, code) in codes.enumerated() {
      sheet.write(catalogue.text("registry.column.\(code)"), at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.write("\(table.rawValue).\(code)", at: CellAddress(row: 2, column: index + 1), Look.faint)
      sheet.setWidth(width(code, of: table), ofColumns: (index + 1)...(index + 1))
    }
    sheet.freeze(rows: Self.headRows, columns: 1)
    // The codes are for the program alone.
    sheet.hide(row: Self.headRows)
    let first = Self.headRows + 1
    // Below what there is stays room for what comes, with the same choices.
    let blanks = max(0, min(Self.blankRows, CellAddress.lastRow - Self.headRows - rows.count))
    let last = min(CellAddress.lastRow, Self.headRows + rows.count + max(blanks, 1))
    let asText = Look.input.with { $0.numberFormat = "@" }
    let day = Look.input.with { $0.numberFormat = "yyyy-mm-dd" }
    for (index, column) in table.columns.enumerated() {
      allow(column, sheet, CellRange(rows: first...last, columns: (index + 1)...(index + 1)))
    }
    if !table.isOfThings {
      sheet.allow(
        InputRule(.choices([catalogue.text("registry.choice.zone.yes")]), complaint: complaint),
        in: CellRange(rows: first...last, columns: codes.count...codes.count))
    }
    for row in (first + rows.count)..<(first + rows.count + blanks) {
      for (index, column) in table.columns.enumerated() {
        sheet.blank(
          CellAddress(row: row, column: index + 1), column.kind == .day || column.kind == .lastDay ? day : asText)
      }
    }
    if !table.isOfThings {
      for row in first..<(first + rows.count + blanks) {
        sheet.blank(CellAddress(row: row, column: codes.count), Look.input)
      }
    }
    for (offset, row) in rows.enumerated() where first + offset <= CellAddress.lastRow {
      for (index, column) in table.columns.enumerated() {
        let address = CellAddress(row: first + offset, column: index + 1)
        guard let value = row.values[index] else {
          // What is empty can be filled in.
          sheet.blank(address, column.kind == .day || column.kind == .lastDay ? day : asText)
          continue
        }
        if let date = Day(value).flatMap({ CellDate(year: $0.year, month: $0.month, day: $0.day) }),
          column.kind == .day || column.kind == .lastDay
        {
          sheet.write(date, at: address, day)
        } else {
          write(shown(value, column, row.values), column, sheet, address, asText)
        }
      }
    }
    let printed = Self.headRows + (rows.isEmpty ? Self.printedBlanks : rows.count)
    let title = catalogue.text("registry.sheet.\(table.rawValue)")
    sheet.setPage(.table(heads: Self.headRows, title: title, columns: codes.count, rows: printed))
    sheet.protect()
  }

  /// What is short takes little room, so that a row fits on a page.
  private func width(_ code: String, of table: RegistryTable) -> Double {
    guard let column = table.index(code).map({ table.columns[$0] }) else { return 10 }
    switch column.kind {
    case .text(let most): return code == "name" ? 32 : most < 10 ? 12 : 20
    case .choice, .day, .lastDay, .schoolYear: return 12
    case .count: return 14
    default: return 18
    }
  }

  /// Amounts stay numbers where Excel keeps every digit of them.
  private func write(
    _ text: String, _ column: RegistryColumn, _ sheet: SheetWriter, _ address: CellAddress, _ asText: CellStyle
  ) {
    let isNumber = column.kind == .count || column.kind == .amount
    if isNumber, text.filter(\.isNumber).count <= SheetWriter.mostDigits {
      sheet.write(number: text, at: address, Look.input)
    } else {
      sheet.write(text, at: address, asText)
    }
  }

  private var complaint: InputRule.Message {
    InputRule.Message(
      title: catalogue.text("registry.book.complaint"), text: catalogue.text("registry.book.complaint.text"))
  }

  private func allow(_ column: RegistryColumn, _ sheet: SheetWriter, _ range: CellRange) {
    switch column.kind {
    case .choice(let choices):
      let words = choices.map { catalogue.text("registry.choice.\(column.code).\($0)") }
      sheet.allow(InputRule(.choices(words), complaint: complaint), in: range)
    case .form where !forms.all.isEmpty:
      sheet.allow(InputRule(.choices(forms.all), complaint: complaint), in: range)
    case .area where !forms.allAreas.isEmpty:
      sheet.allow(InputRule(.choices(forms.allAreas.map(\.name)), complaint: complaint), in: range)
    case .policy where !forms.terms.plans.isEmpty:
      let titles = forms.terms.plans.map { forms.terms.title(of: $0.name) }
      sheet.allow(InputRule(.choices(titles), complaint: complaint), in: range)
    case .target where !forms.terms.plans.isEmpty:
      var seen: Set<String> = []
      let titles = forms.terms.plans.flatMap { plan in plan.targets.map { plan.title(of: $0.key) } }
      sheet.allow(
        InputRule(.choices(titles.filter { seen.insert($0).inserted }), complaint: complaint), in: range)
    default: break
    }
  }

  /// A value as people read it. Which target a key means, its row's policy says.
  private func shown(_ value: String, _ column: RegistryColumn, _ row: [String?]) -> String {
    switch column.kind {
    case .target: row[0].flatMap { forms.terms.plan($0)?.title(of: value) } ?? value
    default: column.shown(value, catalogue, forms)
    }
  }

  private func writeGuide(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("registry.book.guide"))
    sheet.setWidth(110, ofColumns: 1...1)
    for (offset, line) in catalogue.text("registry.book.guide.text").split(separator: "\n").enumerated() {
      sheet.write(String(line), at: CellAddress(row: offset + 1, column: 1), Look.cell)
      sheet.setHeight(Look.height([(String(line), 110)]), ofRow: offset + 1)
    }
    sheet.setPage(PageSetup())
    sheet.protect()
  }
}

extension RegistryColumn {
  /// A kept value as people read it.
  public func shown(_ value: String, _ catalogue: Catalogue, _ forms: FormNames) -> String {
    switch kind {
    case .choice: catalogue.named("registry.choice.\(code).\(value)") ?? value
    case .choices:
      value.split(separator: " ").map { catalogue.named("registry.choice.\(code).\($0)") ?? String($0) }
        .joined(separator: catalogue.text("list.separator"))
    case .form: forms.name(value)
    case .area: forms.area(value)
    case .policy: forms.terms.title(of: value)
    case .schoolYear:
      // What somebody typed may be any number.
      value.utf8.count == 4 ? Int(value).map { "\($0 - 1)-\($0)" } ?? value : value
    default: value
    }
  }
}
