public import Notation

/// What a column holds. Numbers of the domain are text (`Exact.decimalText`), days are text (`2026-08-31`), instants are
/// milliseconds; no column is a floating point number.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])

  public static func integer(_ value: Int) -> Value { .integer(Int64(value)) }
  public static func optional(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
  public static func optional(_ value: Int64?) -> Value { value.map { .integer($0) } ?? .null }
  public static func exact(_ value: Exact?) -> Value { value.map { .text($0.decimalText) } ?? .null }
  public static func day(_ value: Day?) -> Value { value.map { .text($0.text) } ?? .null }
  public static func id(_ value: ID) -> Value { .integer(value.number) }
  public static func id(_ value: ID?) -> Value { value.map { .integer($0.number) } ?? .null }
  public static func instant(_ value: Instant) -> Value { .integer(value.milliseconds) }
  public static func instant(_ value: Instant?) -> Value { value.map { .integer($0.milliseconds) } ?? .null }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
}
