import Cycles
import Documents
import Notation
import Policies
import Rules
import Storage

/// A fact in the reader's words.
struct FactWords {
  let asked: AskedInput
  let words: Catalogue
  /// Where it is a school's, which: several schools are asked for the same.
  var school: String?

  init(_ asked: AskedInput, words: Catalogue, school: String? = nil) {
    self.asked = asked
    self.words = words
    self.school = school
  }

  init(field: SheetField, words: Catalogue, school: String? = nil) {
    self.init(field.asked, words: words, school: school)
  }

  /// With the school it is about.
  var title: String {
    guard let school else { return plainTitle }
    return words.text("cycles.field.school", ["school": .text(school), "field": .text(plainTitle)])
  }

  private var plainTitle: String {
    let own = asked.description?.title ?? words.named("input.\(asked.need.name)")
    guard let part = asked.part, part != own else { return own ?? asked.need.name }
    guard let own, !isSolePart else { return part }
    return words.text("sheet.part", ["part": .text(part), "input": .text(own)])
  }

  /// A part that asks for one thing is called by its own name.
  private var isSolePart: Bool { asked.description?.title == nil }

  func level(_ id: String) -> String { words.named("level.\(id)") ?? id }

  func entry(_ id: String) -> String { RuleEntries.titles(of: asked.rule)[id] ?? id }

  func kind(_ id: String) -> String { RuleEntries.kinds(of: asked.rule)[id] ?? id }

  func text(_ fact: Fact) -> String {
    switch fact {
    case .number(let number):
      let unit = asked.description?.unit.flatMap { words.named("unit.\($0)") } ?? ""
      return number.plain + unit
    case .boolean(let boolean): return words.text(boolean ? "sheet.yes" : "sheet.no")
    case .text(let text): return level(text)
    case .names(let names):
      return names.isEmpty
        ? words.text("sheet.list.none") : names.map { entry($0) }.joined(separator: words.text("list.separator"))
    case .counts(let counts):
      if counts.isEmpty { return words.text("sheet.none") }
      return Fact.byLevel(counts).map { "\(level($0.level)) \($0.count.plain)" }.joined(
        separator: words.text("list.separator"))
    case .awards(let awards):
      if awards.isEmpty { return words.text("sheet.none") }
      return awards.map { award in
        [award.kind.map { kind($0) }, level(award.level)].compactMap { $0 }.joined(separator: " ")
      }.joined(separator: words.text("list.separator"))
    }
  }

  /// What was entered, as a mark keeps it: `—` where it is nothing.
  func shown(_ json: String?) -> String {
    guard let json, let node = try? JSON.read(Array(json.utf8), file: "") else { return "—" }
    if let list = node.list {
      let entries = list.map { $0.text.map { entry($0) } ?? award($0) }
      return entries.isEmpty ? words.text("sheet.list.none") : entries.joined(separator: words.text("list.separator"))
    }
    if let map = node.map {
      let counts = Fact.byLevel(Dictionary(map.map { ($0.key, $0.value.plainText) }) { first, _ in first })
        .map { "\(level($0.level)) \($0.count)" }
      return counts.isEmpty ? words.text("sheet.none") : counts.joined(separator: words.text("list.separator"))
    }
    let plain = node.plainText
    if plain == "true" || plain == "false" { return words.text(plain == "true" ? "sheet.yes" : "sheet.no") }
    return plain.isEmpty ? "—" : level(plain)
  }

  /// Where the policy says the value comes from; at their own stage schools enter what is judged later.
  ///
  /// - Parameter isRecorded: whether the records say it; else what stands there was typed.
  func origin(_ from: String, isOwn: Bool, isRecorded: Bool = true) -> String {
    let source = from.split(separator: ".").first.map(String.init) ?? from
    let word =
      (isOwn ? words.named("sheet.origin.\(source).own") : nil) ?? words.named("sheet.origin.\(source)") ?? from
    return isRecorded || source == "judged" ? word : words.text("sheet.origin.typed", ["source": .text(word)])
  }

  /// A fact as a facts file writes it.
  static func json(_ fact: Fact) -> String { FactsJSON.text(fact) }

  /// Awards one a line: level, then kind.
  func awards(_ entered: Node?) -> String {
    (entered?.list ?? []).map { award($0) }.joined(separator: "\n")
  }

  private func award(_ award: Node) -> String {
    [award["level"]?.text.map { level($0) }, award["kind"]?.text.map { kind($0) }].compactMap { $0 }
      .joined(separator: " ")
  }
}

extension OpenSheet {
  /// Where the records behind an item are, with the way back to it.
  func recordsLink(of item: String) -> String {
    Endpoint.ledgerMetrics.link(
      sheet.group, cycle.year, query: [("item", item), ("sheet", "\(sheet.authority)-\(sheet.id)")])
  }

  /// The school that a field is about; nil: the group.
  func school(of field: SheetField) -> String? {
    sheet.participant.schools.first { $0.id.description == field.subject }?.name
  }
}
