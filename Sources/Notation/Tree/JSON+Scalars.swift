extension JSON {
  mutating func number() throws(SyntaxProblem) -> Exact {
    let start = index
    while index < bytes.count, isNumberByte(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard isNumber(text), let number = Exact(decimal: text) else {
      index = start
      if isNumber(text) { throw problem("json.long", ["most": .count(Exact.longestText)]) }
      throw problem("json.value", ["text": .text(word(from: start))])
    }
    return number
  }

  /// What stands at an index up to the next space or sign of JSON, shortened, for a message.
  func word(from start: Int) -> String {
    let ends = Set(" \t\r\n,:[]{}\"".utf8)
    let end = bytes[start...].dropFirst().firstIndex(where: ends.contains) ?? bytes.count
    return String(String(decoding: bytes[start..<end], as: UTF8.self).prefix(40))
  }

  func isNumberByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || byte == 43 || byte == 45 || byte == 46 || byte | 0x20 == 0x65
  }

  /// JSON's own grammar: no leading zero, no bare point.
  func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "-" { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    guard !whole.isEmpty, whole.count == 1 || whole.first != "0" else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == "." {
      let decimals = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
      guard !decimals.isEmpty else { return false }
      rest = rest.dropFirst(decimals.count + 1)
    }
    if rest.first == "e" || rest.first == "E" {
      rest.removeFirst()
      if rest.first == "+" || rest.first == "-" { rest.removeFirst() }
      return !rest.isEmpty && rest.allSatisfy { $0.isASCII && $0.isNumber }
    }
    return rest.isEmpty
  }

  mutating func string() throws(SyntaxProblem) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw problem("text.utf8") }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw problem("json.control")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw problem("json.end")
  }

  mutating func escape(into text: inout [UInt8]) throws(SyntaxProblem) {
    guard index + 1 < bytes.count else { throw problem("json.end") }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      var code = try hex()
      if (0xD800..<0xDC00).contains(code) {
        guard take("\\u") else { throw problem("json.escape") }
        let low = try hex()
        guard (0xDC00..<0xE000).contains(low) else { throw problem("json.escape") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw problem("json.escape") }
      text.append(contentsOf: Array(String(Character(scalar)).utf8))
    default: throw problem("json.escape")
    }
  }

  mutating func hex() throws(SyntaxProblem) -> UInt32 {
    guard index + 4 <= bytes.count,
      bytes[index..<index + 4].allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let code = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    else { throw problem("json.escape") }
    index += 4
    return code
  }
}
