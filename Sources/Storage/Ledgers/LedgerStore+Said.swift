import Ledgers
import Notation

extension LedgerStore {
  /// A record's content as the chain tells it: nobody is named there whole.
  static func told(_ content: String, kind: LedgerKind) -> String {
    let persons = Set(kind.fields.filter(\.namesSomebody).map(\.id))
    guard !persons.isEmpty, let map = AuditRecords.tree(content)?.map else { return content }
    return JSONText.object(
      map.map { entry in
        let isPerson = persons.contains(entry.key)
        return (entry.key, isPerson ? .text(Teacher.masked(entry.value.text ?? "")) : JSONText.of(entry.value))
      }
    ).text
  }

  /// What the chain says of a record: its content as it is kept, and beside it who keeps it and which days it speaks for.
  struct Said {
    let content: String
    /// As the columns are kept; nil where it wasn't written down.
    let place: [String: Value]?
    let text: String

    init(_ content: String, keeper: ID?, first: Day, last: Day?) {
      self.content = content
      place = nil
      let extra: [(String, JSONText)] = [
        ("record.keeper", .id(keeper)), ("record.first", .text(first.text)),
        ("record.last", last.map { .text($0.text) } ?? .null),
      ]
      let kept = AuditRecords.tree(content)?.map ?? []
      text = JSONText.object(kept.map { ($0.key, JSONText.of($0.value)) } + extra).text
    }

    init(_ text: String) {
      self.text = text
      let all = AuditRecords.tree(text)?.map ?? []
      let own = all.filter { !$0.key.hasPrefix("record.") }
      content = own.count == all.count ? text : JSONText.object(own.map { ($0.key, JSONText.of($0.value)) }).text
      func value(_ key: String) -> Node? { all.first { $0.key == key }?.value }
      place = value("record.first").map { first in
        [
          "first_day": .optional(first.text), "last_day": .optional(value("record.last")?.text),
          "school": .id(value("record.keeper")?.text.flatMap { ID($0) } ?? ID(0)),
        ]
      }
    }
  }
}
