public import Notation

/// A row of one of the tables: a value for each column in the form in which two rows are compared, nil where it is empty.
public struct RegistryRow: Sendable, Hashable {
  public var values: [String?]
  /// Whether the row is to be taken out.
  public var removes: Bool
  /// Where it stands in its sheet; 0 where it comes from elsewhere.
  public let line: Int

  public init(_ values: [String?], removes: Bool = false, line: Int = 0) {
    self.values = values
    self.removes = removes
    self.line = line
  }

  /// What tells it from the other rows of its table.
  public func key(_ table: RegistryTable) -> RegistryKey {
    RegistryKey(zip(table.columns, values).filter(\.0.isKey).map { $0.1 ?? "" })
  }
}

/// The values of a row's key columns.
public struct RegistryKey: Sendable, Hashable {
  public let parts: [String]
  public init(_ parts: [String]) { self.parts = parts }
}

/// Rows of several tables, with where they stand.
public struct RegistryRows: Sendable {
  public private(set) var rows: [RegistryTable: [RegistryRow]] = [:]
  /// The sheet of each table and where its columns are in it, counted from 1.
  public var sheets: [RegistryTable: (source: Place.Source, columns: [Int])] = [:]

  public init() {}

  public subscript(table: RegistryTable) -> [RegistryRow] {
    get { rows[table] ?? [] }
    set { rows[table] = newValue }
  }

  public var count: Int { rows.values.reduce(0) { $0 + $1.count } }

  /// The cell of a value, for a problem; without a sheet, the row's number.
  public func place(_ table: RegistryTable, _ row: RegistryRow, _ column: String? = nil) -> Place {
    guard let sheet = sheets[table] else { return Place(file: table.rawValue, line: max(1, row.line)) }
    let index = column.flatMap { table.index($0) }
    let number = index.flatMap { $0 < sheet.columns.count ? sheet.columns[$0] : nil } ?? 1
    return Place(sheet.source, line: row.line, column: number)
  }
}

extension RegistryColumn {
  /// Why a text can't be a value of this column.
  public enum Fault: Error, Sendable, Hashable { case long(Int), choice, day, year, count, amount }

  /// A text somebody wrote, as it is kept and compared. Choices are expected by their codes.
  public func canonical(_ text: String) throws(Fault) -> String {
    switch kind {
    case .text(let most):
      guard text.count <= most else { throw .long(most) }
      return text
    case .reference, .form:
      guard text.count <= 40 else { throw .long(40) }
      return text
    case .choice(let choices):
      guard choices.contains(text) else { throw .choice }
      return text
    case .choices(let choices):
      let words = Set(text.split(separator: " ").map(String.init))
      guard !words.isEmpty, words.isSubset(of: choices) else { throw .choice }
      return choices.filter(words.contains).joined(separator: " ")
    case .day, .lastDay:
      guard let day = Day(text), day < RegistryColumn.endOfDays else { throw .day }
      return day.text
    case .schoolYear:
      guard let year = RegistryColumn.schoolYear(text) else { throw .year }
      return String(year)
    case .count:
      guard let number = Exact(decimal: text)?.integer, (0...RegistryColumn.mostCount).contains(number) else {
        throw .count
      }
      return String(number)
    case .amount:
      guard let number = Exact(decimal: text), !number.isNegative, number <= Exact(1_000_000_000_000),
        !number.isFiner(thanPlaces: 4)
      else { throw .amount }
      return number.plain
    }
  }

  static let mostCount = 100_000_000
  private static let endOfDays = Day(daysSince1970: 84_000)

  /// `2025-2026`, as the year in which it ends. A year alone is refused: people mean either by it.
  static func schoolYear(_ text: String) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { "-—–/".contains($0) }.map(String.init)
    let numbers = parts.compactMap { $0.count == 4 ? Int($0) : nil }
    guard parts.count == 2, numbers.count == 2, (1950...2199).contains(numbers[1]) else { return nil }
    return numbers[0] + 1 == numbers[1] ? numbers[1] : nil
  }
}
