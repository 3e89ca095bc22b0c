public import Notation

/// A record as people read and write it: what is written so reads back the same (`RecordReading`).
public struct RecordText: Sendable {
  let context: RecordContext
  let catalogue: Catalogue
  /// Whether people are shown by their family name alone.
  let isMasked: Bool
  private let teachers: [ID: Teacher]
  private let schools: [ID: LedgerSchool]

  public init(_ context: RecordContext, catalogue: Catalogue, isMasked: Bool) {
    self.context = context
    self.catalogue = catalogue
    self.isMasked = isMasked
    teachers = Dictionary(context.teachers.map { ($0.id, $0) }) { first, _ in first }
    schools = Dictionary(context.year.known.map { ($0.id, $0) }) { first, _ in first }
  }

  /// A field of a record. What a document says is called as that document's list calls it: two may use one word.
  public func text(_ record: LedgerRecord, _ field: LedgerField) -> String {
    text(record.values[field.id], field, document: record.text("document"))
  }

  /// A field as it was read, before it is kept.
  public func text(_ reading: RecordReading, _ field: LedgerField) -> String {
    var document: String?
    if case .words(let words)? = reading.values["document"] { document = words.first }
    return text(reading.values[field.id], field, document: document)
  }

  func text(_ value: LedgerValue?, _ field: LedgerField, document: String? = nil) -> String {
    switch value {
    case nil: return ""
    case .text(let text): return isMasked && field.namesSomebody ? Teacher.masked(text) : text
    case .day(let day): return day.text
    case .number(let number): return number.plain
    case .flag(let flag): return catalogue.text("ledger.flag.\(flag)")
    case .schools(let ids): return ids.map { schools[$0]?.name ?? $0.description }.joined(separator: "、")
    case .teacher(let id):
      guard let teacher = teachers[id] else { return "" }
      return "\(teacher.code) \(isMasked ? teacher.masked : teacher.name)"
    case .words(let words): return words.map { title($0, field, document) }.joined(separator: "、")
    }
  }

  private func title(_ word: String, _ field: LedgerField, _ document: String?) -> String {
    switch field.form {
    case .word(let words), .words(let words): return words.all.contains(word) ? catalogue.text(words.title(word)) : word
    case .document: return context.year.asked.first { $0.id == word }?.title ?? word
    case .contents:
      let all = context.year.asked
      let own = all.filter { $0.id == document } + all
      return own.flatMap(\.contents).first { $0.id == word }?.title ?? word
    default: return word
    }
  }

  /// Text by text, as a form or a row of a workbook holds it.
  public func typed(_ record: LedgerRecord, kind: LedgerKind) -> TypedRecord {
    TypedRecord(
      kind: kind.id, school: record.school.flatMap { schools[$0]?.name } ?? "",
      texts: kind.fields.reduce(into: [:]) { texts, field in
        let text = text(record, field)
        if !text.isEmpty { texts[field.id] = text }
      })
  }

  /// A line for lists: its day and what tells it apart.
  public func line(_ record: LedgerRecord, kind: LedgerKind) -> String {
    let telling = kind.fields.filter { field in
      switch field.form {
      case .day, .flag, .contents: false
      case .text: field.id == "title" || field.id == "venue" || field.id == "outlet"
      default: field.isRequired
      }
    }
    return telling.prefix(4).map { text(record, $0) }.filter { !$0.isEmpty }.joined(separator: " ")
  }
}
