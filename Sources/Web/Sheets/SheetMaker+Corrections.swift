import Cycles
import Documents
import Notation
import Policies
import Storage

extension SheetMaker {
  /// What this stage recorded otherwise than the one before; nil at the first, and where experts each mark for themselves.
  var corrections: ScoreSheetBook.Corrections? {
    guard open.value.asksChoice, !isPanel, let before = open.before.flatMap({ open.cycle.stage($0.stage)?.short })
    else {
      return nil
    }
    let lines = state.items.flatMap { item in
      item.fields.filter(\.isChanged).map { field in
        let writer = FactWords(field: field, words: words, school: open.school(of: field))
        return ScoreSheetBook.Corrections.Line(
          item: item.item.name, field: writer.title, before: field.base.map { writer.text($0) } ?? "—",
          after: field.value.map { writer.text($0) } ?? "—", reason: item.remark ?? "")
      }
    }
    return ScoreSheetBook.Corrections(
      title: words.text("sheet.corrected"),
      columns: [
        words.text("sheet.item"), words.text("sheet.data.name"), before, open.stage.short, words.text("sheet.remark"),
      ],
      lines: lines)
  }
}
