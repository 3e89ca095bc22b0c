import Notation

/// What a form carried: names with their values, in order.
struct Form: Sendable {
  static let mostBytes = 1 << 20
  /// No form of ours has more; the rest is left aside.
  static let mostFields = 5_000

  private(set) var fields: [(name: String, value: String)]

  init(_ fields: [(name: String, value: String)]) { self.fields = fields }

  init(urlEncoded bytes: [UInt8]) {
    fields = bytes.split(separator: UInt8(ascii: "&")).prefix(Form.mostFields).map { pair in
      let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      return (Form.decoded(pair[..<cut]), Form.decoded(pair[min(cut + 1, pair.endIndex)...]))
    }
  }

  /// A value without blanks at its ends; nil where there is none or nothing of it shows.
  func text(_ name: String) -> String? {
    guard let text = raw(name)?.trimmedText, !text.isEmpty else { return nil }
    return text
  }

  /// A value as it was typed.
  func raw(_ name: String) -> String? { fields.first { $0.name == name }?.value }
  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// Percent-encoded bytes as text.
  static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = true) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    while place < bytes.endIndex {
      let byte = bytes[place]
      if plusIsBlank, byte == UInt8(ascii: "+") {
        result.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%"), place + 2 < bytes.endIndex, let high = hex(bytes[place + 1]),
        let low = hex(bytes[place + 2])
      {
        result.append(high << 4 | low)
        place += 2
      } else {
        result.append(byte)
      }
      place += 1
    }
    // A zero byte has no place in any text of ours, and PostgreSQL refuses it.
    return String(decoding: result.filter { $0 != 0 }, as: UTF8.self)
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
