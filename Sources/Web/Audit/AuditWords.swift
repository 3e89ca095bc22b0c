import Cycles
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
    let ledgers = AuditLedgerWords(words: words, names: names, policies: Array(policies.values))
    if let details = ledgers.details(line) { return details }
    let change = AuditChange(line)
    let edition = names.editions[line.object] ?? change.cycle.flatMap { names.editions[$0] }
    // Old rows about evidence name no cycle: where the page knows one policy, it is that one's.
    let policy = edition.map { policies[$0] } ?? (policies.count == 1 ? policies.first?.value : nil)
    var details = line.item.map { [words.text("audit.item", ["item": .text(item($0, policy))])] } ?? []
    if line.action == "mark.saved" { return details + [mark(line, policy)] }
    switch (line.before, line.after) {
    case (let before?, let after?):
      details.append(
        words.text("audit.change", ["before": .text(value(before)), "after": .text(value(after))]))
    case (nil, let after?):
      details += change.parts.isEmpty ? [value(after)] : change.parts.map { part($0.key, $0.value, line, policy) }
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

  private func part(_ key: String, _ value: String, _ line: AuditLine, _ policy: Policy?) -> String {
    let item = line.item
    if key.hasPrefix("dues.") {
      let stage = named("stage", String(key.dropFirst("dues.".count)), item, policy)
      return words.text(
        "audit.part",
        [
          "key": .text(words.text("audit.due", ["stage": .text(stage)])),
          "value": .text(value.isEmpty ? words.text("audit.due.none") : value),
        ])
    }
    return words.text(
      "audit.part",
      [
        "key": .text(self.key(key, of: line.object, policy)),
        "value": .text(cut(names.names["\(key)/\(value)"] ?? named(key, value, item, policy))),
      ])
  }

  /// What a change names: of some objects in words of their own.
  private func key(_ key: String, of object: String, _ policy: Policy?) -> String {
    if key.hasPrefix("limit.") {
      let id = String(key.dropFirst("limit.".count))
      let limits = policy?.root["formation"]?["limits"]?.list ?? []
      let title = limits.first { $0["id"]?.text == id }?["title"]?.text ?? words.named("formation.limit.\(id)")
      return words.text("audit.limit", ["limit": .text(title ?? id)])
    }
    let kind = object.prefix { $0 != "/" }
    return words.named("audit.key.\(kind).\(key)") ?? words.named("audit.key.\(key)") ?? key
  }

  /// What the policy calls it.
  private func named(_ key: String, _ value: String, _ item: String?, _ policy: Policy?) -> String {
    if key == "lacking", let policy {
      let papers = value.split(separator: ",").map { $0.drop { $0 == " " } }
      return words.text("literal", ["text": .list(papers.map { policy.paperTitle(String($0)) })])
    }
    if value == "true" || value == "false" { return words.named("word.\(value)") ?? value }
    let title =
      switch key {
      case "veto": policy?.vetoes.first { $0.id == value }?.title
      case "consequence": policy?.consequences.first { $0.id == value }?.title
      case "stage": policy?.stages.first { $0.id == value }?.title
      case "entry":
        policy?.allItems.first { $0.id == item }?.node["evidence"]?.list?.first { $0["id"]?.text == value }?["title"]?
          .text
      case "by": words.named("recommend.ended.\(value)")
      case "kind": words.named("formation.body.\(value)")
      case "paper": policy.map { words.text($0.paperTitle(value)) }
      default: String?.none
      }
    return title ?? value
  }

  /// An object by its name, anything else as it is.
  private func value(_ text: String) -> String { names.names[text] == nil ? cut(text) : object(text) }

  /// A change of a mark, as the sheet's history has it.
  private func mark(_ line: AuditLine, _ policy: Policy?) -> String {
    let item = policy?.allItems.first { $0.id == line.item }
    let change = MarkWords(words: words, item: item, school: { names.names["school/\($0)"] })
      .change(from: line.before, to: line.after, longest: Self.longest)
    return words.text("audit.mark" + change.key, change.parts)
  }

  /// Characters of a value that are told.
  private static let longest = 300

  private func cut(_ text: String) -> String { text.count > Self.longest ? text.prefix(Self.longest) + "…" : text }
}

/// What a row says was changed, and whom it mentions beside its object.
struct AuditChange {
  /// A JSON object thing by thing; empty where the row holds no such object.
  let parts: [(key: String, value: String)]
  /// Objects named in it, such as `cycle/7`.
  let mentions: Set<String>

  var cycle: String? { mentions.first { $0.hasPrefix("cycle/") } }

  init(_ line: AuditLine) {
    var mentions = AuditLedgerWords.mentions(line)
    var parts: [(String, String)] = []
    if let after = line.after, after.hasPrefix("{"), let map = (try? JSON.read(Array(after.utf8), file: ""))?.map {
      parts = map.filter { !$0.value.isNull }.flatMap { entry in
        entry.value.map?.map { ("\(entry.key).\($0.key)", $0.value.plainText) } ?? [(entry.key, entry.value.plainText)]
      }
      for (key, value) in parts where ["cycle", "group", "appointment", "school"].contains(key) {
        mentions.insert("\(key)/\(value)")
      }
    }
    for text in [line.before, line.after].compactMap(\.self) where text.utf8.count < 400 {
      let subject = text.prefix { $0.isNumber }
      if !subject.isEmpty, text.dropFirst(subject.count).hasPrefix("/") { mentions.insert("school/\(subject)") }
      if line.action.hasPrefix("ledger."), let last = text.split(separator: "/").last, ID(String(last)) != nil {
        mentions.insert("school/\(last)")
      }
      if Self.isObject(text) { mentions.insert(text) }
    }
    self.parts = parts
    self.mentions = mentions
  }

  /// Whether a text is a kind and a number, such as `cycle/7`.
  private static func isObject(_ text: String) -> Bool {
    let halves = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty else { return false }
    return halves[0].allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
      && halves[1].allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
