import Ledgers
import Notation
import Policies
import Storage

/// What the audit log says of the year's records, in the words of their forms.
struct AuditLedgerWords {
  let words: Catalogue
  let names: AuditNames
  let policies: [Policy]

  private struct Change {
    let kind: LedgerKind
    let before: [String: LedgerValue]?
    let after: [String: LedgerValue]?
    let keeper: String?

    /// Nil where the row is none of a record's.
    init?(_ line: AuditLine) {
      guard ["ledger.added", "ledger.changed", "ledger.removed"].contains(line.action), let item = line.item,
        let kind = LedgerKinds.byID[String(item.prefix { $0 != "/" })]
      else { return nil }
      self.kind = kind
      before = line.before.map { RecordJSON.values($0, kind: kind) }
      after = line.after.map { RecordJSON.values($0, kind: kind) }
      let said = line.after.flatMap { try? JSON.read(Array($0.utf8), file: "") }
      keeper = said?["record.keeper"]?.text
    }
  }

  /// Schools and people a row speaks of, such as `school/12`.
  static func mentions(_ line: AuditLine) -> Set<String> {
    guard let change = Change(line) else { return [] }
    var found = Set(change.keeper.map { ["school/\($0)"] } ?? [])
    for values in [change.before, change.after].compactMap(\.self) {
      for value in values.values {
        switch value {
        case .schools(let schools): found.formUnion(schools.map { "school/\($0)" })
        case .teacher(let teacher): found.insert("teacher/\(teacher)")
        default: continue
        }
      }
    }
    return found
  }

  /// The record field by field; of a change, what is another now. Nil where the row is none of the year's records.
  func details(_ line: AuditLine) -> [String]? {
    if ["ledger.declared", "ledger.reopened"].contains(line.action) { return statement(line) }
    guard let change = Change(line) else {
      guard line.action == "ledger.exported", let kind = line.item.flatMap({ LedgerKinds.byID[$0] }) else { return nil }
      return [title(kind)] + [line.after].compactMap(\.self)
    }
    let keeper = change.keeper.flatMap { names.names["school/\($0)"] }
    let head = [title(change.kind)] + (keeper.map { [part(change.kind.schoolTitle, $0)] } ?? [])
    return head
      + change.kind.fields.compactMap { field in
        let document = text(change.after?["document"] ?? change.before?["document"])
        let old = change.before?[field.id].map { text($0, field, document) }
        let new = change.after?[field.id].map { text($0, field, document) }
        switch (change.before, change.after) {
        case (nil, _): return new.map { part(field.title, $0) }
        case (_, nil): return old.map { part(field.title, $0) }
        default:
          guard old != new else { return nil }
          return words.text(
            "audit.ledger.change",
            ["field": .message(field.title), "before": .text(old ?? "—"), "after": .text(new ?? "—")])
        }
      }
  }

  private func statement(_ line: AuditLine) -> [String]? {
    guard let kind = line.item.flatMap({ LedgerKinds.byID[$0] }),
      let said = (line.after ?? line.before)?.split(separator: "/").map(String.init), said.count == 3,
      let year = Int(said[0]), (1902...2199).contains(year)
    else { return nil }
    let term = Term(rawValue: said[1]).map { words.text($0.title) }
    let keeper = said[2] == "group" ? words.text("ledger.keeper.group") : names.names["school/\(said[2])"] ?? said[2]
    return [
      title(kind), ([words.schoolYear(year), term, keeper] as [String?]).compactMap(\.self).joined(separator: " "),
    ]
  }

  private func title(_ kind: LedgerKind) -> String {
    words.text("audit.ledger", ["kind": .message(kind.title)])
  }

  private func part(_ title: Message, _ value: String) -> String {
    words.text("audit.part", ["key": .message(title), "value": .text(value)])
  }

  private func text(_ value: LedgerValue?) -> String? {
    if case .words(let words)? = value { words.first } else { nil }
  }

  private func text(_ value: LedgerValue, _ field: LedgerField, _ document: String?) -> String {
    switch value {
    case .text(let text): field.namesSomebody ? Teacher.masked(text) : text
    case .day(let day): day.text
    case .number(let number): number.plain
    case .flag(let flag): words.text("ledger.flag.\(flag)")
    case .schools(let ids):
      ids.map { names.names["school/\($0)"] ?? $0.description }.joined(separator: words.text("list.separator"))
    case .teacher(let id): names.names["teacher/\(id)"] ?? id.description
    case .words(let all):
      all.map { title(of: $0, field, document) }.joined(separator: words.text("list.separator"))
    }
  }

  private func title(of word: String, _ field: LedgerField, _ document: String?) -> String {
    let asked = policies.flatMap { AskedDocument.all(of: $0) }
    return switch field.form {
    case .word(let list), .words(let list): list.all.contains(word) ? words.text(list.title(word)) : word
    case .document: asked.first { $0.id == word }?.title ?? word
    case .contents:
      (asked.filter { $0.id == document } + asked).flatMap(\.contents).first { $0.id == word }?.title ?? word
    default: word
    }
  }
}
