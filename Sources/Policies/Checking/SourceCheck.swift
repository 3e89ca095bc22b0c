import Notation
import Rules

extension PolicyCheck {
  /// Where inputs are filled from: `judged`, `ledger.x`, `survey.a.m`, `registry.x`, `document.kind`, `previous.item.input`.
  func checkSources(_ inputs: Node?, _ rule: Node, _ problems: inout Problems) {
    for entry in inputs?.map ?? [] {
      if let from = entry.value["from"], from.text != nil { checkSource(from, &problems) }
    }
    for part in rule["parts"]?.list ?? [] {
      if let inner = part["rule"] { checkSources(part["inputs"], inner, &problems) }
    }
  }

  func checkSource(_ from: Node, _ problems: inout Problems) {
    guard let text = from.text else { return }
    let words = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard words.allSatisfy({ !$0.isEmpty }) else {
      problems.add("from", at: from.place, ["from": .text(text)])
      return
    }
    switch words[0] {
    case "judged" where words.count == 1: break
    case "ledger" where words.count >= 2, "registry" where words.count >= 2: break
    case "survey" where words.count >= 3: break
    case "document" where words.count >= 2:
      let kind = words.dropFirst().joined(separator: ".")
      if !documentIDs.contains(kind) {
        problems.add("named.document", at: from.place, ["id": .text(kind), "known": .known(documentIDs)])
      }
    case "previous" where words.count >= 3:
      let items = (itemNodes + bonusNodes).flatMap { [$0["id"]?.text, $0["was"]?.text].compactMap(\.self) }
      let rest = words.dropFirst().joined(separator: ".")
      if !items.contains(where: { rest.hasPrefix($0 + ".") }) {
        problems.add("named.item", at: from.place, ["id": .text(words[1]), "known": .known(items)])
      }
    default: problems.add("from", at: from.place, ["from": .text(text)])
    }
  }

  var documentIDs: [String] { (root["documents"]?.list ?? []).compactMap { $0["id"]?.text } }
}
