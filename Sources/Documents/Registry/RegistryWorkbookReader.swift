public import Notation
public import Registry
import Workbooks

/// Reads a filled workbook of the registry. Everything wrong is found at once, each with its sheet and cell; a row with a
/// cell that can't be read is handed on without it, so that the others are looked at too.
///
/// A sheet is known by the codes of its second row, choices by their names in any of the languages, so that it doesn't
/// matter who downloaded the workbook. A sheet without such codes is left aside.
public struct RegistryWorkbookReader {
  private let file: String
  private let forms: FormNames
  private let catalogues: [Catalogue]
  /// By column, what a word stands for.
  private let choices: [String: [String: String]]
  private var problems = Problems()
  private var rows = RegistryRows()
  /// So many problems are told; who has more has the same one everywhere.
  public static let mostProblems = 500

  /// For workbooks of a whole country; a page takes smaller ones.
  private static var limits: ReadLimits {
    var limits = ReadLimits()
    limits.fileBytes = 300 << 20
    limits.partBytes = 900 << 20
    limits.totalBytes = 1_800 << 20
    limits.pieces = 400_000_000
    limits.cells = 12_000_000
    limits.totalTextBytes = 700 << 20
    return limits
  }

  /// The rows that could be read and what is wrong with the others; or why the file is refused.
  public static func read(
    _ bytes: [UInt8], file: String, catalogues: [Catalogue], forms: FormNames, isLarge: Bool = false
  ) throws(WorkbookTrouble) -> (rows: RegistryRows, problems: [Problem]) {
    let book: Workbook
    do throws(WorkbookRefusal) {
      book = try Workbook.read(bytes: bytes, limits: isLarge ? limits : .standard)
    } catch {
      throw WorkbookTrouble(error)
    }
    var reader = RegistryWorkbookReader(file: file, catalogues: catalogues, forms: forms)
    reader.read(book)
    return (reader.rows, reader.problems.sorted)
  }

  private init(file: String, catalogues: [Catalogue], forms: FormNames) {
    self.file = file
    self.forms = forms
    self.catalogues = catalogues
    var known: [String: [String: String]] = [:]
    for column in RegistryTable.allCases.flatMap(\.columns) {
      let words: [String]
      switch column.kind {
      case .choice(let choices), .choices(let choices): words = choices
      default: continue
      }
      for word in words {
        known[column.code, default: [:]][word.lowercased()] = word
        for catalogue in catalogues {
          known[column.code, default: [:]][catalogue.text("registry.choice.\(column.code).\(word)").lowercased()] = word
          if let short = catalogue.named("registry.short.\(column.code).\(word)") {
            known[column.code, default: [:]][short.lowercased()] = word
          }
        }
      }
    }
    choices = known
  }

  /// Whether a text is one of a key's words, which stand in a row.
  private func says(_ key: String, _ text: String) -> Bool {
    catalogues.contains { $0.text(key).lowercased().split(separator: " ").contains { $0 == text.lowercased() } }
  }

  private mutating func read(_ book: Workbook) {
    var found = false
    for (order, sheet) in book.sheets.enumerated() {
      let heads = sheet.row(RegistryWorkbook.headRows).map { ($0.address.column, $0.cell.written.trimmed) }
      let named = heads.filter { $0.1.contains(".") }
      guard let table = named.lazy.compactMap({ RegistryTable(rawValue: String($0.1.prefix { $0 != "." })) }).first
      else {
        continue
      }
      found = true
      read(sheet, as: table, heads: heads, Place.Source(file: file, sheet: sheet.name, order: order + 1))
    }
    if !found { problems.add("registry.book.heads", at: Place(file: file, line: 1)) }
  }

  private mutating func read(
    _ sheet: Sheet, as table: RegistryTable, heads: [(Int, String)], _ source: Place.Source
  ) {
    var columns: [Int: Int] = [:]
    var removal: Int?
    for (number, head) in heads {
      let code = String(head.drop { $0 != "." }.dropFirst())
      if let index = table.index(code), head.hasPrefix(table.rawValue + ".") { columns[number] = index }
      if code == RegistryWorkbook.removal { removal = number }
    }
    let lost = table.columns.indices.filter { table.columns[$0].isRequired && !columns.values.contains($0) }
    guard lost.isEmpty else {
      problems.add(
        "registry.book.columns", at: Place(source, line: RegistryWorkbook.headRows),
        ["codes": .names(lost.map { "\(table.rawValue).\(table.columns[$0].code)" })])
      return
    }
    var places = Array(repeating: 1, count: table.columns.count)
    for (number, index) in columns { places[index] = number }
    rows.sheets[table] = (source: source, columns: places)
    var read: [RegistryRow] = []
    var values: [String?] = Array(repeating: nil, count: table.columns.count)
    var (line, isFilled, removes, faults) = (0, false, false, Set<Int>())
    func close(_ reader: inout RegistryWorkbookReader) {
      defer {
        values = Array(repeating: nil, count: table.columns.count)
        (isFilled, removes, faults) = (false, false, [])
      }
      guard isFilled else { return }
      for (index, column) in table.columns.enumerated()
      where column.isRequired && values[index] == nil && !faults.contains(index) {
        if removes && !column.isKey { continue }
        reader.note("missing", source, line, places[index], column)
        faults.insert(index)
      }
      read.append(RegistryRow(values, removes: removes, line: line, faults: faults))
    }
    for (address, cell) in sheet.all where address.row > RegistryWorkbook.headRows {
      if address.row != line {
        close(&self)
        line = address.row
      }
      let text = cell.written.trimmedText
      if text.isEmpty, cell != .uncalculated { continue }
      isFilled = true
      if address.column == removal {
        if says("registry.removal.yes", text) {
          removes = true
        } else if !says("registry.removal.no", text) {
          problems.add(
            "registry.book.removal", at: Place(source, line: address.row, column: address.column),
            ["found": .text(text)])
        }
        continue
      }
      guard let index = columns[address.column] else {
        problems.add("registry.book.column", at: Place(source, line: address.row, column: address.column))
        continue
      }
      if let value = value(cell, text, table.columns[index], Place(source, line: line, column: address.column)) {
        values[index] = value
      } else {
        faults.insert(index)
      }
    }
    close(&self)
    rows[table] = read
  }

  /// A cell as it is kept; what can't be is a problem.
  private mutating func value(_ cell: Cell, _ text: String, _ column: RegistryColumn, _ place: Place) -> String? {
    switch cell {
    case .error(let sign):
      problems.add("excel.error", at: place, ["text": .text(sign)])
      return nil
    case .uncalculated:
      problems.add("excel.uncalculated", at: place)
      return nil
    default: break
    }
    let plain: String?
    switch column.kind {
    case .choice: plain = choices[column.code]?[text.lowercased()]
    case .choices:
      plain = several(text, of: column.code)
    case .day, .lastDay: plain = AccountsBookReader.day(text)?.text
    case .form: plain = forms.id(text)
    case .area: plain = forms.areaID(text)
    default: plain = text
    }
    do throws(RegistryColumn.Fault) {
      guard let plain else {
        throw column.kind == .day || column.kind == .lastDay ? .day : .choice
      }
      return try column.canonical(plain)
    } catch {
      note(error, column, text, place)
      return nil
    }
  }

  /// Several choices in one cell. A blank parts them too, but stands in names as well.
  private func several(_ text: String, of code: String) -> String? {
    let known = choices[code] ?? [:]
    var found: [String] = []
    for piece in text.split(whereSeparator: { "、,，;；/".contains($0) }).map({ String($0).trimmed.lowercased() }) {
      if let word = known[piece] {
        found.append(word)
        continue
      }
      let words = piece.split(separator: " ").map { known[String($0)] }
      if words.contains(nil) { return nil }
      found += words.compactMap(\.self)
    }
    return found.joined(separator: " ")
  }

  private mutating func note(_ fault: RegistryColumn.Fault, _ column: RegistryColumn, _ text: String, _ place: Place) {
    let words: [String] =
      switch column.kind {
      case .choice(let choices), .choices(let choices):
        choices.map { catalogues.first?.text("registry.choice.\(column.code).\($0)") ?? $0 }
      default: []
      }
    var parts: [String: Message.Part] = [
      "found": .text(String(text.prefix(60))), "column": title(column), "choices": .known(words),
    ]
    let key: String
    switch fault {
    case .long(let most):
      parts["most"] = .count(most)
      key = "long"
    case .large: key = "large"
    case .choice: key = "choice"
    case .day: key = "day"
    case .year: key = "year"
    case .count: key = "count"
    case .amount: key = "amount"
    }
    problems.add("registry.book.\(key)", at: place, parts)
  }

  private mutating func note(_ key: String, _ source: Place.Source, _ line: Int, _ column: Int, _ of: RegistryColumn) {
    problems.add("registry.book.\(key)", at: Place(source, line: line, column: column), ["column": title(of)])
  }

  private func title(_ column: RegistryColumn) -> Message.Part {
    .message(Message("registry.column.\(column.code)"))
  }
}
