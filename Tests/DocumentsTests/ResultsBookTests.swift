import Documents
import Fixtures
import Notation
import Outcomes
import Policies
import Rules
import Scoring
import Testing
import Workbooks

/// The workbook of all results, read back.
@Suite struct ResultsBookTests {
  let policy: Policy
  let results: Results
  let written: WrittenBook

  init() throws {
    let sample = try Sample("ankang-2022", groups: 8)
    let facts = sample.facts { group, index in
      if index == 2 { group = group.named("=HYPERLINK(\"http://x.cn\")") { _ in "@校" } }
      if index == 3 { group.items["4"] = nil }
    }
    let results = Confirmation(policy: sample.policy).results(facts)
    policy = sample.policy
    self.results = results
    written = try WrittenBook.of { try ResultsBook(policy: sample.policy, results: results).write(to: $0) }
  }

  private func number(_ sheet: Sheet, _ row: Int, _ column: Int) -> Exact? {
    guard case .number(let text)? = sheet[CellAddress(row: row, column: column)] else { return nil }
    return Exact(decimal: text)
  }

  private var lastYear: [GroupResult] { results.years.last?.groups ?? [] }

  private func result(named name: String) throws -> GroupResult {
    try #require(lastYear.first { $0.card.group.name == name })
  }

  @Test func `has ranks, rates, reasons and years`() {
    #expect(written.book.sheets.map(\.name) == ["结果", "得分率", "得分理由", "历年"])
    for sheet in written.allSheets { #expect(sheet.contains("orientation=\"landscape\"")) }
    #expect(written.book.sheets.allSatisfy { written.sheet($0.name)?.isLandscapeA4 == true })
  }

  @Test func `prints the list of ranks, and of the reasons only how to print them`() throws {
    let names = written.text("xl/workbook.xml")
    let last = lastYear.count + 2
    #expect(names.contains("'结果'!$A$1:$L$\(last)") || names.contains("结果!$A$1:$L$\(last)"))
    #expect(names.contains("'得分理由'!$A$1:$F$1") || names.contains("得分理由!$A$1:$F$1"))
    let title = try #require(written.book.sheet(named: "得分理由")?[CellAddress(row: 1, column: 1)]?.written)
    #expect(title.contains("打印区域"))
  }

  @Test func `ranks come first to last, each with base, bonus and total`() throws {
    let sheet = try #require(written.book.sheet(named: "结果"))
    #expect(
      sheet.row(2).map(\.cell.written) == [
        "名次", "集团", "辖区", "类型", "基础分", "加分", "总分", "等次", "升降", "否决情形", "结果运用", "缺少的数据",
      ])
    var ranks: [Int] = []
    for row in 3..<(3 + lastYear.count) {
      let name = try #require(sheet[CellAddress(row: row, column: 2)]?.written)
      let result = try result(named: name)
      #expect(number(sheet, row, 1)?.integer == result.rank)
      #expect(number(sheet, row, 5) == result.card.base)
      #expect(number(sheet, row, 6) == result.card.bonus)
      #expect(number(sheet, row, 7) == result.card.total)
      #expect(try #require(number(sheet, row, 5)) + #require(number(sheet, row, 6)) == result.card.total)
      #expect(number(sheet, row, 9)?.integer == result.rankChange)
      let vetoes = result.card.group.vetoes.map { id in policy.vetoes.first { $0.id == id }?.title ?? id }
      #expect((sheet[CellAddress(row: row, column: 10)]?.written ?? "") == vetoes.joined(separator: "\n"))
      if let rank = result.rank { ranks.append(rank) }
    }
    #expect(ranks == ranks.sorted() && ranks.count == lastYear.count - 1)
    #expect(lastYear.contains { !$0.card.group.vetoes.isEmpty } && lastYear.contains { ($0.rankChange ?? 0) != 0 })
    #expect(written.sheet("结果")?.styles.contains("+0;-0;0") == true)
  }

  @Test func `the reasons' scores sum to base and bonus`() throws {
    let sheet = try #require(written.book.sheet(named: "得分理由"))
    var sums: [String: Exact] = [:]
    for row in 3...sheet.lastRow {
      let name = try #require(sheet[CellAddress(row: row, column: 1)]?.written)
      sums[name, default: .zero] += number(sheet, row, 4) ?? .zero
      #expect(sheet[CellAddress(row: row, column: 5)]?.written.isEmpty == false, "no reason in row \(row)")
      #expect(sheet[CellAddress(row: row, column: 6)]?.written.hasPrefix("附件4") == true)
    }
    #expect(sums.count == lastYear.count)
    for (name, sum) in sums { #expect(sum == (try result(named: name)).card.total, "\(name)") }
  }

  @Test func `the rates are percent of the item's points, a dash where nothing is scored`() throws {
    let sheet = try #require(written.book.sheet(named: "得分率"))
    let heads = sheet.row(2).dropFirst().map(\.cell.written)
    #expect(heads == policy.allItems.map(Sample.name))
    for row in 3..<(3 + lastYear.count) {
      let result = try result(named: try #require(sheet[CellAddress(row: row, column: 1)]?.written))
      for line in result.card.lines {
        let column = try #require(policy.allItems.firstIndex { $0.id == line.item.id }) + 2
        let rate = line.score.map { ($0 * .hundred / line.item.points).rounded(Rounding(places: 1, mode: .halfUp)) }
        #expect(number(sheet, row, column) == rate)
        if rate == nil { #expect(sheet[CellAddress(row: row, column: column)] == .text("—")) }
      }
    }
  }

  @Test func `the years stand side by side`() throws {
    let sheet = try #require(written.book.sheet(named: "历年"))
    #expect(
      sheet.row(2).map(\.cell.written) == [
        "集团", "2021—2022 总分", "2021—2022 名次", "2021—2022 等次", "2022—2023 总分", "2022—2023 名次",
        "2022—2023 等次",
      ])
    for row in 3..<(3 + lastYear.count) {
      let group = try result(named: try #require(sheet[CellAddress(row: row, column: 1)]?.written))
      for (index, year) in results.years.enumerated() {
        let result = try #require(year.groups.first { $0.id == group.id })
        #expect(number(sheet, row, index * 3 + 2) == result.card.total)
        #expect(number(sheet, row, index * 3 + 3)?.integer == result.rank)
        #expect(sheet[CellAddress(row: row, column: index * 3 + 4)]?.written == result.grade ?? "—")
      }
    }
  }

  @Test func `a name that looks like a formula is text wherever it stands`() {
    for sheet in written.book.sheets {
      #expect(written.sheet(sheet.name)?.hasFormulas == false)
      #expect(sheet.all.contains { $0.cell == .text("=HYPERLINK(\"http://x.cn\")") }, "\(sheet.name)")
    }
  }

  @Test func `a missing fact is named and the group has no rank`() throws {
    let sheet = try #require(written.book.sheet(named: "结果"))
    let row = 2 + lastYear.count
    #expect(sheet[CellAddress(row: row, column: 1)] == .text("—"))
    #expect(sheet[CellAddress(row: row, column: 12)] == .text("4.教师交流比例：教师交流比例\n4.教师交流比例：交流教师中骨干教师比例"))
  }

  @Test func `one year can be chosen`() throws {
    let written = try WrittenBook.of { try ResultsBook(policy: policy, results: results, year: 2022).write(to: $0) }
    #expect(written.book.sheets[0]["A1"]?.written.contains("2021—2022 学年") == true)
  }
}
