import Notation
import Policies
import Rules
public import Scoring
import Workbooks

/// A workbook for one group to fill in: a row for each thing that is asked, in the order of the policy. What the reader
/// needs — numbers, codes, the register — stands in hidden columns, rows and sheets, and reads back without loss.
extension FactsBook {
  static let formColumns = ["year", "group", "school", "input", "item", "of", "title", "unit", "value"]
  /// Columns and rows before the first that people see.
  private static let hiddenColumns = 4
  static let formHeads = 2
  private static let formAwards = ["year", "group", "school", "input", "of", "item", "level", "kind"]

  /// Writes the form of a group, filled with what is known.
  ///
  /// - Parameters:
  ///   - proposed: what the year's records say: shown beside, read back by nobody.
  ///   - rising: what they say so far and may still change.
  public func writeForm(
    _ group: GroupFacts, year: Int, proposed: GroupFacts? = nil, rising: GroupFacts? = nil, to path: String
  ) throws(WorkbookTrouble) {
    let row = FactsRow(year: year, group: group)
    try writeWorkbook(path, title: policy.title) { book in
      writeFormGuide(book, row)
      writeForm(book, row, proposed: proposed, rising: rising)
      writeFormAwards(book, row)
      writeGroups(book, [row]).hide()
      writeSchools(book, [row]).hide()
    }
  }

  private func writeFormGuide(_ book: WorkbookWriter, _ row: FactsRow) {
    let sheet = book.addSheet(named: text("guide"))
    sheet.setWidth(6, ofColumns: 1...1)
    sheet.setWidth(90, ofColumns: 2...2)
    let title = text(
      "guide.form.title",
      [
        "group": .text(row.group.name ?? row.group.id),
        "year": .text(Wording(policy: policy, catalogue: catalogue).schoolYear(row.year)),
      ])
    sheet.merge(CellRange(rows: 1...1, columns: 1...2), title, Look.title)
    sheet.setHeight(32, ofRow: 1)
    // Read back: facts for another policy are refused.
    sheet.write(policy.id, at: CellAddress(row: 2, column: 2), Look.faint)
    sheet.hide(row: 2)
    for (offset, line) in text("guide.form").split(separator: "\n").map(String.init).enumerated() {
      sheet.write(String(offset + 1), at: CellAddress(row: offset + 3, column: 1), Look.centred)
      sheet.write(line, at: CellAddress(row: offset + 3, column: 2), Look.cell)
      sheet.setHeight(Look.height([(line, 90)]), ofRow: offset + 3)
    }
    setPage(sheet, heads: 1)
    sheet.protect()
  }

  private func writeForm(_ book: WorkbookWriter, _ row: FactsRow, proposed: GroupFacts?, rising: GroupFacts?) {
    let sheet = book.addSheet(named: text("form"))
    writeFormHeads(sheet, FactsBook.formColumns + ["proposed"], widths: [9, 9, 9, 9, 28, 22, 44, 10, 20, 16])
    let names = names(of: row.group)
    let columns = [false, true].flatMap { FactColumn.all(policy, ofSchools: $0, catalogue) }
    var place = FactsBook.formHeads + 1
    for item in policy.allItems where (try? item.applies(to: row.group.context)) ?? true {
      for subject in row.group.keys(of: item.of) {
        for column in columns where column.item.id == item.id {
          let of = subject == groupKey ? text("form.group") : names[subject] ?? subject
          writeLine(sheet, place, row, column, subject, of: of)
          writeProposal(sheet, place, column, subject, proposed: proposed, rising: rising)
          place += 1
        }
      }
    }
    sheet.freeze(rows: FactsBook.formHeads)
    setPage(sheet, heads: FactsBook.formHeads)
    sheet.protect()
  }

  private func writeLine(
    _ sheet: SheetWriter, _ place: Int, _ row: FactsRow, _ column: FactColumn, _ subject: String, of: String
  ) {
    func at(_ column: Int) -> CellAddress { CellAddress(row: place, column: column) }
    writeKey(sheet, place, row, subject, column.code)
    let title = Wording(policy: policy, catalogue: catalogue).itemName(column.item)
    let unit = column.unit.flatMap { catalogue.named("unit.\($0)") } ?? ""
    sheet.write(title, at: at(5), Look.cell)
    sheet.write(of, at: at(6), Look.cell)
    sheet.write(column.title, at: at(7), Look.cell)
    sheet.write(unit, at: at(8), Look.centred)
    sheet.blank(at(9), Look.input)
    allow(column, sheet, CellRange(rows: place...place, columns: 9...9))
    write(column, (row, subject), sheet, at(9))
    sheet.setHeight(Look.height([(title, 28), (of, 22), (column.title, 44)]), ofRow: place)
  }

  /// What the records say, beside what people fill in.
  private func writeProposal(
    _ sheet: SheetWriter, _ place: Int, _ column: FactColumn, _ subject: String, proposed: GroupFacts?,
    rising: GroupFacts?
  ) {
    let (address, style) = (CellAddress(row: place, column: 10), Look.proposal)
    if case .claim = column.content { return sheet.blank(address, style) }
    switch (proposed.flatMap { entry(column, $0, subject) }, rising.flatMap { entry(column, $0, subject) }) {
    case (.number(let number)?, _): write(number, sheet, address, style)
    case (.text(let said)?, _): sheet.write(said, at: address, style)
    case (nil, let so?): sheet.write(text("form.soFar", ["value": .text(so.plain)]), at: address, style)
    case (nil, nil): sheet.blank(address, style)
    }
  }

  /// Whose row it is and what it asks, in the hidden columns.
  private func writeKey(_ sheet: SheetWriter, _ place: Int, _ row: FactsRow, _ subject: String, _ code: String?) {
    func at(_ column: Int) -> CellAddress { CellAddress(row: place, column: column) }
    sheet.write(number: String(row.year), at: at(1), Look.faint)
    sheet.write(row.group.id, at: at(2), Look.faint)
    if subject != groupKey { sheet.write(subject, at: at(3), Look.faint) }
    if let code { sheet.write(code, at: at(4), Look.faint) }
  }

  private func writeFormHeads(_ sheet: SheetWriter, _ keys: [String], widths: [Double]) {
    for (index, key) in keys.enumerated() {
      let isHidden = index < FactsBook.hiddenColumns
      let name = isHidden || ["level", "kind"].contains(key) ? text("column.\(key)") : text("form.\(key)")
      sheet.write(name, at: CellAddress(row: 1, column: index + 1), Look.head)
      sheet.write(key, at: CellAddress(row: 2, column: index + 1), Look.faint)
      sheet.setWidth(widths[index], ofColumns: (index + 1)...(index + 1))
    }
    sheet.hide(columns: 1...FactsBook.hiddenColumns)
    sheet.hide(row: 2)
  }

  /// What the schools are called, each by another name.
  func names(of group: GroupFacts) -> [String: String] {
    var names: [String: String] = [:]
    for school in group.schools {
      let name = school.name ?? school.id
      names[school.id] = names.values.contains(name) ? "\(name) \(school.id)" : name
    }
    return names
  }

  /// One award a row: what for, whose, of which level and kind; chosen by name.
  private func writeFormAwards(_ book: WorkbookWriter, _ row: FactsRow) {
    let columns = awardColumns()
    guard !columns.isEmpty else { return }
    let sheet = book.addSheet(named: text("awards"))
    writeFormHeads(sheet, FactsBook.formAwards, widths: [9, 9, 9, 9, 30, 34, 16, 24])
    sheet.write(text("form.of"), at: CellAddress(row: 1, column: 5), Look.head)
    sheet.write(text("form.prize"), at: CellAddress(row: 1, column: 6), Look.head)
    let names = names(of: row.group)
    let known = listed(columns, row)
    let last = FactsBook.formHeads + known.count + 40
    for place in (FactsBook.formHeads + 1)...last {
      writeKey(sheet, place, row, groupKey, nil)
      for column in 5...8 { sheet.blank(CellAddress(row: place, column: column), Look.input) }
    }
    let rows = (FactsBook.formHeads + 1)...last
    var subjects: [String] = []
    for column in columns {
      for key in row.group.keys(of: column.item.of) {
        let name = key == groupKey ? text("form.group") : names[key] ?? key
        if !subjects.contains(name) { subjects.append(name) }
      }
    }
    offer(subjects, sheet, CellRange(rows: rows, columns: 5...5))
    offer(columns.map { awardTitle($0, columns) }, sheet, CellRange(rows: rows, columns: 6...6))
    let choices = columns.compactMap { $0.awardChoices(catalogue) }
    offer(choices.flatMap { $0.levels.map(\.title) }, sheet, CellRange(rows: rows, columns: 7...7))
    if !choices.contains(where: { $0.kinds.isEmpty }) {
      offer(choices.flatMap { $0.kinds.map(\.title) }, sheet, CellRange(rows: rows, columns: 8...8))
    }
    for (offset, (key, column, award)) in known.enumerated() {
      func at(_ column: Int) -> CellAddress {
        CellAddress(row: FactsBook.formHeads + 1 + offset, column: column)
      }
      sheet.write(key == groupKey ? text("form.group") : names[key] ?? key, at: at(5), Look.input)
      sheet.write(awardTitle(column, columns), at: at(6), Look.input)
      let titles = column.awardChoices(catalogue)
      sheet.write(titles?.levels.first { $0.id == award.level }?.title ?? award.level, at: at(7), Look.input)
      if let kind = award.kind {
        sheet.write(titles?.kinds.first { $0.id == kind }?.title ?? kind, at: at(8), Look.input)
      }
    }
    sheet.freeze(rows: FactsBook.formHeads)
    setPage(sheet, heads: FactsBook.formHeads)
    sheet.protect()
  }

  private func listed(_ columns: [FactColumn], _ row: FactsRow) -> [(String, FactColumn, Fact.Award)] {
    columns.flatMap { column in
      row.group.keys(of: column.item.of).flatMap { key -> [(String, FactColumn, Fact.Award)] in
        var facts = row.group.items[column.item.id]?[key]
        for part in column.path.dropLast() { facts = facts?.parts[part] }
        guard case .awards(let list)? = column.path.last.flatMap({ facts?.values[$0] }) else { return [] }
        return list.map { (key, column, $0) }
      }
    }
  }

  /// The columns that awards are listed for.
  func awardColumns() -> [FactColumn] {
    [false, true].flatMap { FactColumn.all(policy, ofSchools: $0, catalogue) }.filter {
      if case .awards = $0.content { true } else { false }
    }
  }

  /// What people call such a column: its item, with the code where another item is called the same.
  func awardTitle(_ column: FactColumn, _ columns: [FactColumn]) -> String {
    let title = Wording(policy: policy, catalogue: catalogue).itemName(column.item)
    let isAlone = columns.count { $0.item.title == column.item.title } == 1
    return isAlone ? title : "\(title) \(column.code)"
  }
}
