/// JSON on its way out.
public indirect enum JSONText: Sendable {
  case null
  case text(String)
  case number(Int)
  /// Already JSON.
  case raw(String)
  case boolean(Bool)
  case list([JSONText])
  /// In the order given.
  case object([(String, JSONText)])

  public static func optional(_ text: String?) -> JSONText { text.map { .text($0) } ?? .null }
  public static func optional(_ number: Int?) -> JSONText { number.map { .number($0) } ?? .null }
  public static func texts(_ texts: some Sequence<String>) -> JSONText { .list(texts.map { .text($0) }) }
  /// Ids are text: beyond 2⁵³ JavaScript's numbers lose their last digits.
  public static func id(_ id: ID?) -> JSONText { id.map { .text($0.description) } ?? .null }

  /// A tree as it was read; numbers keep all their places.
  public static func of(_ node: Node) -> JSONText {
    switch node.value {
    case .null, .undecided: .null
    case .boolean(let boolean): .boolean(boolean)
    case .number(let number): .raw(number.decimalText)
    case .text(let text): .text(text)
    case .list(let list): .list(list.map { of($0) })
    case .map(let entries): .object(entries.map { ($0.key, of($0.value)) })
    }
  }

  public var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .text(let text): result += JSONText.quoted(text)
    case .number(let number): result += String(number)
    case .raw(let text): result += text
    case .boolean(let boolean): result += boolean ? "true" : "false"
    case .list(let list):
      result += "["
      for (place, value) in list.enumerated() {
        if place > 0 { result += "," }
        value.write(to: &result)
      }
      result += "]"
    case .object(let fields):
      result += "{"
      for (place, field) in fields.enumerated() {
        if place > 0 { result += "," }
        result += JSONText.quoted(field.0) + ":"
        field.1.write(to: &result)
      }
      result += "}"
    }
  }

  public static func quoted(_ text: String) -> String {
    // Most texts need no escape: they are copied whole.
    if !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) { return "\"" + text + "\"" }
    var result: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22: result += [0x5C, 0x22]
      case 0x5C: result += [0x5C, 0x5C]
      case 0x0A: result += [0x5C, UInt8(ascii: "n")]
      case 0x0D: result += [0x5C, UInt8(ascii: "r")]
      case 0x09: result += [0x5C, UInt8(ascii: "t")]
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        result += Array(("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: result.append(byte)
      }
    }
    result.append(0x22)
    return String(decoding: result, as: UTF8.self)
  }
}
