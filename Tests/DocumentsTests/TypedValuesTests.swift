import Documents
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing
import Workbooks

/// What people type into a workbook, read as they meant it.
@Suite struct TypedValuesTests {
  /// The first group as read after these edits, which must be sound.
  private func group(_ edit: (inout EditedBook) -> Void) throws -> GroupFacts {
    let policy = try Sample("ankang-2022").policy
    let (facts, wrong) = Written.facts(BookProblemTests.facts, for: policy)
    #expect(wrong == [])
    return try Repository.withFolder { folder in
      let path = folder + "/facts.xlsx"
      try FactsBook(policy: policy).write(facts, to: path)
      var book = try EditedBook(path)
      edit(&book)
      try book.write(to: path)
      let (root, form) = try FactsBookReader.read(path, for: policy)
      let read = FactsReader.read(root, for: policy)
      #expect((form + read.problems).map { $0.line(in: .chinese) } == [])
      return try #require(read.facts.years.first?.groups.first)
    }
  }

  @Test(arguments: [
    ("Excel 里键入 8.4%", EditedBook.Content.percent("0.084")), ("Excel 存下的尾数", .percent("8.4000000000000005E-2")),
    ("键入 8.4", .number("8.4")), ("文字 8.4%", .text("8.4%")), ("文字 8.4 ％", .text(" 8.4 ％ ")),
  ])
  func `a percentage is what its cell shows`(name: String, content: EditedBook.Content) throws {
    let group = try group { $0.set("集团数据", $0.address("集团数据", "4/exchange_rate", row: 5), content) }
    #expect(group.items["4"]?[groupKey]?.values["exchange_rate"] == .number(.decimal("8.4")))
  }

  @Test(arguments: [
    ("publicity/awards", "省级", "媒体宣传交流"), ("publicity/awards 特色经验与宣传交流", "省级", "media"),
    ("publicity/awards\n特色经验与宣传交流", "provincial", "媒体宣传交流"),
  ])
  func `an award may be written in words or ids`(code: String, level: String, kind: String) throws {
    let group = try group {
      for (column, text) in [("D", code), ("E", level), ("F", kind)] { $0.set("奖项", column + "3", .text(text)) }
    }
    let awards = [Fact.Award(level: "provincial", kind: "media")]
    #expect(group.items["publicity"]?[groupKey]?.values["awards"] == .awards(awards))
    #expect(group.bonusItems == ["publicity"])
  }

  @Test func `awards are written in words`() throws {
    let policy = try Sample("ankang-2022").policy
    let (facts, _) = Written.facts(BookProblemTests.facts, for: policy)
    let written = try WrittenBook.of { try FactsBook(policy: policy).write(facts, to: $0) }
    let row = written.book.sheet(named: "奖项")?.row(3).map(\.cell.written)
    #expect(row == ["2022", "g1", "publicity/awards 特色经验与宣传交流", "省级", "媒体宣传交流"])
  }

  @Test func `a group that isn't registered is told once`() throws {
    let problems = try BookProblemTests.problems([
      Slip("schools and facts of g7") {
        for row in [7, 8] {
          $0.set("学校", "A\(row)", .number("2022"))
          $0.set("学校", "B\(row)", .text("g7"))
          $0.set("学校", "C\(row)", .text("s\(row)"))
        }
        $0.set("集团数据", "A7", .number("2022"))
        $0.set("集团数据", "B7", .text("g7"))
      }
    ])
    #expect(problems.count == 1 && problems[0].contains("学校!B7: “集团”表里没有 2022 年的集团“g7”"), "\(problems)")
  }

  @Test func `a group whose own row is refused is not told as missing too`() throws {
    let problems = try BookProblemTests.problems([
      Slip("g2 in no year") { $0.set("集团", "A4", .text("去年")) }
    ])
    #expect(problems.count == 1 && problems[0].contains("集团!A4: 年度应是四位整数"), "\(problems)")
  }

  @Test func `rows of groups where none is registered are told`() throws {
    let problems = try BookProblemTests.problems([
      Slip("an empty register") {
        for row in [3, 4] { for column in "ABCDEFG" { $0.set("集团", "\(column)\(row)", nil) } }
      }
    ])
    #expect(problems.contains { $0.contains("“集团”表里没有 2022 年的集团“g1”") }, "\(problems)")
  }
}
