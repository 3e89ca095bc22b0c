import Notation

/// A record's values as they are stored: one JSON object, read by the kind's table of fields.
public enum RecordJSON {
  public static func text(_ values: [String: LedgerValue], kind: LedgerKind) -> String {
    JSONText.object(kind.fields.compactMap { field in values[field.id].map { (field.id, json($0)) } }).text
  }

  private static func json(_ value: LedgerValue) -> JSONText {
    switch value {
    case .text(let text): .text(text)
    case .day(let day): .text(day.text)
    case .number(let number): .text(number.decimalText)
    case .flag(let flag): .boolean(flag)
    case .words(let words): .texts(words)
    case .schools(let schools): .texts(schools.map(\.description))
    case .teacher(let id): .text(id.description)
    }
  }

  /// What can't be read any more is left out: a field that changed its form says nothing rather than something wrong.
  public static func values(_ text: String, kind: LedgerKind) -> [String: LedgerValue] {
    guard let node = try? JSON.read(Array(text.utf8), file: kind.id) else { return [:] }
    return (node.map ?? []).reduce(into: [:]) { values, entry in
      guard let field = kind.field(entry.key) else { return }
      values[entry.key] = value(entry.value, field.form)
    }
  }

  private static func value(_ node: Node, _ form: LedgerField.Form) -> LedgerValue? {
    func texts() -> [String]? { node.list?.compactMap(\.text) }
    switch form {
    case .text, .time: return node.text.map { .text($0) }
    case .day: return node.text.flatMap { Day($0) }.map { .day($0) }
    case .count, .amount: return node.text.flatMap { Exact(decimal: $0) }.map { .number($0) }
    case .flag: return node.boolean.map { .flag($0) }
    case .word, .words, .document, .contents: return texts().map { .words($0) }
    case .school, .schools: return texts().map { .schools($0.compactMap { ID($0) }) }
    case .teacher: return node.text.flatMap { ID($0) }.map { .teacher($0) }
    }
  }
}
