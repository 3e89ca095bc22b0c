/// Where something stands in a file: lines and columns from 1.
public struct Place: Sendable {
  /// The file and, in a workbook, the sheet: shared by all its places, since a facts file has millions of them.
  public final class Source: Sendable {
    public let file: String
    public let sheet: String?
    /// Which sheet of the workbook it is.
    public let order: Int

    public init(file: String, sheet: String? = nil, order: Int = 0) {
      self.file = file
      self.sheet = sheet
      self.order = order
    }
  }

  public let source: Source
  private let storedLine: Int32
  private let storedColumn: Int32

  public init(_ source: Source, line: Int, column: Int = 1) {
    self.source = source
    storedLine = Int32(clamping: line)
    storedColumn = Int32(clamping: column)
  }

  public init(file: String, line: Int, column: Int = 1, sheet: String? = nil) {
    self.init(Source(file: file, sheet: sheet), line: line, column: column)
  }

  public var file: String { source.file }
  public var sheet: String? { source.sheet }
  /// In a workbook, line and column are those of the cell.
  public var line: Int { Int(storedLine) }
  public var column: Int { Int(storedColumn) }

  /// `FILE:LINE`, or `FILE SHEET!CELL`.
  public var text: String {
    guard let sheet else { return "\(file):\(line)" }
    return "\(file) \(sheet)!\(cell)"
  }

  /// The cell's address in a workbook, `BN5`.
  public var cell: String {
    var letters = ""
    var rest = column
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return "\(letters)\(line)"
  }

}

extension Place: Hashable, Comparable {
  private var key: (String, Int, Int, Int) { (file, source.order, line, column) }

  public static func == (a: Place, b: Place) -> Bool { a.key == b.key }
  public static func < (a: Place, b: Place) -> Bool { a.key < b.key }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(source.order)
    hasher.combine(line)
    hasher.combine(column)
  }
}

/// A piece of a YAML or JSON file that knows where it stands. Numbers are exact; nothing passes through a binary float.
public struct Node: Sendable {
  public enum Value: Sendable {
    case null
    case boolean(Bool)
    case number(Exact)
    case text(String)
    case list([Node])
    case map([Entry])
    /// A value that a decision has yet to give.
    case undecided(String)
  }

  public struct Entry: Sendable {
    public let key: String
    public let keyPlace: Place
    public var value: Node

    public init(key: String, keyPlace: Place, value: Node) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var value: Value
  public let place: Place
  /// The decision this value came from, if one did.
  public var decision: String?

  public init(_ value: Value, at place: Place, decision: String? = nil) {
    self.value = value
    self.place = place
    self.decision = decision
  }
}

extension Node {
  public var isNull: Bool { if case .null = value { true } else { false } }
  public var isUndecided: Bool { if case .undecided = value { true } else { false } }
  public var text: String? { if case .text(let text) = value { text } else { nil } }
  public var number: Exact? { if case .number(let number) = value { number } else { nil } }
  public var integer: Int? { number?.integer }
  public var boolean: Bool? { if case .boolean(let boolean) = value { boolean } else { nil } }
  public var list: [Node]? { if case .list(let list) = value { list } else { nil } }
  public var map: [Entry]? { if case .map(let map) = value { map } else { nil } }

  /// The value under a key, if this is a map that has it; for a key given twice, the first.
  public subscript(key: String) -> Node? { map?.first { $0.key == key }?.value }

  /// The texts of a list; a single text counts as a list of one where `orOne` says so.
  public func texts(orOne: Bool = false) -> [String]? {
    if orOne, let text { return [text] }
    guard let list else { return nil }
    let texts = list.compactMap(\.text)
    return texts.count == list.count ? texts : nil
  }

  /// Whether two pieces say the same, wherever they stand. Numbers compare by value, maps without order.
  public func says(_ other: Node) -> Bool {
    switch (value, other.value) {
    case (.null, .null): return true
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.number(let a), .number(let b)): return a == b
    case (.text(let a), .text(let b)): return a == b
    case (.undecided(let a), .undecided(let b)): return a == b
    case (.list(let a), .list(let b)): return a.count == b.count && zip(a, b).allSatisfy { $0.says($1) }
    case (.map(let a), .map(let b)):
      guard a.count == b.count else { return false }
      return a.allSatisfy { entry in other[entry.key].map { entry.value.says($0) } ?? false }
    default: return false
    }
  }
}
