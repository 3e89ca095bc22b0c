public import Notation
public import People
import Workbooks

/// Reads a filled workbook of accounts. Everything wrong is found at once, each with its sheet and cell.
///
/// The sheet is known by the codes of its second row, roles by their names in any of the languages, so that it doesn't
/// matter who downloaded the workbook.
public struct AccountsBookReader {
  private let file: String
  private let roles: [String: Role]
  private let roleNames = Role.allCases.map { Message("people.book.quoted", ["name": .message($0.title)]) }
  private var problems = Problems()

  /// The rows that could be read and what is wrong with the others; or why the file is refused.
  public static func read(
    _ bytes: [UInt8], file: String, catalogues: [Catalogue]
  ) throws(WorkbookTrouble) -> (rows: [AccountRow], problems: [Problem]) {
    let book: Workbook
    do throws(WorkbookRefusal) {
      book = try Workbook.read(bytes: bytes, limits: .upload)
    } catch {
      throw WorkbookTrouble(error)
    }
    var reader = AccountsBookReader(file: file, catalogues: catalogues)
    let rows = reader.rows(of: book)
    return (rows, reader.problems.sorted)
  }

  private init(file: String, catalogues: [Catalogue]) {
    self.file = file
    let named = Role.allCases.flatMap { role in catalogues.map { ($0.text(role.title).lowercased(), role) } }
    roles = Dictionary(named + Role.allCases.map { ($0.rawValue.lowercased(), $0) }) { first, _ in first }
  }

  private mutating func rows(of book: Workbook) -> [AccountRow] {
    for (order, sheet) in book.sheets.enumerated() {
      var columns: [Int: AccountColumn] = [:]
      for (address, cell) in sheet.row(AccountsBook.headRows) {
        if let column = AccountColumn(rawValue: cell.written.trimmed) { columns[address.column] = column }
      }
      guard columns.values.contains(.login) else { continue }
      let source = Place.Source(file: file, sheet: sheet.name, order: order + 1)
      let lost = AccountColumn.allCases.filter { !columns.values.contains($0) }.map(\.rawValue)
      guard lost.isEmpty else {
        problems.add("people.book.columns", at: Place(source, line: AccountsBook.headRows), ["codes": .names(lost)])
        return []
      }
      return rows(of: sheet, source, columns)
    }
    problems.add("people.book.heads", at: Place(file: file, line: 1), ["row": .count(AccountsBook.headRows)])
    return []
  }

  private mutating func rows(
    of sheet: Sheet, _ source: Place.Source, _ columns: [Int: AccountColumn]
  ) -> [AccountRow] {
    let first = AccountsBook.headRows + 1
    guard sheet.lastRow >= first else {
      problems.add("people.book.empty", at: Place(source, line: first))
      return []
    }
    return (first...sheet.lastRow).compactMap { number in
      var cells: [AccountColumn: (cell: Cell, place: Place)] = [:]
      for (address, cell) in sheet.row(number) where !cell.written.trimmed.isEmpty || cell == .uncalculated {
        let place = Place(source, line: address.row, column: address.column)
        if let column = columns[address.column] {
          cells[column] = (cell, place)
        } else {
          problems.add("people.book.column", at: place)
        }
      }
      return cells.isEmpty ? nil : row(cells, at: Place(source, line: number))
    }
  }

  private mutating func row(_ cells: [AccountColumn: (cell: Cell, place: Place)], at start: Place) -> AccountRow? {
    let found = problems.all.count
    var texts: [AccountColumn: String] = [:]
    for column in AccountColumn.allCases {
      guard let (cell, place) = cells[column] else {
        if column != .until { problems.add("people.book.missing", at: start, ["column": title(column)]) }
        continue
      }
      switch cell {
      case .error(let text): problems.add("excel.error", at: place, ["text": .text(text)])
      case .uncalculated: problems.add("excel.uncalculated", at: place)
      default: texts[column] = cell.written.trimmed
      }
    }
    let login = texts[.login].flatMap { Login($0) }
    if let text = texts[.login], login == nil { add("people.book.login", .login, text, cells) }
    if let name = texts[.name], !Account.problems(name: name).isEmpty { add("people.book.name", .name, name, cells) }
    let role = texts[.role].flatMap { roles[$0.lowercased()] }
    if let text = texts[.role], role == nil { add("people.book.role", .role, text, cells) }
    let since = day(.since, texts, cells)
    let last = day(.until, texts, cells)
    if let since, let last, last < since { add("people.book.days", .until, last.text, cells) }
    guard problems.all.count == found, let login, let role, let since, let name = texts[.name],
      let unit = texts[.unit]
    else { return nil }
    return AccountRow(
      login: login, name: name, role: role, unit: unit, since: since, last: last, places: cells.mapValues(\.place))
  }

  private mutating func day(
    _ column: AccountColumn, _ texts: [AccountColumn: String],
    _ cells: [AccountColumn: (cell: Cell, place: Place)]
  ) -> Day? {
    guard let text = texts[column] else { return nil }
    let day = AccountsBookReader.day(text)
    if day == nil || day.map({ $0.year < FactsBook.earliestYear }) == true {
      add("people.book.day", column, text, cells)
    }
    return day
  }

  /// `2026-09-01`, also as `2026/9/1`, `2026.9.1` and with the signs for year, month and day; of a date with a time, the
  /// day.
  static func day(_ text: String) -> Day? {
    var date = text.prefix { $0 != "T" }
    if date.last == "\u{65E5}" { date = date.dropLast() }
    let parts = date.split(omittingEmptySubsequences: false) { "-/.\u{5E74}\u{6708}".contains($0) }
    let lengths = [4...4, 1...2, 1...2]
    guard parts.count == 3, zip(parts, lengths).allSatisfy({ $1.contains($0.count) }) else { return nil }
    let padded = parts.map { $0.count == 1 ? "0\($0)" : String($0) }
    return Day(padded.joined(separator: "-"))
  }

  private mutating func add(
    _ key: String, _ column: AccountColumn, _ found: String, _ cells: [AccountColumn: (cell: Cell, place: Place)]
  ) {
    guard let place = cells[column]?.place else { return }
    problems.add(
      key, at: place,
      [
        "found": .text(found), "column": title(column), "roles": .list(roleNames),
        "least": .count(Login.lengths.lowerBound), "most": .count(Login.lengths.upperBound),
        "longest": .count(Account.longestName),
      ])
  }

  private func title(_ column: AccountColumn) -> Message.Part {
    .message(Message("people.book.column.\(column.rawValue)"))
  }
}
