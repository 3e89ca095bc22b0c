import Cycles
import Notation
import Rules

/// What a form says of one field, as the JSON that a mark keeps. What can't be understood is kept as it was typed: the
/// sheet shows what is wrong with it, and nothing anybody wrote is lost.
enum FieldInput {
  /// - Returns: nil where the form doesn't speak of the field at all; `.some(nil)` where it was emptied.
  static func json(_ field: SheetField, form: Form, words: Catalogue) -> String?? {
    let name = "f:" + field.path
    switch field.need.kind {
    case .number:
      guard let typed = form.raw(name) else { return nil }
      return .some(number(typed))
    case .text:
      guard form.has(name) else { return nil }
      return .some(form.text(name).map { JSONText.quoted(cut($0)) })
    case .boolean:
      guard form.has(name) else { return nil }
      let typed = form.text(name)
      return .some(typed.map { $0 == "true" || $0 == "false" ? $0 : JSONText.quoted(cut($0)) })
    case .level:
      guard form.has(name) else { return nil }
      return .some(form.text(name).map { JSONText.quoted(cut($0)) })
    case .names:
      guard let state = form.text(name) else { return nil }
      if state == "none" { return .some("[]") }
      if state == "open" { return .some(nil) }
      let lacking = form.all(name + "#").prefix(200)
      return .some(lacking.isEmpty ? nil : JSONText.texts(lacking.map { cut($0) }).text)
    case .counts(let levels):
      let given = levels.compactMap { level in form.raw("\(name)#\(level)").map { (level, $0) } }
      guard !given.isEmpty else { return nil }
      let numbers = given.compactMap { level, typed in number(typed).map { (level, JSONText.raw($0)) } }
      return .some(numbers.isEmpty ? nil : JSONText.object(numbers).text)
    case .awards(let levels, _, _):
      guard let typed = form.raw(name) else { return nil }
      return .some(awards(typed, rule: field.rule, levels: levels, none: words.text("sheet.none"), words: words))
    }
  }

  /// `8.4`, also as it is typed with full-width digits, blanks, or a per cent sign.
  private static func number(_ typed: String) -> String? {
    var plain = ""
    for scalar in typed.unicodeScalars {
      switch scalar.value {
      case 0xFF10...0xFF19: plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFF10 + 0x30)))
      case 0xFF0E, 0x3002: plain += "."
      case 0xFF0D, 0x2212: plain += "-"
      case 0x20, 0x3000, 0x09, 0x25, 0xFF05: continue
      default: plain.unicodeScalars.append(scalar)
      }
    }
    guard !plain.isEmpty else { return nil }
    // JSON has no leading zeros and no bare points.
    guard let exact = Exact(decimal: plain) else { return JSONText.quoted(cut(typed)) }
    return exact.decimalText
  }

  private static func awards(
    _ typed: String, rule: any Rule, levels: [String], none: String, words: Catalogue
  ) -> String? {
    let lines = typed.split(whereSeparator: \.isNewline).prefix(500).map { cut(String($0)) }
      .filter { !$0.allSatisfy(\.isWhitespace) }
    if lines.isEmpty { return nil }
    if lines.count == 1, lines[0] == none { return "[]" }
    let byTitle = Dictionary(levels.map { (words.named("level.\($0)") ?? $0, $0) }) { first, _ in first }
    let kinds = Dictionary(RuleEntries.kinds(of: rule).map { ($1, $0) }) { first, _ in first }
    return JSONText.list(
      lines.map { line in
        let parts = line.split(whereSeparator: \.isWhitespace).map(String.init)
        var fields: [(String, JSONText)] = [("level", .text(byTitle[parts[0]] ?? parts[0]))]
        if parts.count > 1 {
          let kind = parts.dropFirst().joined(separator: " ")
          fields.append(("kind", .text(kinds[kind] ?? kind)))
        }
        return .object(fields)
      }
    ).text
  }

  private static func cut(_ text: String) -> String { String(text.prefix(2_000)) }
}
