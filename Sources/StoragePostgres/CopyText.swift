import Storage

/// Rows as COPY reads them: columns parted by tabs, rows by line breaks, `\N` for nothing.
enum CopyText {
  static func write(_ row: [Value], to text: inout [UInt8]) {
    for (place, value) in row.enumerated() {
      if place > 0 { text.append(UInt8(ascii: "\t")) }
      switch value {
      case .null: text += "\\N".utf8
      case .integer(let integer): text += String(integer).utf8
      case .bytes(let bytes): text += "\\\\x\(bytes.hexadecimal)".utf8
      case .text(let words): for byte in words.utf8 { escape(byte, to: &text) }
      }
    }
    text.append(UInt8(ascii: "\n"))
  }

  private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\\"): text += "\\\\".utf8
    case UInt8(ascii: "\t"): text += "\\t".utf8
    case UInt8(ascii: "\n"): text += "\\n".utf8
    case UInt8(ascii: "\r"): text += "\\r".utf8
    default: text.append(byte)
    }
  }
}
