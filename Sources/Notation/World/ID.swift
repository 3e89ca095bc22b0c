/// The number of something stored: made by the program, rising with time, the same on every engine.
public struct ID: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let number: Int64

  public init(_ number: Int64) { self.number = number }

  /// Reads what an address or a form carries; nil where it is no such number.
  public init?(_ text: some StringProtocol) {
    guard let number = Int64(text), number > 0 else { return nil }
    self.number = number
  }

  public var description: String { String(number) }
  public static func < (a: ID, b: ID) -> Bool { a.number < b.number }
}
