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
  let items: [Entry]
  let policy: String?

  static let mostRows = 60

  init(_ visit: Visit, _ at: LedgerVisit, item wanted: String?) {
    let words = visit.words
    title = words.text("ledgers.metrics.title")
    group = at.ground.name
    back = Endpoint.ledgerYear.link(at.ground.group, at.ground.days.year)
    subtitle = words.schoolYear(at.ground.days.year)
    allLink = wanted == nil ? nil : Endpoint.ledgerMetrics.link(at.ground.group, at.ground.days.year)
    policy = at.ground.policy?.title
    let records = Dictionary(at.year.allRecords.map { ($0.id, $0) }) { first, _ in first }
    items = (at.ground.policy?.allItems ?? []).filter { wanted == nil || $0.id == wanted }.map { item in
      Entry(
        number: item.number, title: item.title,
        link: Endpoint.ledgerMetrics.link(at.ground.group, at.ground.days.year, query: [("item", item.id)]),
        inputs: Binding.all(of: item).flatMap { binding in
          LedgerMetricsPage.subjects(item, at.year).map { school in
            LedgerMetricsPage.input(binding, school, at, records, words)
          }
        })
    }
  }

  /// Nil: the group.
  private static func subjects(_ item: Item, _ year: GroupYear) -> [LedgerSchool?] {
    switch item.of {
    case .group: [nil]
    case .lead: year.schools.filter(\.isLead)
    case .members: year.members
    case .schools: year.present
    }
  }

  private static func input(
    _ binding: Binding, _ school: LedgerSchool?, _ at: LedgerVisit, _ records: [ID: LedgerRecord], _ words: Catalogue
  ) -> Input {
    let scope = MetricScope(at.year, school: school?.id, need: binding.need, with: binding.with)
    let reading = Binding.reading(from: binding.from, scope)
    var metric = binding.from ?? ""
    if case .metric(let found) = binding.answer { metric = words.text(found.title) }
    if case .document(let id) = binding.answer { metric = at.year.asked.first { $0.id == id }?.title ?? id }
    var unbound: String?
    if case .none(let why) = binding.answer { unbound = words.text("ledger.unbound.\(why)") }
    let state = reading.map { $0.value == nil ? "missing" : $0.mayRise ? "mayRise" : "final" } ?? "unbound"
    let value = reading?.value ?? reading?.soFar
    let rows = reading?.rows ?? []
    return Input(
      title: binding.title ?? binding.input, school: school?.name ?? "",
      value: value.map { LedgerMetricsPage.text($0, binding, words) } ?? "—", isKnown: reading?.value != nil,
      mark: unbound ?? words.text("ledgers.metric.\(state)"),
      markKind: ["final": "ok", "mayRise": "info", "missing": "warn"][state] ?? "line", metric: metric,
      how: reading?.how.map { words.text($0) } ?? [], missing: reading?.missing.map { words.text($0) } ?? [],
      rows: rows.prefix(mostRows).compactMap { id in
        guard let record = records[id], let kind = LedgerKinds.byID[record.kind] else { return nil }
        return LedgerYearPage.Link(
          title: "\(words.text(kind.title)) \(at.text(record, words).line(record, kind: kind)) \(record.first.text)",
          link: Endpoint.ledger.link(
            at.ground.group, at.ground.days.year, kind.id, query: [("record", id.description)]))
      }, rowCount: words.text("ledgers.rows", ["count": .count(rows.count)]))
  }

  private static func text(_ fact: Fact, _ binding: Binding, _ words: Catalogue) -> String {
    switch fact {
    case .number(let number): return number.plain + (binding.unit.flatMap { words.named("unit.\($0)") } ?? "")
    case .boolean(let flag): return words.text("ledger.flag.\(flag)")
    case .text(let text): return text
    case .names(let ids):
      let titles = RuleEntries.titles(of: binding.rule)
      return ids.isEmpty
        ? words.text("sheet.list.none") : ids.map { titles[$0] ?? $0 }.joined(separator: words.text("list.separator"))
    case .counts(let counts):
      if counts.isEmpty { return words.text("sheet.none") }
      let all = counts.sorted { $0.key < $1.key }.map { level, count in
        "\(words.named("level.\(level)") ?? level) \(count.plain)"
      }
      return all.joined(separator: words.text("list.separator"))
    case .awards(let awards):
      guard !awards.isEmpty else { return words.text("sheet.none") }
      let kinds = RuleEntries.kinds(of: binding.rule)
      return awards.map { award in
        [award.kind.map { kinds[$0] ?? $0 }, words.named("level.\(award.level)") ?? award.level].compactMap(\.self)
          .joined(separator: " ")
      }.joined(separator: words.text("list.separator"))
    }
  }
}
