import Cycles
import Notation
import Policies

/// A mark as people read it, the same wherever it is told: on the sheet, in its history, in the audit log.
struct MarkWords {
  let words: Catalogue
  /// Nil where the policy no longer has it.
  let item: Item?
  /// Whether schools speak of themselves.
  var isOwn = false
  /// A school's name by its id.
  let school: (String) -> String?

  /// A change as one of three sentences: entered, changed, cleared; `key` goes behind the sentences' common key.
  struct Change {
    let key: String
    let parts: [String: Message.Part]
  }

  /// - Parameters:
  ///   - before: `field=value` as it was; nil: nothing.
  ///   - longest: characters of a value that are told.
  func change(from before: String?, to after: String?, longest: Int) -> Change {
    let (old, new) = (before.flatMap { said($0) }, after.flatMap { said($0) })
    func cut(_ text: String?) -> Message.Part {
      guard let text else { return "—" }
      return .text(text.count > longest ? text.prefix(longest) + "…" : text)
    }
    return Change(
      key: new?.value == nil ? ".cleared" : old?.value == nil ? ".first" : "",
      parts: [
        "what": .text(new?.title ?? old?.title ?? ""), "before": cut(old?.value), "after": cut(new?.value),
      ])
  }

  /// What a mark's `field=value` is of, and the value; nil for a value that says nothing.
  private func said(_ text: String) -> (title: String, value: String?)? {
    guard let cut = text.firstIndex(of: "=") else { return nil }
    let field = String(text[..<cut])
    let json = String(text[text.index(after: cut)...])
    let node = try? JSON.read(Array(json.utf8), file: "")
    let plain = node?.plainText ?? json
    let kept = plain.isEmpty ? nil : plain
    if field == SheetMark.remark { return (words.text(isOwn ? "sheet.remark.own" : "sheet.remark"), kept) }
    if field == SheetMark.choice {
      return (words.text("event.choice"), words.named("sheet.choice.\(plain).short") ?? kept)
    }
    let parts = field.split(separator: "/", maxSplits: 1).map(String.init)
    let name = parts.first.flatMap { school($0) }
    guard parts.count == 2 else {
      let claim = words.text("sheet.claim")
      return (
        name.map { words.text("cycles.field.school", ["school": .text($0), "field": .text(claim)]) } ?? claim,
        words.text(node?.isNull == true ? "sheet.claim.no" : "sheet.claim.yes")
      )
    }
    // A field the policy no longer asks for keeps its value.
    guard let asked = item?.asked(parts[1]) else {
      let own = parts[1].split(separator: ".").last.map(String.init) ?? parts[1]
      return (words.named("input.\(own)") ?? item?.title ?? own, kept)
    }
    let writer = FactWords(asked, words: words, school: name)
    return (writer.title, node?.isNull == true ? nil : writer.shown(json))
  }
}
