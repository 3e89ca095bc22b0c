import Cycles
import Documents
import Notation
import Rules

/// A fact in the reader's words.
struct FactWords {
  let field: SheetField
  let words: Catalogue

  var title: String {
    let own = field.description?.title ?? words.named("input.\(field.need.name)")
    guard let part = field.part, part != own else { return own ?? field.need.name }
    guard let own, !isSolePart else { return part }
    return words.text("excel.part", ["part": .text(part), "input": .text(own)])
  }

  /// A part that asks for one thing is called by its own name.
  private var isSolePart: Bool { field.description?.title == nil }

  func level(_ id: String) -> String { words.named("level.\(id)") ?? id }

  func entry(_ id: String) -> String { RuleEntries.titles(of: field.rule)[id] ?? id }

  func kind(_ id: String) -> String { RuleEntries.kinds(of: field.rule)[id] ?? id }

  func text(_ fact: Fact) -> String {
    switch fact {
    case .number(let number):
      let unit = field.description?.unit.flatMap { words.named("unit.\($0)") } ?? ""
      return number.plain + unit
    case .boolean(let boolean): return words.text(boolean ? "sheet.yes" : "sheet.no")
    case .text(let text): return level(text)
    case .names(let names):
      return names.isEmpty ? words.text("sheet.list.none") : names.map { entry($0) }.joined(separator: "、")
    case .counts(let counts):
      if counts.isEmpty { return words.text("sheet.none") }
      return counts.sorted { $0.key < $1.key }.map { "\(level($0.key)) \($0.value.plain)" }.joined(separator: "、")
    case .awards(let awards):
      if awards.isEmpty { return words.text("sheet.none") }
      return awards.map { award in
        [award.kind.map { kind($0) }, level(award.level)].compactMap { $0 }.joined(separator: " ")
      }.joined(separator: "、")
    }
  }

  /// Where the policy says the value comes from.
  func origin(_ from: String) -> String {
    let source = from.split(separator: ".").first.map(String.init) ?? from
    return words.named("sheet.origin.\(source)") ?? from
  }

  /// A fact as a facts file writes it.
  static func json(_ fact: Fact) -> String { FactsJSON.text(fact) }

  /// Awards one a line: level, then kind.
  func awards(_ entered: Node?) -> String {
    (entered?.list ?? []).map { award in
      [award["level"]?.text.map { level($0) }, award["kind"]?.text.map { kind($0) }].compactMap { $0 }
        .joined(separator: " ")
    }.joined(separator: "\n")
  }
}
