import Notation

/// JSON on its way out.
indirect enum JSONText {
  case null
  case text(String)
  case number(Int)
  /// Already written as JSON.
  case raw(String)
  case boolean(Bool)
  case list([JSONText])
  case object([(String, JSONText)])

  static func optional(_ text: String?) -> JSONText { text.map { .text($0) } ?? .null }
  static func optional(_ number: Int?) -> JSONText { number.map { .number($0) } ?? .null }
  /// Ids are text: beyond 2⁵³ JavaScript's numbers lose their last digits.
  static func id(_ id: ID?) -> JSONText { id.map { .text($0.description) } ?? .null }

  var text: String {
    var result = ""
    write(to: &result)
    return result
  }

  private func write(to result: inout String) {
    switch self {
    case .null: result += "null"
    case .text(let text): JSONText.quote(text, to: &result)
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
        JSONText.quote(field.0, to: &result)
        result += ":"
        field.1.write(to: &result)
      }
      result += "}"
    }
  }

  static func quote(_ text: String, to result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // So that it may also stand inside a page.
      case "<": result += "\\u003c"
      default:
        if scalar.value < 0x20 || scalar.value == 0x2028 || scalar.value == 0x2029 {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    result += "\""
  }
}
