import Notation
public import Outcomes
public import Policies
import Rules
import Scoring
import Workbooks

/// A workbook of all groups: ranks and what follows, scores by item as a heat map, the reason behind every point, and
/// the years side by side.
public struct ResultsBook {
  let policy: Policy
  let results: Results
  let catalogue: Catalogue
  /// The year shown in full, in the order of ranks.
  let year: Int
  let groups: [GroupResult]

  /// - Parameter year: the year shown in full; the last where nil.
  public init(policy: Policy, results: Results, year: Int? = nil) {
    self.policy = policy
    self.results = results
    catalogue = .of(language: policy.language)
    let shown = results.years.first { $0.year == year } ?? results.years.last ?? (0, [])
    self.year = shown.year
    groups = shown.groups.enumerated().sorted {
      ($0.element.rank ?? .max, $0.offset) < ($1.element.rank ?? .max, $1.offset)
    }.map(\.element)
  }

  public func write(to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: policy.title) { book in
      writeRanks(book)
      writeHeatMap(book)
      writeReasons(book)
      if results.years.count > 1 { writeYears(book) }
    }
  }

  var wording: Wording { Wording(policy: policy, catalogue: catalogue) }

  func name(_ result: GroupResult) -> String { result.card.group.name ?? result.id }

  func head(_ keys: [String], _ sheet: SheetWriter, title: String) {
    sheet.merge(CellRange(rows: 1...1, columns: 1...keys.count), title, Look.title)
    sheet.setHeight(30, ofRow: 1)
    for (index, key) in keys.enumerated() {
      sheet.write(catalogue.text("head.\(key)"), at: CellAddress(row: 2, column: index + 1), Look.head)
    }
  }

  private func writeRanks(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.results"))
    let keys = [
      "rank", "group", "district", "form", "base", "bonus", "total", "grade", "change", "vetoes", "follows", "missing",
    ]
    head(
      keys, sheet,
      title: catalogue.text(
        "excel.results.title", ["title": .text(policy.title), "year": .text(wording.schoolYear(year))]))
    for (column, width) in [7.0, 28, 14, 12, 10, 8, 10, 9, 8, 20, 44, 36].enumerated() {
      sheet.setWidth(width, ofColumns: (column + 1)...(column + 1))
    }
    let number = Look.number(policy.rounding.places)
    let titles = Dictionary(policy.consequences.map { ($0.id, $0.title) }) { first, _ in first }
    for (offset, result) in groups.enumerated() {
      let card = result.card
      func at(_ column: Int) -> CellAddress { CellAddress(row: offset + 3, column: column) }
      write(result.rank, sheet, at(1))
      sheet.write(name(result), at: at(2), Look.cell)
      sheet.write(card.group.context.district ?? "", at: at(3), Look.centred)
      sheet.write(card.group.context.form.flatMap(policy.form)?.name ?? "", at: at(4), Look.centred)
      for (column, value) in [(5, card.base), (6, card.bonus), (7, card.total)] {
        sheet.write(number: value.decimalText, at: at(column), number)
      }
      let grade = result.grade ?? catalogue.text(card.isEligible ? "table.noGrade" : "table.ineligible")
      sheet.write(grade, at: at(8), Look.centred)
      if let change = result.rankChange {
        sheet.write(number: String(change), at: at(9), Look.centred.with { $0.numberFormat = "+0;-0;0" })
      } else {
        sheet.write("—", at: at(9), Look.centred)
      }
      sheet.write(wording.vetoes(result).joined(separator: "\n"), at: at(10), Look.cell)
      let follows =
        result.granted.map { titles[$0] ?? $0 }
        + result.pending.map { catalogue.text("table.pending", ["title": .text(titles[$0] ?? $0)]) }
      sheet.write(follows.joined(separator: "\n"), at: at(11), Look.cell)
      let missing = wording.missing(result).joined(separator: "\n")
      sheet.write(missing, at: at(12), Look.cell)
      sheet.setHeight(
        Look.height([(follows.joined(separator: "\n"), 44), (missing, 36)]),
        ofRow: offset + 3)
    }
    sheet.freeze(rows: 2, columns: 2)
    if !groups.isEmpty {
      sheet.filter(CellRange(rows: 2...(groups.count + 2), columns: 1...keys.count))
      addChart(sheet, row: groups.count + 5)
    }
    setPage(sheet, prints: CellRange(rows: 1...(groups.count + 2), columns: 1...keys.count))
  }

  private func write(_ number: Int?, _ sheet: SheetWriter, _ address: CellAddress) {
    if let number {
      sheet.write(number: String(number), at: address, Look.centred)
    } else {
      sheet.write("—", at: address, Look.centred)
    }
  }

  /// Totals by group, best first, base and bonus stacked; at most the first hundred, beyond which bars can't be read.
  private func addChart(_ sheet: SheetWriter, row: Int) {
    let rows = 3...(min(groups.count, 100) + 2)
    let name = catalogue.text("excel.results")
    var chart = Chart(
      .stackedColumn, title: catalogue.text("excel.chart", ["year": .text(wording.schoolYear(year))]), dataSheet: name,
      categories: CellRange(rows: rows, columns: 2...2),
      series: [
        Chart.Series(
          name: catalogue.text("head.base"), values: CellRange(rows: rows, columns: 5...5), colour: 0x1B579F),
        Chart.Series(
          name: catalogue.text("head.bonus"), values: CellRange(rows: rows, columns: 6...6), colour: 0xB7791F),
      ])
    chart.size = (width: 1100, height: 420)
    chart.description = catalogue.text("excel.chart", ["year": .text(wording.schoolYear(year))])
    sheet.add(chart, at: CellAddress(row: row, column: 1))
  }

  /// - Parameter area: what is printed; the whole sheet where nil.
  func setPage(_ sheet: SheetWriter, prints area: CellRange? = nil) {
    var page = PageSetup()
    page.isLandscape = true
    page.fitsPages = (1, 0)
    // Repeated rows outside of what is printed would be printed all the same.
    if area.map({ $0.last.row > 2 }) ?? true { page.repeatedRows = 1...2 }
    page.printArea = area
    sheet.setPage(page)
  }
}
