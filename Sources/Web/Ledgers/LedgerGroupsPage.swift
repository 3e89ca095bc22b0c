import Ledgers
import Notation
import Storage

/// The groups within reach, and how far the year of each is recorded.
struct LedgerGroupsPage {
  struct Year {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  struct Row {
    let name: String
    let link: String
    let authority: String
    let records: Int
    let statements: Int
  }

  let title: String
  let years: [Year]
  let rows: [Row]
  let figuresLink: String?
  let more: String?

  init(_ visit: Visit, _ found: [LedgerStore.GroupLine], year: Int, current: Int) {
    title = visit.text("ledgers.title")
    years = LedgerGroupsPage.years(year, current).map { one in
      Year(
        title: visit.words.schoolYear(one), link: Endpoint.ledgerGroups.link(query: [("year", String(one))]),
        isCurrent: one == year)
    }
    let shown = found.prefix(LedgerRoutes.mostGroups)
    rows = shown.map { line in
      Row(
        name: line.name, link: Endpoint.ledgerYear.link(line.group, year), authority: line.authorityName,
        records: line.records, statements: line.statements)
    }
    figuresLink = found.isEmpty ? nil : Endpoint.ledgerFigures.link(query: [("year", String(year))])
    more =
      found.count > shown.count
      ? Endpoint.ledgerGroups.link(query: [("year", String(year)), ("after", shown.last?.group.description)]) : nil
  }

  /// The present year, the one before and the one asked for.
  static func years(_ year: Int, _ current: Int) -> [Int] { Array(Set([current - 1, current, year])).sorted() }
}
