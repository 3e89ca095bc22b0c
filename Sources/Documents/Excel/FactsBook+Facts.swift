import Notation
import Policies
import Rules
import Scoring
import Workbooks

extension FactsBook {
  /// Columns that say whose row it is.
  static func keyColumns(ofSchools: Bool) -> [String] { ofSchools ? ["year", "group", "school"] : ["year", "group"] }

  func writeFacts(_ book: WorkbookWriter, _ columns: [FactColumn], _ rows: [FactsRow], ofSchools: Bool) {
    let sheet = book.addSheet(named: text(ofSchools ? "schoolFacts" : "groupFacts"))
    let keys = FactsBook.keyColumns(ofSchools: ofSchools)
    let width = keys.count
    writeFactHeads(sheet, columns, keys)
    let subjects = self.subjects(rows, ofSchools: ofSchools)
    let count = subjects.isEmpty ? FactsBook.blankRows * (ofSchools ? 4 : 1) : subjects.count + (rows.isEmpty ? 0 : 10)
    let first = FactsBook.headRows + 1
    let last = first + count - 1
    for row in first...last {
      for column in 1...(width + columns.count) { sheet.blank(CellAddress(row: row, column: column), Look.input) }
    }
    for (index, column) in columns.enumerated() {
      allow(column, sheet, CellRange(rows: first...last, columns: (width + index + 1)...(width + index + 1)))
    }
    for (offset, subject) in subjects.enumerated() {
      let row = first + offset
      sheet.write(number: String(subject.row.year), at: CellAddress(row: row, column: 1), Look.input)
      sheet.write(subject.row.group.id, at: CellAddress(row: row, column: 2), Look.input)
      if ofSchools { sheet.write(subject.key, at: CellAddress(row: row, column: 3), Look.input) }
      for (index, column) in columns.enumerated() {
        let address = CellAddress(row: row, column: width + index + 1)
        if subject.row.group.keys(of: column.item.of).contains(subject.key) {
          write(column, subject, sheet, address)
        } else {
          // Not asked of this school: nothing can be written there.
          sheet.blank(address, Look.cell.with { $0.fill = 0xEDF0F4 })
        }
      }
    }
    sheet.freeze(rows: FactsBook.headRows, columns: width)
    // About twelve columns can be read on a page.
    setPage(sheet, heads: FactsBook.headRows, wide: (columns.count + 11) / 12)
    sheet.protect()
  }

  private func subjects(_ rows: [FactsRow], ofSchools: Bool) -> [(row: FactsRow, key: String)] {
    rows.flatMap { row in ofSchools ? row.group.schools.map { (row, $0.id) } : [(row, groupKey)] }
  }

  private func writeFactHeads(_ sheet: SheetWriter, _ columns: [FactColumn], _ keys: [String]) {
    for (index, key) in keys.enumerated() {
      let name = text("column.\(key)")
      sheet.merge(CellRange(rows: 1...3, columns: (index + 1)...(index + 1)), name, Look.head)
      sheet.write(key, at: CellAddress(row: 4, column: index + 1), Look.faint)
      sheet.setWidth(14, ofColumns: (index + 1)...(index + 1))
    }
    sheet.setHeight(30, ofRow: 1)
    sheet.setHeight(54, ofRow: 2)
    var start = 0
    while start < columns.count {
      let item = columns[start].item
      var end = start
      while end + 1 < columns.count, columns[end + 1].item.id == item.id { end += 1 }
      let range = CellRange(rows: 1...1, columns: (keys.count + start + 1)...(keys.count + end + 1))
      let title = Wording(policy: policy, catalogue: catalogue).itemName(item)
      if range.isSingleCell {
        sheet.write(title, at: range.first, Look.head)
      } else {
        sheet.merge(range, title, Look.head)
      }
      sheet.note(note(item), at: range.first)
      start = end + 1
    }
    for (index, column) in columns.enumerated() {
      let place = keys.count + index + 1
      sheet.write(column.title, at: CellAddress(row: 2, column: place), Look.head)
      let unit = column.unit.flatMap { catalogue.named("unit.\($0)") } ?? ""
      sheet.write(unit, at: CellAddress(row: 3, column: place), Look.centred)
      sheet.write(column.code, at: CellAddress(row: 4, column: place), Look.faint)
      sheet.setWidth(max(10, min(20, Look.columns(column.title) / 2)), ofColumns: place...place)
    }
  }

  /// The clause behind an item.
  private func note(_ item: Item) -> String {
    let lines = [item.text ?? item.title, item.scoring, item.source].compactMap(\.self)
    return String(lines.joined(separator: "\n").prefix(1000))
  }

  func allow(_ column: FactColumn, _ sheet: SheetWriter, _ range: CellRange) {
    switch column.content {
    case .claim: allow(.choices([text("yes")]), sheet, range)
    case .boolean: allow(.choices([text("yes"), text("no")]), sheet, range)
    case .level(let levels): allow(.choices(levels), sheet, range)
    case .entry: allow(.choices([text("present"), text("lacking")]), sheet, range)
    case .count, .awards: allow(.decimal(from: "0", to: "1000000"), sheet, range)
    case .number(.percent): allow(.decimal(from: "0", to: "100"), sheet, range)
    case .number(.count), .number(.positive): allow(.decimal(from: "0", to: "1000000000"), sheet, range)
    case .number(.any): allow(.decimal(from: "-1000000000", to: "1000000000"), sheet, range)
    case .text: break
    }
  }

  /// What a fact is in a cell.
  enum Entry {
    case number(Exact)
    case text(String)

    var plain: String {
      switch self {
      case .number(let number): number.plain
      case .text(let text): text
      }
    }
  }

  func write(
    _ column: FactColumn, _ subject: (row: FactsRow, key: String), _ sheet: SheetWriter, _ address: CellAddress
  ) {
    switch entry(column, subject.row.group, subject.key) {
    case .number(let number)?: write(number, sheet, address)
    case .text(let text)?: sheet.write(text, at: address, Look.input)
    case nil: break
    }
  }

  /// What a group's facts say in a column of one subject; nil: nothing.
  func entry(_ column: FactColumn, _ group: GroupFacts, _ subject: String) -> Entry? {
    guard var facts = group.items[column.item.id]?[subject] else { return nil }
    if case .claim = column.content { return .text(text("yes")) }
    for part in column.path.dropLast() {
      guard let inner = facts.parts[part] else { return nil }
      facts = inner
    }
    guard let name = column.path.last, let fact = facts.values[name] else { return nil }
    return switch (column.content, fact) {
    case (.number, .number(let number)): .number(number)
    case (.boolean, .boolean(let value)): .text(text(value ? "yes" : "no"))
    case (.text, .text(let text)), (.level, .text(let text)): .text(text)
    case (.entry(let id), .names(let names)): .text(text(names.contains(id) ? "lacking" : "present"))
    // A level the facts leave out had none: the sheet says so.
    case (.count(let level), .counts(let counts)): .number(counts[level] ?? .zero)
    case (.awards, .awards(let awards)): .number(Exact(awards.count))
    default: nil
    }
  }

  /// A drop-down of texts, each once.
  func offer(_ texts: [String], _ sheet: SheetWriter, _ range: CellRange) {
    var seen: Set<String> = []
    allow(.choices(texts.filter { seen.insert($0).inserted }), sheet, range)
  }

  /// One award a row.
  func writeAwards(_ book: WorkbookWriter, _ rows: [FactsRow]) {
    let columns = [false, true].flatMap { FactColumn.all(policy, ofSchools: $0, catalogue) }.filter {
      if case .awards = $0.content { true } else { false }
    }
    guard !columns.isEmpty else { return }
    let sheet = book.addSheet(named: text("awards"))
    writeHeads(sheet, FactsBook.awardColumns, widths: [8, 16, 16, 30, 16, 24])
    sheet.note(text("awards.note"), at: CellAddress(row: 1, column: 3))
    var awards: [(FactsRow, String, FactColumn, Fact.Award)] = []
    for row in rows {
      for column in columns {
        for key in row.group.keys(of: column.item.of) {
          var facts = row.group.items[column.item.id]?[key]
          for part in column.path.dropLast() { facts = facts?.parts[part] }
          guard case .awards(let list)? = column.path.last.flatMap({ facts?.values[$0] }) else { continue }
          awards += list.map { (row, key, column, $0) }
        }
      }
    }
    let last = awards.count + FactsBook.blankRows * 2 + 2
    for row in 3...last { for column in 1...6 { sheet.blank(CellAddress(row: row, column: column), Look.input) } }
    let titles = Dictionary(columns.map { ($0.code, "\($0.code) \($0.item.title)") }) { first, _ in first }
    let choices = columns.compactMap { $0.awardChoices(catalogue) }
    allow(.choices(columns.compactMap { titles[$0.code] }), sheet, CellRange(rows: 3...last, columns: 4...4))
    offer(choices.flatMap { $0.levels.map(\.title) }, sheet, CellRange(rows: 3...last, columns: 5...5))
    // Where one item leaves its kinds free, anything may be written.
    if !choices.contains(where: { $0.kinds.isEmpty }) {
      offer(choices.flatMap { $0.kinds.map(\.title) }, sheet, CellRange(rows: 3...last, columns: 6...6))
    }
    for (offset, (row, key, column, award)) in awards.enumerated() {
      func at(_ column: Int) -> CellAddress { CellAddress(row: offset + 3, column: column) }
      sheet.write(number: String(row.year), at: at(1), Look.input)
      sheet.write(row.group.id, at: at(2), Look.input)
      if key != groupKey { sheet.write(key, at: at(3), Look.input) }
      sheet.write(titles[column.code] ?? column.code, at: at(4), Look.input)
      let known = column.awardChoices(catalogue)
      sheet.write(known?.levels.first { $0.id == award.level }?.title ?? award.level, at: at(5), Look.input)
      if let kind = award.kind {
        sheet.write(known?.kinds.first { $0.id == kind }?.title ?? kind, at: at(6), Look.input)
      }
    }
  }
}
