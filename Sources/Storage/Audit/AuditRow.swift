import Crypto

/// A row of the audit chain, as it is kept and as it is hashed.
package struct AuditRow {
  static let columns = [
    "authority", "number", "at", "account", "appointment", "address", "request", "action", "object", "item",
    "before_value", "after_value",
  ]

  /// In the order of the columns; the number is 0 until the row has its place in the chain.
  package var values: [Value]

  package init(_ entry: AuditEntry) {
    values = [
      .id(entry.authority), 0, .instant(entry.at), .id(entry.actor.account), .id(entry.actor.appointment),
      .optional(entry.actor.address), .optional(entry.actor.request), .text(entry.action), .text(entry.object),
      .optional(entry.item), .optional(entry.before), .optional(entry.after),
    ]
  }

  init(_ row: Row) throws { values = try Self.columns.map { try row.value($0) } }

  mutating func take(_ number: Int64) { values[1] = .integer(number) }

  /// SHA-256 of the hash before, a line break and every column: `-` for nothing, `i12;` for a number, `t3:abc` for a
  /// text with its length in bytes, so that no two rows are written alike. As 64 hexadecimal digits.
  func hash(after previous: String) -> String {
    var written = Array(previous.utf8)
    written.append(UInt8(ascii: "\n"))
    for value in values { Self.write(value, to: &written) }
    return SHA256.hash(data: written).hexadecimal
  }

  static func write(_ value: Value, to written: inout [UInt8]) {
    switch value {
    case .null: written.append(UInt8(ascii: "-"))
    case .integer(let number): written += "i\(number);".utf8
    case .text(let text): written += "t\(text.utf8.count):\(text)".utf8
    case .bytes(let bytes): written += "b\(bytes.count):".utf8 + bytes
    }
  }
}

extension Sequence where Element == UInt8 {
  /// Two small digits a byte.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
