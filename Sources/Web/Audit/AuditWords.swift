import Notation
import Policies
import Storage

/// Rows of the audit log as people read them.
struct AuditWords {
  let words: Catalogue
  /// By object, as `AuditStore.names` found them.
  let names: [String: String]

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
    return [kindName, names[object] ?? String(number)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What it was about: the item, the value before and after, each thing a change names.
  func details(_ line: AuditLine) -> [String] {
    var details = line.item.map { [words.text("audit.item", ["item": .text($0)])] } ?? []
    switch (line.before, line.after) {
    case (let before?, let after?):
      details.append(
        words.text("audit.change", ["before": .text(value(before)), "after": .text(value(after))]))
    case (nil, let after?): details += parts(after)
    case (let before?, nil): details.append(words.text("audit.before", ["before": .text(value(before))]))
    case (nil, nil): break
    }
    return details
  }

  /// A JSON object thing by thing, anything else as it is.
  private func parts(_ text: String) -> [String] {
    guard text.hasPrefix("{"), let map = (try? JSON.read(Array(text.utf8), file: ""))?.map else { return [value(text)] }
    return map.filter { !$0.value.isNull }.map { entry in
      words.text(
        "audit.part",
        [
          "key": .text(words.named("audit.key.\(entry.key)") ?? entry.key),
          "value": .text(cut(named(entry.key, entry.value.plainText))),
        ])
    }
  }

  private func named(_ key: String, _ value: String) -> String {
    if value == "true" || value == "false" { return words.named("word.\(value)") ?? value }
    return names["\(key)/\(value)"] ?? value
  }

  /// `group/exchange_rate=8.4` and other values, no longer than a line or two.
  private func value(_ text: String) -> String {
    guard let place = text.firstIndex(of: "=") else { return cut(text) }
    let field = String(text[..<place])
    let json = String(text[text.index(after: place)...])
    let plain = (try? JSON.read(Array(json.utf8), file: ""))?.plainText ?? json
    let name = words.named("sheet.\(field)") ?? field
    return cut([name, plain.isEmpty ? "—" : plain].joined(separator: " "))
  }

  private func cut(_ text: String) -> String { text.count > 300 ? text.prefix(300) + "…" : text }
}
