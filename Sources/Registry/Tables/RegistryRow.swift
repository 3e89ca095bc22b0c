public import Notation

/// A row of one of the tables: a value for each column in the form in which two rows are compared, nil where it is empty.
public struct RegistryRow: Sendable, Hashable {
  public var values: [String?]
  /// Whether the row is to be taken out.
  public var removes: Bool
  /// Where it stands in its sheet; 0 where it comes from elsewhere.
  public let line: Int
  /// The columns in which something stands that can't be read: what is wrong with them is told already, the others are
  /// looked at all the same.
  public let faults: Set<Int>

  public init(_ values: [String?], removes: Bool = false, line: Int = 0, faults: Set<Int> = []) {
    self.values = values
    self.removes = removes
    self.line = line
    self.faults = faults
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
  /// A kept value in words.
  func said(_ value: String) -> Message {
    switch kind {
    case .choice: return Message("registry.choice.\(code).\(value)", ["name": .text(value)])
    case .schoolYear:
      let year = value.utf8.count == 4 ? Int(value) : nil
      return Message("literal", ["text": .text(year.map { "\($0 - 1)-\($0)" } ?? value)])
    default: return Message("literal", ["text": .text(value)])
    }
  }

  /// Why a text can't be a value of this column.
  public enum Fault: Error, Sendable, Hashable { case long(Int), large, choice, day, year, count, amount }

  /// A text somebody wrote, as it is kept and compared. Choices are expected by their codes.
  public func canonical(_ text: String) throws(Fault) -> String {
    switch kind {
    case .text(let most):
      guard text.count <= most else { throw .long(most) }
      return text
    case .reference, .form, .area, .policy, .target:
      let most = kind == .policy || kind == .target ? 100 : 40
      guard text.count <= most else { throw .long(most) }
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
      guard let number = Exact(decimal: RegistryColumn.plain(text)), !number.isNegative, let whole = number.integer
      else {
        throw RegistryColumn.isLong(text) ? .large : .count
      }
      guard whole <= RegistryColumn.mostCount else { throw .large }
      return String(whole)
    case .amount:
      guard let number = Exact(decimal: RegistryColumn.plain(text)), !number.isNegative, !number.isFiner(thanPlaces: 4)
      else { throw RegistryColumn.isLong(text) ? .large : .amount }
      guard number <= Exact(1_000_000_000_000) else { throw .large }
      return number.plain
    }
  }

  static let mostCount = 100_000_000

  /// A number without marks between the thousands, in plain digits: people write 1,200 and full-width digits.
  static func plain(_ text: String) -> String {
    let digits = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { sign in
          switch sign.value {
          case 0xFF10...0xFF19: UnicodeScalar(sign.value - 0xFF10 + 48) ?? sign
          case 0xFF0C: ","
          case 0xFF0E: "."
          default: sign
          }
        }))
    guard digits.contains(",") else { return digits }
    let parts = (digits.split(separator: ".", maxSplits: 1).first ?? "").split(
      separator: ",", omittingEmptySubsequences: false)
    let isGrouped = (1...3).contains(parts.first?.count ?? 0) && parts.dropFirst().allSatisfy { $0.count == 3 }
    return isGrouped && digits.utf8.count <= 40 ? digits.filter { $0 != "," } : digits
  }

  /// Whether it is nothing but digits, though no number that can be kept.
  private static func isLong(_ text: String) -> Bool { text.utf8.count > 12 && plain(text).allSatisfy(\.isNumber) }

  private static let endOfDays = Day(daysSince1970: 84_000)

  /// `2025-2026`, as the year in which it ends. A year alone is refused: people mean either by it.
  static func schoolYear(_ text: String) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { "-—–/".contains($0) }.map(String.init)
    let numbers = parts.compactMap { $0.count == 4 ? Int($0) : nil }
    guard parts.count == 2, numbers.count == 2, (1950...2199).contains(numbers[1]) else { return nil }
    return numbers[0] + 1 == numbers[1] ? numbers[1] : nil
  }
}
