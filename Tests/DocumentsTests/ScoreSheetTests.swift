import Documents
import Fixtures
import Notation
import Outcomes
import Policies
import Rules
import Scoring
import Testing
import Workbooks

/// A group's official score sheet, read back.
@Suite struct ScoreSheetTests {
  /// A sheet with the result it tells.
  struct Told {
    let policy: Policy
    let result: GroupResult
    let written: WrittenBook
    let sheet: WrittenSheet

    init(_ id: String, groups: Int = 3, change: (GroupFacts, Policy) -> GroupFacts = { group, _ in group }) throws {
      let sample = try Sample(id, groups: groups)
      policy = sample.policy
      let facts = sample.facts { group, _ in group = change(group, sample.policy) }
      let result = try #require(Confirmation(policy: sample.policy).results(facts).all.last)
      written = try WrittenBook.of { try ScoreSheetBook(policy: sample.policy, result: result).write(to: $0) }
      sheet = try #require(written.sheet(written.book.sheets[0].name))
      self.result = result
    }

    var scoreColumn: Int { policy.sheet.columns.firstIndex { $0.show == "score" }.map { $0 + 1 } ?? 5 }
    var lines: [Scorecard.Line] { result.card.lines + result.card.bonusLines }

    func number(row: Int, _ column: Int) -> Exact? {
      guard case .number(let text)? = sheet.sheet[CellAddress(row: row, column: column)] else { return nil }
      return Exact(decimal: text)
    }

    /// The row whose first cell says this.
    func row(_ text: String) -> Int? {
      sheet.sheet.all.first { $0.address.column == 1 && $0.cell.written.hasPrefix(text) }?.address.row
    }

    /// The sum beside a label.
    func sum(_ text: String) -> Exact? { row(text).flatMap { number(row: $0, policy.sheet.columns.count) } }
  }

  @Test(arguments: Sample.ids)
  func `says every score of the card, and the sums of its own lines`(id: String) throws {
    let told = try Told(id)
    let card = told.result.card
    #expect(card.isComplete)
    for (offset, line) in told.lines.enumerated() {
      #expect(told.number(row: 4 + offset, told.scoreColumn) == line.score, "\(line.item.id)")
    }
    let lines = card.lines.indices.compactMap { told.number(row: 4 + $0, told.scoreColumn) }
    #expect(told.sum("指标得分合计") == lines.reduce(.zero, +))
    #expect(told.sum("指标得分合计") == card.base)
    #expect(told.sum("总分") == card.total)
    if told.policy.bonus != nil {
      let row = try #require(told.row("总分"))
      #expect(told.number(row: row - 1, told.policy.sheet.columns.count) == card.bonus)
      #expect(card.base + card.bonus == card.total)
    }
  }

  @Test func `the heads are those of the document's own table`() throws {
    let told = try Told("ankang-2022")
    #expect(told.sheet.sheet["A1"] == .text("安康市中心城区集团化办学改革考核评价指标及计分办法"))
    #expect(told.sheet.sheet.row(3).map(\.cell.written) == ["指标", "考核评价内容", "分值", "计分办法", "赋分"])
    #expect(told.sheet.sheet.mergedRange(at: cell("A1")) == CellRange("A1:E1"))
  }

  @Test func `an indicator over several items is one merged cell`() throws {
    let told = try Told("ankang-2022")
    #expect(told.sheet.sheet["A4"] == .text("制度建设\n15分"))
    #expect(told.sheet.sheet.mergedRange(at: cell("A4")) == CellRange("A4:A6"))
    #expect(told.sheet.sheet.mergedRange(at: cell("A7")) == CellRange("A7:A10"))
    for merged in told.sheet.sheet.merged where merged.columns == 1...1 {
      let items = merged.rows.map { told.lines[$0 - 4].item }
      #expect(Set(items.map(\.indicators.first)).count == 1)
    }
  }

  @Test(arguments: Sample.ids)
  func `is A4 across, with room for seal, names and date`(id: String) throws {
    let told = try Told(id)
    #expect(told.sheet.isLandscapeA4)
    #expect(told.row("考核单位（盖章）") != nil)
    let signatures = try #require(told.row("填表人"))
    let text = try #require(told.sheet.sheet[CellAddress(row: signatures, column: 1)]?.written)
    for word in ["填表人", "审核人", "日期"] { #expect(text.contains(word)) }
    #expect(signatures == told.sheet.sheet.lastRow)
  }

  @Test func `says who is told of: group, form, lead, members and year`() throws {
    let told = try Told("ankang-2022")
    let group = told.result.card.group
    let head = try #require(told.sheet.sheet["A2"]?.written)
    #expect(head.contains("集团：\(try #require(group.name))"))
    #expect(head.contains("核心校：\(try #require(group.lead?.name))"))
    for member in group.members { #expect(head.contains(try #require(member.name))) }
    #expect(head.contains("2022—2023"))
  }

  @Test func `what is not scored is named and no number, and the sum is provisional`() throws {
    let told = try Told("ankang-2022") { group, _ in
      var group = group
      group.items["4"] = nil
      return group
    }
    let row = 4 + (told.lines.firstIndex { $0.item.id == "4" } ?? 0)
    #expect(told.sheet.sheet[CellAddress(row: row, column: 5)] == .text("未评"))
    #expect(told.sum("总分（尚有未评项目，暂计）") == told.result.card.total)
    let missing = try #require(told.row("缺少的数据").flatMap { told.sheet.sheet[CellAddress(row: $0, column: 1)] })
    #expect(missing.written.contains("4.教师交流比例：教师交流比例、"))
    #expect(told.row("等次：未定") != nil)
  }

  @Test func `what is missing of a school names the school`() throws {
    let told = try Told("ankang-2022") { group, _ in
      var group = group
      group.items["11"] = nil
      return group
    }
    let missing = try #require(told.row("缺少的数据").flatMap { told.sheet.sheet[CellAddress(row: $0, column: 1)] })
    let group = told.result.card.group
    let item = try #require(told.lines.first { $0.item.id == "11" }?.item)
    let asked = group.schools.filter { group.keys(of: item.of).contains($0.id) }
    #expect(!asked.isEmpty)
    for school in asked {
      #expect(missing.written.contains("（\(try #require(school.name))）"), "\(missing.written)")
    }
    #expect(missing.written.contains("11.学年度教学质量评价：") && !missing.written.contains("11/"))
  }

  static let names = [
    "=1+1", "+86", "-分校", "@SUM(A1)", "\t制表", "a/b:c*d?e[f]", "'引号'", "很长的名字很长的名字很长的名字很长的名字很长的名字",
  ]

  @Test(arguments: names)
  func `a name is text on the sheet and its tab, never a formula`(name: String) throws {
    let told = try Told("ankang-2022") { group, _ in group.named(name) { _ in name } }
    #expect(!told.sheet.hasFormulas)
    #expect(told.sheet.sheet["A2"]?.written.contains("集团：\(name)") == true)
    #expect(told.written.book.sheets.count == 1)
    #expect((1...31).contains(told.written.book.sheets[0].name.count))
  }
}
