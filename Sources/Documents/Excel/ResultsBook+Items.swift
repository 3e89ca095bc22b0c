import Notation
import Outcomes
import Policies
import Scoring
import Workbooks

extension ResultsBook {
  /// Groups × items in percent of the points, red to green, so that weak items and weak groups show at a glance.
  func writeHeatMap(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.heat"))
    let items = policy.allItems
    sheet.merge(
      CellRange(rows: 1...1, columns: 1...max(2, items.count + 1)),
      catalogue.text("excel.heat.title", ["year": .text(wording.schoolYear(year))]), Look.title)
    sheet.write(catalogue.text("head.group"), at: CellAddress(row: 2, column: 1), Look.head)
    sheet.setWidth(28, ofColumns: 1...1)
    sheet.setHeight(66, ofRow: 2)
    for (index, item) in items.enumerated() {
      let text = wording.itemName(item)
      sheet.write(text, at: CellAddress(row: 2, column: index + 2), Look.head.with { $0.size = 8 })
      sheet.setWidth(8, ofColumns: (index + 2)...(index + 2))
    }
    let style = Look.centred.with { $0.numberFormat = "0.0" }
    for (offset, result) in groups.enumerated() {
      sheet.write(name(result), at: CellAddress(row: offset + 3, column: 1), Look.cell)
      let lines = result.card.lines + result.card.bonusLines
      for (index, item) in items.enumerated() {
        let address = CellAddress(row: offset + 3, column: index + 2)
        guard let line = lines.first(where: { $0.item.id == item.id }) else {
          sheet.write("", at: address, Look.centred)
          continue
        }
        guard let score = line.score, !item.points.isZero else {
          sheet.write("—", at: address, Look.centred)
          continue
        }
        let percent = (score * .hundred / item.points).rounded(Rounding(places: 1, mode: .halfUp))
        sheet.write(number: percent.decimalText, at: address, style)
      }
    }
    if !groups.isEmpty, !items.isEmpty {
      sheet.colourScale(
        CellRange(rows: 3...(groups.count + 2), columns: 2...(items.count + 1)), low: 0xE8A5A0, middle: 0xFCF2DC,
        high: 0x9FCFB4)
    }
    sheet.freeze(rows: 2, columns: 1)
    setPage(sheet)
  }

  /// The reason behind every point.
  func writeReasons(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.reasons"))
    let keys = ["group", "item", "points", "score", "reason", "source"]
    head(keys, sheet, title: catalogue.text("excel.reasons.title", ["year": .text(wording.schoolYear(year))]))
    for (column, width) in [26.0, 28, 8, 8, 90, 20].enumerated() {
      sheet.setWidth(width, ofColumns: (column + 1)...(column + 1))
    }
    let number = Look.number(policy.rounding.places)
    var row = 3
    for result in groups {
      for line in result.card.lines + result.card.bonusLines {
        func at(_ column: Int) -> CellAddress { CellAddress(row: row, column: column) }
        let title = wording.itemName(line.item)
        let reason = catalogue.paragraph(line.reasons)
        sheet.write(name(result), at: at(1), Look.cell)
        sheet.write(title, at: at(2), Look.cell)
        sheet.write(number: line.item.points.decimalText, at: at(3), number)
        if let score = line.score {
          sheet.write(number: score.decimalText, at: at(4), number)
        } else {
          sheet.write("—", at: at(4), Look.centred)
        }
        sheet.write(reason, at: at(5), Look.cell)
        sheet.write(line.item.source, at: at(6), Look.cell)
        sheet.setHeight(Look.height([(reason, 90), (title, 28)]), ofRow: row)
        row += 1
      }
    }
    if row > 3 { sheet.filter(CellRange(rows: 2...(row - 1), columns: 1...keys.count)) }
    sheet.freeze(rows: 2, columns: 1)
    // Of a whole city these are dozens of pages that nobody asked for; the title says how they are printed.
    setPage(sheet, prints: CellRange(rows: 1...1, columns: 1...keys.count))
  }

  /// Total, rank and grade of every group over the years.
  func writeYears(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.years"))
    let years = results.years.map(\.year)
    sheet.merge(
      CellRange(rows: 1...1, columns: 1...(years.count * 3 + 1)), catalogue.text("excel.years.title"), Look.title)
    sheet.write(catalogue.text("head.group"), at: CellAddress(row: 2, column: 1), Look.head)
    sheet.setWidth(28, ofColumns: 1...1)
    let heads = results.years.flatMap { year in
      ["total", "rank", "grade"].map { key in
        catalogue.text(
          "excel.years.head",
          ["year": .text(wording.schoolYear(year.year)), "what": .message(Message("head.\(key)"))])
      }
    }
    for (index, head) in heads.enumerated() {
      sheet.write(head, at: CellAddress(row: 2, column: index + 2), Look.head)
    }
    sheet.setWidth(10, ofColumns: 2...(years.count * 3 + 1))
    sheet.setHeight(Look.height(heads.map { ($0, 10) }), ofRow: 2)
    for (offset, group) in groups.enumerated() {
      sheet.write(name(group), at: CellAddress(row: offset + 3, column: 1), Look.cell)
      for (index, year) in results.years.enumerated() {
        guard let result = year.groups.first(where: { $0.id == group.id }) else { continue }
        func at(_ column: Int) -> CellAddress { CellAddress(row: offset + 3, column: index * 3 + column + 2) }
        sheet.write(number: result.card.total.decimalText, at: at(0), Look.number(policy.rounding.places))
        if let rank = result.rank {
          sheet.write(number: String(rank), at: at(1), Look.centred)
        } else {
          sheet.write("—", at: at(1), Look.centred)
        }
        sheet.write(result.grade ?? "—", at: at(2), Look.centred)
      }
    }
    sheet.freeze(rows: 2, columns: 1)
    setPage(sheet)
  }
}
