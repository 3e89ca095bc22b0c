import Notation

/// The marks of one sheet and one reviewer, by item and field.
struct SheetMarks {
  private let byItem: [String: [String: SheetMark]]

  init(_ marks: [SheetMark]) {
    byItem = Dictionary(grouping: marks, by: \.item).mapValues { marks in
      Dictionary(marks.map { ($0.field, $0) }) { $0.version >= $1.version ? $0 : $1 }
    }
  }

  /// The mark of a field; nil where there is none or it was taken back.
  subscript(item: String, field: String) -> SheetMark? {
    guard let mark = byItem[item]?[field], mark.value != nil else { return nil }
    return mark
  }

  /// The mark of a field, taken back or not.
  func stored(_ item: String, _ field: String) -> SheetMark? { byItem[item]?[field] }

  func all(of item: String) -> [SheetMark] { byItem[item].map { Array($0.values) } ?? [] }

  func choice(of item: String) -> Choice? { text(item, SheetMark.choice).flatMap(Choice.init) }

  /// Nil where nothing, or nothing but spaces, was written.
  func remark(of item: String) -> String? { self[item, SheetMark.remark]?.value.flatMap(SheetValue.words) }

  private func text(_ item: String, _ field: String) -> String? {
    self[item, field]?.value.flatMap { SheetValue.node($0, field: field)?.text }
  }
}
