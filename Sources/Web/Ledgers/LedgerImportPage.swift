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
    rows = (plan?.lines ?? []).filter { $0.state != .unchanged }.map { line in
      let old = line.before.map { at.text($0, words).typed($0, kind: kind).texts } ?? [:]
      let changed = kind.fields.filter { (old[$0.id] ?? "") != (line.row.typed.texts[$0.id] ?? "") }
      return Row(
        line: line.row.line, keeper: line.row.typed.school,
        what: kind.fields.filter(\.isRequired).prefix(4).compactMap { line.row.typed.texts[$0.id] }
          .joined(separator: " "),
        state: words.text("ledgers.import.state.\(line.state.rawValue)"),
        stateKind: line.state == .new ? "info" : "warn",
        changes: line.state == .new
          ? []
          : changed.map { field in
            words.text(
              "ledgers.import.change",
              [
                "field": .message(field.title), "before": .text(old[field.id] ?? "—"),
                "after": .text(line.row.typed.texts[field.id] ?? "—"),
              ])
          })
    }
    count = words.text(
      "ledgers.import.count",
      [
        "new": .count(plan?.count(.new) ?? 0), "changed": .count(plan?.count(.changed) ?? 0),
        "unchanged": .count(plan?.count(.unchanged) ?? 0),
      ])
    data = rows.isEmpty ? "" : LedgerRows.text(read)
    seal = plan.map { LedgerRows.seal($0) } ?? ""
  }
}
