import Notation
public import Policies
import Rules
public import Scoring
import Workbooks

/// A workbook to fill in: groups, schools, what is asked of each, and awards; locked headings, drop-downs, the clause
/// as a note. What it holds reads back without loss (`FactsBookReader`).
public struct FactsBook {
  /// Rows kept ready where no groups are given.
  static let blankRows = 60
  /// Title, item, input, code: what stands above the rows to fill.
  static let headRows = 4
  static let groupColumns = ["year", "id", "name", "form", "district", "formed", "vetoes"]
  static let schoolColumns = ["year", "group", "id", "name", "role", "pupils"]
  static let awardColumns = ["year", "group", "school", "input", "level", "kind"]
  /// No group of today was formed before; an earlier day in a workbook is a number taken for a date.
  static let earliestYear = 1949

  let policy: Policy
  let catalogue: Catalogue

  public init(policy: Policy) {
    self.policy = policy
    catalogue = .of(language: policy.language)
  }

  /// Writes a template, filled with whatever facts are given.
  public func write(_ facts: FactYears?, to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: policy.title) { book in
      writeGuide(book)
      let rows = (facts?.years ?? []).flatMap { year in year.groups.map { FactsRow(year: year.year, group: $0) } }
      writeGroups(book, rows)
      writeSchools(book, rows)
      for ofSchools in [false, true] {
        let columns = FactColumn.all(policy, ofSchools: ofSchools, catalogue)
        guard !columns.isEmpty else { continue }
        writeFacts(book, columns, rows, ofSchools: ofSchools)
      }
      writeAwards(book, rows)
    }
  }

  func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { catalogue.text("excel.\(key)", parts) }

  private func writeGuide(_ book: WorkbookWriter) {
    let sheet = book.addSheet(named: text("guide"))
    sheet.setWidth(16, ofColumns: 1...1)
    sheet.setWidth(90, ofColumns: 2...2)
    sheet.merge(CellRange(rows: 1...1, columns: 1...2), text("guide.title", ["title": .text(policy.title)]), Look.title)
    sheet.setHeight(32, ofRow: 1)
    // Read back: facts for another policy are refused.
    sheet.write(text("guide.policy"), at: CellAddress(row: 2, column: 1), Look.head)
    sheet.write(policy.id, at: CellAddress(row: 2, column: 2), Look.cell)
    let lines = text("guide.text").split(separator: "\n").map(String.init)
    for (offset, line) in lines.enumerated() {
      sheet.write(String(offset + 1), at: CellAddress(row: offset + 3, column: 1), Look.centred)
      sheet.write(line, at: CellAddress(row: offset + 3, column: 2), Look.cell)
      sheet.setHeight(Look.height([(line, 90)]), ofRow: offset + 3)
    }
    var row = lines.count + 4
    let readings = policy.decisions.filter(\.binds)
    if !readings.isEmpty {
      sheet.merge(CellRange(rows: row...row, columns: 1...2), text("guide.readings"), Look.head)
      for (number, decision) in zip(1..., readings) {
        row += 1
        let line = text(
          "reading",
          [
            "question": .text(decision.question), "reading": .text(decision.reading ?? ""),
            "source": .text(decision.source),
          ])
        sheet.write(String(number), at: CellAddress(row: row, column: 1), Look.centred)
        sheet.write(line, at: CellAddress(row: row, column: 2), Look.cell)
        sheet.setHeight(Look.height([(line, 90)]), ofRow: row)
      }
    }
    setPage(sheet, heads: 1)
    sheet.protect()
  }

  /// The heads of a sheet whose columns are the same for every policy: title, then code.
  func writeHeads(_ sheet: SheetWriter, _ keys: [String], widths: [Double]) {
    for (index, key) in keys.enumerated() {
      sheet.write(text("column.\(key)"), at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.write(key, at: CellAddress(row: 2, column: index + 1), Look.faint)
      sheet.setWidth(widths[index], ofColumns: (index + 1)...(index + 1))
    }
    sheet.freeze(rows: 2, columns: 2)
    setPage(sheet, heads: 2)
    sheet.protect()
  }

  /// A4 landscape, one page wide where the columns allow, the heads on every page.
  func setPage(_ sheet: SheetWriter, heads: Int, wide: Int = 1) {
    var page = PageSetup()
    page.isLandscape = true
    page.fitsPages = (wide, 0)
    page.repeatedRows = 1...heads
    sheet.setPage(page)
  }

  @discardableResult
  func writeGroups(_ book: WorkbookWriter, _ rows: [FactsRow]) -> SheetWriter {
    let sheet = book.addSheet(named: text("groups"))
    writeHeads(
      sheet, FactsBook.groupColumns, widths: [8, 16, 30, 14, 16, 14, 30])
    let count = rows.isEmpty ? FactsBook.blankRows : rows.count + 10
    let last = count + 2
    let day = Look.input.with { $0.numberFormat = "yyyy-mm-dd" }
    for row in 3...last {
      for column in 1...7 { sheet.blank(CellAddress(row: row, column: column), column == 6 ? day : Look.input) }
    }
    let forms = policy.forms.map(\.name)
    if !forms.isEmpty { allow(.choices(forms), sheet, CellRange(rows: 3...last, columns: 4...4)) }
    if policy.vetoes.count == 1 {
      allow(.choices(policy.vetoes.map(\.title)), sheet, CellRange(rows: 3...last, columns: 7...7))
    }
    let vetoes = policy.vetoes.map { text("veto", ["title": .text($0.title), "source": .text($0.source)]) }.joined(
      separator: "\n")
    if !vetoes.isEmpty {
      sheet.note(text("vetoes.note", ["vetoes": .text(vetoes)]), at: CellAddress(row: 1, column: 7))
    }
    for (offset, entry) in rows.enumerated() {
      let group = entry.group
      func at(_ column: Int) -> CellAddress { CellAddress(row: offset + 3, column: column) }
      sheet.write(number: String(entry.year), at: at(1), Look.input)
      sheet.write(group.id, at: at(2), Look.input)
      if let name = group.name { sheet.write(name, at: at(3), Look.input) }
      if let form = group.context.form { sheet.write(policy.form(form)?.name ?? form, at: at(4), Look.input) }
      if let district = group.context.district { sheet.write(district, at: at(5), Look.input) }
      if let formed = group.formed { write(formed, sheet, at(6), day) }
      let titles = group.vetoes.map { id in policy.vetoes.first { $0.id == id }?.title ?? id }
      if !titles.isEmpty { sheet.write(titles.joined(separator: "\n"), at: at(7), Look.input) }
    }
    return sheet
  }

  private func write(_ day: Day, _ sheet: SheetWriter, _ address: CellAddress, _ style: CellStyle) {
    if let date = CellDate(year: day.year, month: day.month, day: day.day) {
      sheet.write(date, at: address, style)
    } else {
      sheet.write(day.text, at: address, Look.input)
    }
  }

  @discardableResult
  func writeSchools(_ book: WorkbookWriter, _ rows: [FactsRow]) -> SheetWriter {
    let sheet = book.addSheet(named: text("schools"))
    writeHeads(sheet, FactsBook.schoolColumns, widths: [8, 16, 16, 30, 10, 12])
    let schools = rows.flatMap { row in row.group.schools.map { (row, $0) } }
    let last = (schools.isEmpty ? FactsBook.blankRows * 4 : schools.count + 20) + 2
    for row in 3...last { for column in 1...6 { sheet.blank(CellAddress(row: row, column: column), Look.input) } }
    allow(.choices([text("role.lead"), text("role.member")]), sheet, CellRange(rows: 3...last, columns: 5...5))
    for (offset, (entry, school)) in schools.enumerated() {
      func at(_ column: Int) -> CellAddress { CellAddress(row: offset + 3, column: column) }
      sheet.write(number: String(entry.year), at: at(1), Look.input)
      sheet.write(entry.group.id, at: at(2), Look.input)
      sheet.write(school.id, at: at(3), Look.input)
      if let name = school.name { sheet.write(name, at: at(4), Look.input) }
      sheet.write(text(school.isLead ? "role.lead" : "role.member"), at: at(5), Look.input)
      if let pupils = school.pupils { write(pupils, sheet, at(6)) }
    }
    return sheet
  }

  /// A number as Excel keeps it; one with more digits than Excel holds stands as text and reads back the same.
  func write(_ number: Exact, _ sheet: SheetWriter, _ address: CellAddress, _ style: CellStyle = Look.input) {
    let text = number.decimalText
    if text.filter(\.isNumber).count > 15 {
      sheet.write(text, at: address, style)
    } else {
      sheet.write(number: text, at: address, style)
    }
  }

  func allow(_ allowed: InputRule.Allowed, _ sheet: SheetWriter, _ range: CellRange) {
    let complaint = InputRule.Message(title: text("complaint.title"), text: text("complaint.text"))
    sheet.allow(InputRule(allowed, complaint: complaint), in: range)
  }
}

/// A group in a year.
struct FactsRow {
  let year: Int
  let group: GroupFacts
}
