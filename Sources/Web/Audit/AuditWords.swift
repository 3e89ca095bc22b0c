import Cycles
import Documents
import Notation
import Policies
import Storage

/// Rows of the audit log as people read them.
struct AuditWords {
  let words: Catalogue
  let names: AuditNames
  /// By hash.
  let policies: [String: Policy]

  /// Every action there are words for.
  var actions: [String] {
    words.keys.filter { $0.hasPrefix("audit.action.") }.map { String($0.dropFirst("audit.action.".count)) }.sorted()
  }

  func action(_ action: String) -> String { words.named("audit.action.\(action)") ?? action }

  /// «评分表 某集团 市级终评», with its number where it has no name.
  func object(_ object: String) -> String {
    let kind = String(object.prefix { $0 != "/" })
    let kindName = words.named("audit.object.\(kind)") ?? kind
    let number = object.dropFirst(kind.count + 1)
    return [kindName, names.names[object] ?? String(number)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What it was about: the item, the value before and after, each thing a change names.
  func details(_ line: AuditLine) -> [String] {
    let change = AuditChange(line)
    let policy = (names.editions[line.object] ?? change.cycle.flatMap { names.editions[$0] }).flatMap { policies[$0] }
    var details = line.item.map { [words.text("audit.item", ["item": .text(item($0, policy))])] } ?? []
    func value(_ text: String) -> String { self.value(text, item: line.item, policy) }
    switch (line.before, line.after) {
    case (let before?, let after?):
      details.append(
        words.text("audit.change", ["before": .text(value(before)), "after": .text(value(after))]))
    case (nil, let after?):
      details += change.parts.isEmpty ? [value(after)] : change.parts.map { part($0.key, $0.value, policy) }
    case (let before?, nil): details.append(words.text("audit.before", ["before": .text(value(before))]))
    case (nil, nil): break
    }
    return details
  }

  private func item(_ id: String, _ policy: Policy?) -> String {
    let title = policy?.allItems.first { $0.id == id }?.title
    guard id.contains(where: \.isNumber) else { return title ?? id }
    return [id, title].compactMap(\.self).joined(separator: " ")
  }

  private func part(_ key: String, _ value: String, _ policy: Policy?) -> String {
    words.text(
      "audit.part",
      [
        "key": .text(words.named("audit.key.\(key)") ?? key),
        "value": .text(cut(names.names["\(key)/\(value)"] ?? named(key, value, policy))),
      ])
  }

  /// What the policy calls it.
  private func named(_ key: String, _ value: String, _ policy: Policy?) -> String {
    if value == "true" || value == "false" { return words.named("word.\(value)") ?? value }
    let title =
      switch key {
      case "veto": policy?.vetoes.first { $0.id == value }?.title
      case "consequence": policy?.consequences.first { $0.id == value }?.title
      case "stage": policy?.stages.first { $0.id == value }?.title
      default: String?.none
      }
    return title ?? value
  }

  /// A mark's `group/exchange_rate=8.4` as «教师交流比例 8.4», an object by its name, anything else as it is.
  private func value(_ text: String, item: String?, _ policy: Policy?) -> String {
    if names.names[text] != nil { return object(text) }
    guard let place = text.firstIndex(of: "="), let item else { return cut(text) }
    let field = String(text[..<place])
    let json = String(text[text.index(after: place)...])
    let plain = (try? JSON.read(Array(json.utf8), file: ""))?.plainText ?? json
    let shown = field == SheetMark.choice ? words.named("sheet.choice.\(plain).short") ?? plain : plain
    return cut([self.field(field, item, policy), shown.isEmpty ? "—" : shown].joined(separator: " "))
  }

  /// What a field of a sheet is called; of a school's, the school's name before it.
  private func field(_ field: String, _ item: String, _ policy: Policy?) -> String {
    if let known = words.named("sheet.\(field)") { return known }
    guard let cut = field.firstIndex(of: "/") else { return field }
    let (subject, name) = (String(field[..<cut]), String(field[field.index(after: cut)...]))
    let inputs =
      policy.flatMap { policy in
        policy.allItems.first { $0.id == item }.map {
          PolicyWording(policy: policy, catalogue: words).inputs(of: $0)
        }
      } ?? []
    let own = name.split(separator: ".").last.map(String.init) ?? name
    let title = inputs.first { $0.name == name }?.title ?? words.named("input.\(own)") ?? name
    return [names.names["school/\(subject)"], title].compactMap(\.self).joined(separator: " ")
  }

  private func cut(_ text: String) -> String { text.count > 300 ? text.prefix(300) + "…" : text }
}

/// What a row says was changed, and whom it mentions beside its object.
struct AuditChange {
  /// A JSON object thing by thing; empty where the row holds no such object.
  let parts: [(key: String, value: String)]
  /// Objects named in it, such as `cycle/7`.
  let mentions: Set<String>

  var cycle: String? { mentions.first { $0.hasPrefix("cycle/") } }

  init(_ line: AuditLine) {
    var mentions: Set<String> = []
    var parts: [(String, String)] = []
    if let after = line.after, after.hasPrefix("{"), let map = (try? JSON.read(Array(after.utf8), file: ""))?.map {
      parts = map.filter { !$0.value.isNull }.map { ($0.key, $0.value.plainText) }
      for (key, value) in parts where ["cycle", "group", "appointment", "school"].contains(key) {
        mentions.insert("\(key)/\(value)")
      }
    }
    for text in [line.before, line.after].compactMap(\.self) where text.utf8.count < 400 {
      let subject = text.prefix { $0.isNumber }
      if !subject.isEmpty, text.dropFirst(subject.count).hasPrefix("/") { mentions.insert("school/\(subject)") }
      if text.wholeMatch(of: #/[a-zA-Z]+\/[0-9]+/#) != nil { mentions.insert(text) }
    }
    self.parts = parts
    self.mentions = mentions
  }
}
