/// Tells the formats that show a number as a day from all others.
enum NumberFormat {
  /// True for the formats Excel knows by number alone that show a day: the common ones, and those of Chinese,
  /// Japanese and Korean programs. Formats of a time alone are not among them.
  static func isDate(id: Int) -> Bool {
    switch id {
    case 14...17, 22, 27...31, 36, 50...54, 57, 58: true
    default: false
    }
  }

  /// True when a format's text, such as `yyyy"年"m"月"`, shows a day. Only its first section counts; what stands in
  /// quotes, brackets or after a backslash is not part of the pattern.
  static func isDate(code: String) -> Bool {
    var letters = ""
    var quoted = false
    var bracket: String?
    var skipsNext = false
    for character in code.lowercased() {
      if skipsNext {
        skipsNext = false
      } else if quoted {
        quoted = character != "\""
      } else if let inside = bracket {
        bracket = character == "]" ? nil : inside + String(character)
        // `[h]` is a duration in hours; colours, conditions and languages stand in brackets as well.
        if bracket == nil, !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { letters.append("h") }
      } else {
        switch character {
        case "\"": quoted = true
        case "[": bracket = ""
        case "\\", "_", "*": skipsNext = true
        case ";": return shows(letters)
        default: letters.append(character)
        }
      }
    }
    return shows(letters)
  }

  private static func shows(_ letters: String) -> Bool {
    if letters == "general" || letters == "g/通用格式" { return false }
    if letters.contains("y") || letters.contains("d") { return true }
    // m alone is a month; beside hours or seconds it is minutes.
    return letters.contains("m") && !letters.contains("h") && !letters.contains("s")
  }
}
