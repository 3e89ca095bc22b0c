import Notation
public import Outcomes
public import Policies
import Rules
import Scoring
import Workbooks

/// A group's official score sheet, laid out as the document's own table (policy-format, «Sheet»).
public struct ScoreSheetBook {
  let policy: Policy
  let result: GroupResult
  let catalogue: Catalogue
  let columns: [SheetLayout.Column]
  let corrections: Corrections?
  private var wording: Wording { Wording(policy: policy, catalogue: catalogue) }

  /// What a stage recorded otherwise than the one before, in words.
  public struct Corrections: Sendable {
    public struct Line: Sendable {
      public let item: String
      public let field: String
      public let before: String
      public let after: String
      public let reason: String

      public init(item: String, field: String, before: String, after: String, reason: String) {
        self.item = item
        self.field = field
        self.before = before
        self.after = after
        self.reason = reason
      }
    }

    /// The sheet's name and the titles of its five columns.
    public let title: String
    public let columns: [String]
    public let lines: [Line]

    public init(title: String, columns: [String], lines: [Line]) {
      self.title = title
      self.columns = columns
      self.lines = lines
    }
  }

  /// - Parameters:
  ///   - result: whose sheet.
  ///   - corrections: told on a second sheet, where there are any.
  public init(policy: Policy, result: GroupResult, corrections: Corrections? = nil) {
    self.corrections = corrections
    self.policy = policy
    self.result = result
    catalogue = .of(language: policy.language)
    columns = policy.sheet.columns.isEmpty ? ScoreSheetBook.standard(catalogue) : policy.sheet.columns
  }

  /// The five columns of a table that a policy doesn't describe.
  static func standard(_ catalogue: Catalogue) -> [SheetLayout.Column] {
    ["indicator", "text", "points", "scoring", "score"].map {
      SheetLayout.Column(title: catalogue.text("sheet.column.\($0)"), show: $0, depth: 1)
    }
  }

  /// Writes the sheet to a file, A4 landscape, with room for seal and names.
  public func write(to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: policy.sheet.title) { book in
      let sheet = book.addSheet(named: SheetName.fitting(result.card.group.name ?? result.id, taken: []))
      for (index, column) in columns.enumerated() {
        sheet.setWidth(width(column), ofColumns: (index + 1)...(index + 1))
      }
      var row = writeHead(sheet)
      row = writeLines(sheet, from: row)
      row = writeTotals(sheet, from: row)
      writeFoot(sheet, from: row)
      var page = PageSetup()
      page.isLandscape = true
      page.repeatedRows = 3...3
      sheet.setPage(page)
      sheet.freeze(rows: 3)
      if let corrections, !corrections.lines.isEmpty { write(corrections, to: book) }
    }
  }

  private func write(_ corrections: Corrections, to book: WorkbookWriter) {
    let sheet = book.addSheet(named: SheetName.fitting(corrections.title, taken: []))
    for (index, column) in zip([24.0, 30, 30, 30, 40], corrections.columns).enumerated() {
      sheet.setWidth(column.0, ofColumns: (index + 1)...(index + 1))
      sheet.write(column.1, at: CellAddress(row: 1, column: index + 1), Look.head)
    }
    for (row, line) in corrections.lines.enumerated() {
      for (column, text) in [line.item, line.field, line.before, line.after, line.reason].enumerated() {
        sheet.write(text, at: CellAddress(row: row + 2, column: column + 1), Look.cell)
      }
    }
    var page = PageSetup()
    page.isLandscape = true
    page.repeatedRows = 1...1
    sheet.setPage(page)
    sheet.freeze(rows: 1)
  }

  private func width(_ column: SheetLayout.Column) -> Double {
    switch column.show {
    case "indicator": column.depth > 1 ? 18 : 12
    case "text": 52
    case "scoring": 30
    case "explanation": 40
    case "title", "evidence": 22
    case "of", "object", "methods": 14
    case "id": 7
    default: 9
    }
  }

  /// Says plainly where a sheet isn't an authority's own.
  private var title: String {
    guard policy.status == "illustrative" else { return policy.sheet.title }
    return catalogue.text("sheet.illustrative", ["title": .text(policy.sheet.title)])
  }

  private func across(_ row: Int) -> CellRange { CellRange(rows: row...row, columns: 1...columns.count) }

  private func writeHead(_ sheet: SheetWriter) -> Int {
    let group = result.card.group
    sheet.merge(across(1), title, Look.title)
    sheet.setHeight(32, ofRow: 1)
    let form = group.context.form.flatMap(policy.form)?.name ?? ""
    let line = catalogue.text(
      "sheet.head",
      [
        "group": .text(group.name ?? group.id), "form": .text(form),
        "lead": .text(group.lead.map { $0.name ?? $0.id } ?? ""), "year": .text(wording.schoolYear(result.year)),
        "members": .names(group.members.map { $0.name ?? $0.id }),
      ])
    sheet.merge(across(2), line, Look.plain)
    let sheetWidth = columns.map(width).reduce(0, +)
    sheet.setHeight(Look.height([(line, sheetWidth)]), ofRow: 2)
    for (index, column) in columns.enumerated() {
      sheet.write(column.title, at: CellAddress(row: 3, column: index + 1), Look.head)
    }
    sheet.setHeight(24, ofRow: 3)
    return 4
  }

  private func writeLines(_ sheet: SheetWriter, from first: Int) -> Int {
    let lines = result.card.lines + result.card.bonusLines
    for (offset, line) in lines.enumerated() {
      var texts: [(text: String, width: Double)] = []
      for (index, column) in columns.enumerated() where column.show != "indicator" {
        let address = CellAddress(row: first + offset, column: index + 1)
        switch column.show {
        case "points": sheet.write(number: line.item.points.decimalText, at: address, points)
        case "score": writeScore(line, sheet, address)
        default:
          let text = text(line, column)
          texts.append((text, width(column)))
          sheet.write(text, at: address, Look.cell)
        }
      }
      sheet.setHeight(Look.height(texts), ofRow: first + offset)
    }
    for (index, column) in columns.enumerated() where column.show == "indicator" {
      writeIndicators(lines, sheet, first: first, column: index + 1, depth: column.depth)
    }
    return first + lines.count
  }

  private var points: CellStyle { Look.centred.with { $0.numberFormat = catalogue.text("sheet.points.format") } }

  private func writeScore(_ line: Scorecard.Line, _ sheet: SheetWriter, _ address: CellAddress) {
    if let score = line.score {
      sheet.write(number: score.decimalText, at: address, Look.number(policy.rounding.places))
    } else {
      sheet.write(catalogue.text("sheet.unscored"), at: address, Look.centred)
    }
  }

  /// Indicators that run over several rows are one merged cell.
  private func writeIndicators(_ lines: [Scorecard.Line], _ sheet: SheetWriter, first: Int, column: Int, depth: Int) {
    var start = 0
    while start < lines.count {
      let text = indicator(lines[start].item, depth)
      var end = start
      while end + 1 < lines.count, indicator(lines[end + 1].item, depth) == text { end += 1 }
      let range = CellRange(rows: (first + start)...(first + end), columns: column...column)
      if range.isSingleCell {
        sheet.write(text, at: range.first, Look.centred)
      } else {
        sheet.merge(range, text, Look.centred)
      }
      start = end + 1
    }
  }

  private func indicator(_ item: Item, _ depth: Int) -> String {
    if item.isBonus {
      let under = item.node["under"]?.texts() ?? []
      return under.count >= depth ? under[depth - 1] : depth == 1 ? catalogue.text("sheet.bonus") : ""
    }
    guard item.indicators.count >= depth,
      let indicator = policy.scheme?.allIndicators.first(where: { $0.id == item.indicators[depth - 1] })
    else { return "" }
    guard let points = indicator.points else { return indicator.title }
    return catalogue.text("sheet.indicator", ["title": .text(indicator.title), "points": .number(points)])
  }

  private func text(_ line: Scorecard.Line, _ column: SheetLayout.Column) -> String {
    let item = line.item
    switch column.show {
    case "id": return item.id
    case "title": return item.title
    case "text": return wording.itemName(item, item.text)
    case "scoring": return item.scoring ?? ""
    case "of": return catalogue.text("of.\(item.of.rawValue)")
    case "object": return item.node["object"]?.text ?? catalogue.text("of.\(item.of.rawValue)")
    case "methods": return item.methods.map { catalogue.text("method.\($0)") }.joined(separator: "\n")
    case "evidence": return item.evidence.joined(separator: "\n")
    case "explanation": return catalogue.paragraph(line.reasons)
    default: return ""
    }
  }

  private func writeTotals(_ sheet: SheetWriter, from first: Int) -> Int {
    let card = result.card
    var rows = [("sheet.base", card.base)]
    if policy.bonus != nil { rows.append(("sheet.bonusTotal", card.bonus)) }
    rows.append((card.isComplete ? "sheet.total" : "sheet.provisional", card.total))
    for (offset, entry) in rows.enumerated() {
      let row = first + offset
      let label = CellRange(rows: row...row, columns: 1...max(1, columns.count - 1))
      sheet.merge(label, catalogue.text(entry.0), Look.head)
      sheet.write(
        number: entry.1.decimalText, at: CellAddress(row: row, column: columns.count),
        Look.number(policy.rounding.places, Look.head))
      sheet.setHeight(22, ofRow: row)
    }
    let row = first + rows.count
    let grade = result.grade ?? catalogue.text("sheet.noGrade")
    let vetoes = wording.vetoes(result)
    let line = catalogue.text(
      vetoes.isEmpty ? "sheet.grade" : "sheet.grade.vetoed", ["grade": .text(grade), "vetoes": .names(vetoes)])
    sheet.merge(across(row), line, Look.head)
    sheet.setHeight(22, ofRow: row)
    return row + 1
  }

  private func writeFoot(_ sheet: SheetWriter, from row: Int) {
    if !result.card.unscored.isEmpty {
      let missing = catalogue.text("sheet.missing", ["missing": .names(wording.missing(result))])
      sheet.merge(across(row), missing, Look.plain)
      sheet.setHeight(Look.height([(missing, columns.map(width).reduce(0, +))]), ofRow: row)
    }
    sheet.merge(across(row + 1), catalogue.text("sheet.seal"), Look.plain.with { $0.horizontal = .right })
    sheet.setHeight(60, ofRow: row + 1)
    sheet.merge(across(row + 2), catalogue.text("sheet.signatures"), Look.plain)
    sheet.setHeight(28, ofRow: row + 2)
  }
}
