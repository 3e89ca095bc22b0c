import Ledgers
import Notation
import Storage

/// Records from a workbook: what it would change, before anything is stored.
struct LedgerImportPage {
  struct Row {
    let line: Int
    let keeper: String
    let what: String
    let state: String
    let stateKind: String
    let changes: [String]
    /// What a new row repeats, to be ticked where it is another; nil: nothing.
    let twin: String?
    let tick: String
  }

  let title: String
  let back: String
  let backTitle: String
  let template: String
  let filled: String
  let preview: String
  let accept: String
  let hint: String
  let problems: [String]
  let isPreview: Bool
  let rows: [Row]
  let count: String
  let data: String
  let seal: String
  /// Of this preview alone, so that accepting it twice stores it once.
  let once: String
  /// How many rows repeat another.
  let twins: String?

  init(
    _ visit: Visit, _ at: LedgerVisit, _ kind: LedgerKind, plan: LedgerPlan? = nil, rows read: [LedgerRow] = [],
    problems: [String] = []
  ) {
    let (group, year) = (at.ground.group, at.ground.days.year)
    let words = visit.words
    title = words.text("ledgers.import.title", ["kind": .message(kind.title)])
    back = Endpoint.ledger.link(group, year, kind.id)
    backTitle = "\(at.ground.name) \(words.text(kind.title))"
    template = Endpoint.ledgerBook.link(group, year, kind.id)
    filled = Endpoint.ledgerBook.link(group, year, kind.id, query: [("with", "all")])
    preview = Endpoint.previewLedger.link(group, year, kind.id)
    accept = Endpoint.acceptLedger.link(group, year, kind.id)
    hint = words.text("ledgers.import.hint", ["most": .count(LedgerBookRoutes.mostRows)])
    self.problems = problems
    isPreview = plan != nil
    let records = Dictionary(at.year.records(kind.id).map { ($0.id, $0) }) { first, _ in first }
    rows = (plan?.lines ?? []).filter { $0.state != .unchanged }.map { line in
      Row(
        line: line.row.line, keeper: line.row.typed.school,
        what: kind.fields.filter(\.isRequired).prefix(4).compactMap { line.row.typed.texts[$0.id] }
          .joined(separator: " "),
        state: words.text(
          line.twin == nil ? "ledgers.import.state.\(line.state.rawValue)" : "ledgers.import.state.twin"),
        stateKind: line.twin == nil && line.state == .new ? "info" : "warn",
        changes: LedgerImportPage.changes(line, kind, at, words),
        twin: line.twin.map { LedgerImportPage.twin($0, records, kind, at, words) }, tick: "twin-\(line.row.line)")
    }
    count = words.text(
      "ledgers.import.count",
      [
        "new": .count(plan?.count(.new) ?? 0), "changed": .count(plan?.count(.changed) ?? 0),
        "unchanged": .count(plan?.count(.unchanged) ?? 0),
      ])
    data = rows.isEmpty ? "" : LedgerRows.text(read)
    seal = plan.map { LedgerRows.seal($0) } ?? ""
    once = visit.site.ids.next(at: visit.now).description
    let repeated = plan?.twins.count ?? 0
    twins = repeated == 0 ? nil : words.text("ledgers.import.twins", ["count": .count(repeated)])
  }

  private static func twin(
    _ twin: LedgerPlan.Twin, _ records: [ID: LedgerRecord], _ kind: LedgerKind, _ at: LedgerVisit, _ words: Catalogue
  ) -> String {
    switch twin {
    case .row(let line): words.text("ledgers.import.twin.row", ["line": .count(line)])
    case .record(let id):
      words.text(
        "ledgers.import.twin.record",
        ["what": .text(records[id].map { at.text($0, words).line($0, kind: kind) } ?? id.description)])
    }
  }

  /// What is another after it: names as the reader may see them.
  private static func changes(
    _ line: LedgerPlan.Line, _ kind: LedgerKind, _ at: LedgerVisit, _ words: Catalogue
  ) -> [String] {
    guard line.state == .changed, let before = line.before else { return [] }
    let writer = at.text(before, words)
    func change(_ title: Message, _ old: String, _ new: String) -> String {
      words.text(
        "ledgers.import.change",
        [
          "field": .message(title), "before": .text(old.isEmpty ? "—" : old), "after": .text(new.isEmpty ? "—" : new),
        ])
    }
    let moved =
      line.reading.school == before.school
      ? [] : [change(kind.schoolTitle, at.keeper(before.school, words), at.keeper(line.reading.school, words))]
    return moved
      + kind.fields.compactMap { field in
        let isNew = field.form == .teacher && line.reading.newTeacher != nil
        guard isNew || line.reading.values[field.id] != before.values[field.id] else { return nil }
        return change(
          field.title, writer.text(before, field),
          isNew ? line.row.typed.texts[field.id] ?? "" : writer.text(line.reading, field))
      }
  }
}
