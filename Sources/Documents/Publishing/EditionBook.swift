import Notation
import Policies
public import Publishing
import Workbooks

/// A published edition as a workbook: the list, the scores item by item where they are public, and how to check it.
public struct EditionBook {
  let table: EditionTable
  private var edition: PublishedEdition { table.edition }
  private var catalogue: Catalogue { table.catalogue }

  public init(_ edition: PublishedEdition, hash: String) { table = EditionTable(edition, hash: hash) }

  public func write(to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: edition.head.title) { book in
      writeList(book)
      if edition.disclosure.items { writeItems(book) }
      writeHead(book)
    }
  }

  private func writeList(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.results"))
    let keys = table.keys
    head(keys.map { catalogue.text("head.\($0)") }, sheet, title: edition.head.title)
    let widths: [Double] = [7, 34, 16, 12, 10, 8, 10, 9, 8, 22, 44]
    for (column, width) in zip(1..., widths.prefix(keys.count)) { sheet.setWidth(width, ofColumns: column...column) }
    for (offset, result) in edition.results.enumerated() {
      for (index, cell) in table.row(result).enumerated() {
        let isSum = (4...6).contains(index)
        write(cell, sheet, CellAddress(row: offset + 3, column: index + 1), places: isSum ? edition.places : 0)
      }
    }
    finish(sheet, rows: edition.results.count, columns: keys.count)
  }

  private func writeItems(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.edition.items"))
    let items = edition.policy.allItems
    let wording = Wording(policy: edition.policy, catalogue: catalogue)
    head(
      [catalogue.text("head.group")] + items.map { wording.itemName($0) }, sheet,
      title: catalogue.text("excel.edition.items.title", ["title": .text(edition.head.title)]))
    sheet.setWidth(34, ofColumns: 1...1)
    if !items.isEmpty { sheet.setWidth(12, ofColumns: 2...(items.count + 1)) }
    sheet.setHeight(48, ofRow: 2)
    for (offset, result) in edition.results.enumerated() {
      sheet.write(result.name, at: CellAddress(row: offset + 3, column: 1), Look.cell)
      let scores = Dictionary(result.lines.map { ($0.item, $0.score) }) { first, _ in first }
      for (index, item) in items.enumerated() {
        let score = scores[item.id].flatMap { table.words.number($0) }
        write(
          score.map { .number($0) } ?? .none, sheet, CellAddress(row: offset + 3, column: index + 2),
          places: edition.places)
      }
    }
    finish(sheet, rows: edition.results.count, columns: items.count + 1)
  }

  /// Whose, of when, and how anybody can see that it is the one.
  private func writeHead(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: catalogue.text("excel.edition.about"))
    sheet.setWidth(22, ofColumns: 1...1)
    sheet.setWidth(90, ofColumns: 2...2)
    let head = edition.head
    let rows: [(String, String)] = [
      ("publisher", head.publisher), ("title", head.title), ("document", head.document ?? "—"),
      ("published", head.publishedAt.day.text), ("number", String(head.number)),
      ("correction", edition.correction?.reason ?? "—"), ("policy", edition.policy.title),
      ("policyHash", head.policyHash), ("hash", table.hash), ("check", catalogue.text("excel.edition.how")),
    ]
    for (offset, row) in rows.enumerated() {
      sheet.write(
        catalogue.text("excel.edition.\(row.0)"), at: CellAddress(row: offset + 1, column: 1), Look.head)
      sheet.write(row.1, at: CellAddress(row: offset + 1, column: 2), Look.cell)
      sheet.setHeight(Look.height([(row.1, 90)]), ofRow: offset + 1)
    }
  }

  private func head(_ heads: [String], _ sheet: SheetWriter, title: String) {
    sheet.merge(CellRange(rows: 1...1, columns: 1...max(2, heads.count)), title, Look.title)
    sheet.setHeight(30, ofRow: 1)
    for (index, head) in heads.enumerated() {
      sheet.write(head, at: CellAddress(row: 2, column: index + 1), Look.head)
    }
  }

  private func write(_ cell: EditionTable.Cell, _ sheet: SheetWriter, _ address: CellAddress, places: Int) {
    switch cell {
    case .number(let text): sheet.write(number: text, at: address, Look.number(places))
    case .text(let text): sheet.write(text, at: address, Look.cell)
    case .none: sheet.write("—", at: address, Look.centred)
    }
  }

  private func finish(_ sheet: SheetWriter, rows: Int, columns: Int) {
    sheet.freeze(rows: 2, columns: 2)
    if rows > 0, columns > 0 { sheet.filter(CellRange(rows: 2...(rows + 2), columns: 1...columns)) }
    var page = PageSetup()
    page.isLandscape = true
    page.fitsPages = (1, 0)
    page.repeatedRows = 1...2
    sheet.setPage(page)
  }
}
