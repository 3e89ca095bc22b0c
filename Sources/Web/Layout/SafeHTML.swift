import Mustache

/// Writes text into pages. Mustache's own way looks at characters and so leaves a `"` standing that a combining mark
/// follows; this one looks at bytes.
struct SafeHTML: MustacheContentType {
  static let name = "JUNHENG"

  func escapeText(_ text: String) -> String { SafeHTML.escaped(text) }

  /// The text for a page's body or a quoted attribute.
  static func escaped(_ text: String) -> String {
    var text = text
    let needs = text.withUTF8 { $0.contains { isSpecial($0) } }
    guard needs else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
      case UInt8(ascii: "'"): bytes.append(contentsOf: "&#39;".utf8)
      case UInt8(ascii: "`"): bytes.append(contentsOf: "&#96;".utf8)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      true
    default: false
    }
  }
}
