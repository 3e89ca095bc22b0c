/// Tells the formats that show a number as a day or a percentage from all others.
enum NumberFormat {
  enum Shown { case number, date, percent }

  /// What the formats Excel knows by number alone show: a day for the common ones and those of Chinese, Japanese and
  /// Korean programs; formats of a time alone are numbers.
  static func shown(id: Int) -> Shown {
    switch id {
    case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
    case 9, 10: .percent
    default: .number
    }
  }

  /// What a format's text, such as `yyyy"年"m"月"` or `0.0%`, shows. Only its first section counts; what stands in
  /// quotes, brackets or after a backslash is not part of the pattern.
  static func shown(code: String) -> Shown {
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

  private static func shows(_ letters: String) -> Shown {
    if letters == "general" || letters == "g/通用格式" { return .number }
    if letters.contains("%") { return .percent }
    if letters.contains("y") || letters.contains("d") { return .date }
    // m alone is a month; beside hours or seconds it is minutes.
    return letters.contains("m") && !letters.contains("h") && !letters.contains("s") ? .date : .number
  }
}
