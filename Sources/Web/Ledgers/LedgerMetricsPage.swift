import Documents
import Ledgers
import Notation
import Policies
import Rules
import Storage

/// «Why?»: every figure the year's records yield for the policy's inputs, the records behind it, what is missing.
struct LedgerMetricsPage {
  struct Entry {
    let number: String
    let title: String
    let link: String
    let inputs: [Input]
  }

  struct Input {
    let title: String
    let school: String
    let value: String
    let isKnown: Bool
    /// Nil where it can only be entered by people.
    let mark: String?
    let markKind: String
    let metric: String
    let how: [String]
    let missing: [String]
    let rows: [LedgerYearPage.Link]
    let rowCount: String
  }

  let title: String
  let group: String
  let back: String
  let subtitle: String
  let allLink: String?
  /// Back to the sheet the reader came from.
  let sheetLink: String?
  let items: [Entry]
  let policy: String?

  static let mostRows = 60

  init(_ visit: Visit, _ at: LedgerVisit, item wanted: String?) {
    let words = visit.words
    title = words.text("ledgers.metrics.title")
    group = at.ground.name
    back = Endpoint.ledgerYear.link(at.ground.group, at.ground.days.year)
    subtitle = words.schoolYear(at.ground.days.year)
    let sheet = (visit.query("sheet") ?? "").split(separator: "-").map { ID(String($0)) }
    var own: [(String, String?)] = []
    if sheet.count == 2, let authority = sheet[0], let id = sheet[1] {
      sheetLink = Endpoint.sheet.link(authority, id, query: [("item", wanted)])
      own = [("sheet", "\(authority)-\(id)")]
    } else {
      sheetLink = nil
    }
    let way = own
    allLink = wanted == nil ? nil : Endpoint.ledgerMetrics.link(at.ground.group, at.ground.days.year, query: way)
    policy = at.ground.policy?.title
    let records = Dictionary(at.year.allRecords.map { ($0.id, $0) }) { first, _ in first }
    items = (at.ground.policy?.allItems ?? []).filter { wanted == nil || $0.id == wanted }.map { item in
      Entry(
        number: item.number, title: item.title,
        link: Endpoint.ledgerMetrics.link(at.ground.group, at.ground.days.year, query: [("item", item.id)] + way),
        inputs: YearFigure.all(Binding.all(of: item), at.year).map {
          LedgerMetricsPage.input($0, at, records, words)
        })
    }
  }

  private static func input(
    _ figure: YearFigure, _ at: LedgerVisit, _ records: [ID: LedgerRecord], _ words: Catalogue
  ) -> Input {
    let (writer, reading) = (FigureWords(words), figure.reading)
    let value = reading?.value ?? reading?.soFar
    let rows = reading?.rows ?? []
    var mark = words.text("ledger.state.\(figure.state.rawValue)")
    if case .none(let why) = figure.binding.answer { mark = words.text("ledger.unbound.\(why)") }
    return Input(
      title: writer.title(figure.binding), school: figure.school?.name ?? "",
      value: value.map { writer.text($0, figure.binding) } ?? "—", isKnown: reading?.value != nil, mark: mark,
      markKind: LedgerMetricsPage.kinds[figure.state] ?? "line",
      metric: figure.state == .unbound
        ? "" : writer.origin(figure) { id in at.year.asked.first { $0.id == id }?.title },
      how: reading?.how.map { words.text($0) } ?? [], missing: reading?.missing.map { words.text($0) } ?? [],
      rows: rows.prefix(mostRows).compactMap { id in
        guard let record = records[id], let kind = LedgerKinds.byID[record.kind] else { return nil }
        return LedgerYearPage.Link(
          title: "\(words.text(kind.title)) \(at.text(record, words).line(record, kind: kind)) \(record.first.text)",
          link: Endpoint.ledger.link(
            at.ground.group, at.ground.days.year, kind.id, query: [("record", id.description)]))
      }, rowCount: words.text("ledgers.rows", ["count": .count(rows.count)]))
  }

  private static let kinds: [YearFigure.State: String] = [.final: "ok", .mayRise: "info", .missing: "warn"]
}
