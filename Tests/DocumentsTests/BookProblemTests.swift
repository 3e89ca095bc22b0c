import Documents
import Fixtures
import Foundation
import Notation
import Policies
import Rules
import Scoring
import Testing

/// Workbooks with something wrong in them: sheet, cell, what, what to do, all at once.
@Suite struct BookProblemTests {
  /// Two groups: row 3 of the registers, row 5 of the data, and the next.
  static let facts = """
    years:
      - year: 2022
        groups:
          - id: g1
            name: 江北教育集团
            form: integrated
            formed: 2020-09-01
            schools: [{id: s1, role: lead, pupils: 900}, {id: s2, role: member, pupils: 400}]
            facts:
              "1": {group: {lacking: [duties]}}
              "4": {group: {exchange_rate: 8.4, backbone_share: 25}}
              "11": {s1: {level: 优秀}, s2: {level: 良好}}
            bonus: {publicity: {group: {awards: [{level: provincial, kind: media}]}}}
          - id: g2
            form: collaborative
            schools: [{id: s3, role: lead}, {id: s4, role: member}]
    """

  /// What is wrong with a workbook after these edits, with the folder left out of the file's name.
  static func problems(_ edits: [Slip]) throws -> [String] {
    let policy = try Sample("ankang-2022").policy
    let (facts, wrong) = Written.facts(facts, for: policy)
    #expect(wrong == [])
    return try Repository.withFolder { folder in
      let path = folder + "/facts.xlsx"
      try FactsBook(policy: policy).write(facts, to: path)
      var book = try EditedBook(path)
      for edit in edits { edit.edit(&book) }
      try book.write(to: path)
      let (root, form) = try FactsBookReader.read(path, for: policy)
      let lines = (form + FactsReader.read(root, for: policy).problems).map { $0.line(in: .chinese) }
      return lines.map { $0.replacing(folder + "/", with: "") }
    }
  }

  @Test func `the edited copy without edits is sound`() throws { #expect(try Self.problems([]) == []) }

  @Test(arguments: Slip.ofForm + Slip.ofFacts)
  func `names the sheet and the cell`(slip: Slip) throws {
    let problems = try Self.problems([slip])
    for sentence in slip.says { #expect(problems.contains { $0.contains(sentence) }, "\(problems)") }
    #expect(problems.count == slip.says.count, "\(problems)")
    #expect(problems.allSatisfy { $0.hasPrefix("facts.xlsx") })
  }

  @Test func `every problem a workbook alone can have is provoked here`() {
    let known = Catalogue.chinese.keys.filter { $0.hasPrefix("problem.excel.") && !$0.hasSuffix(".do") }
    #expect(Set(Slip.ofForm.map { "problem.\($0.key)" }) == Set(known))
  }

  @Test func `all problems are told at once, each once`() throws {
    // These would hide or move what others say.
    let apart: Set = [
      "excel.policy", "excel.heads", "excel.sheet", "excel.key", "excel.row.twice", "excel.award.input",
      "excel.award.unused", "excel.claim",
    ]
    let together = Slip.ofForm.filter { !apart.contains($0.key) }
    let problems = try Self.problems(together)
    for slip in together {
      for sentence in slip.says { #expect(problems.contains { $0.contains(sentence) }, "\(slip.key) \(problems)") }
    }
    #expect(problems.count == together.flatMap(\.says).count)
    let names = ["集团", "学校", "集团数据", "学校数据", "奖项"]
    let sheets = problems.map { problem in names.firstIndex { problem.hasPrefix("facts.xlsx \($0)!") } }
    #expect(sheets == sheets.sorted { ($0 ?? -1) < ($1 ?? -1) }, "not in the order of the sheets: \(problems)")
  }

  @Test func `a workbook made for another policy is refused`() throws {
    let other = try Sample("suizhou-2022", groups: 2)
    let policy = try Sample("ankang-2022").policy
    let problems = try Repository.withFolder { folder in
      try FactsBook(policy: other.policy).write(other.facts(), to: folder + "/f.xlsx")
      return try FactsBookReader.read(folder + "/f.xlsx", for: policy).problems.map { $0.line(in: .chinese) }
    }
    #expect(problems.count == 1, "nothing else is told of it: \(problems)")
    #expect(problems.contains { $0.contains("填写说明!B2: 这份表格是为办法“suizhou-2022”制作的，不是“ankang-2022”") })
  }

  @Test(arguments: ["not a workbook", ""])
  func `a file that is no workbook is refused in a sentence`(content: String) throws {
    let policy = try Sample("ankang-2022").policy
    try Repository.withFolder { folder in
      let path = folder + "/f.xlsx"
      try Data(content.utf8).write(to: URL(fileURLWithPath: path))
      do throws(WorkbookTrouble) {
        _ = try FactsBookReader.read(path, for: policy)
        Issue.record("read")
      } catch {
        #expect(error.messages.count == 1)
        for message in error.messages {
          let text = Catalogue.chinese.text(message)
          #expect(text.contains("。") && !text.contains("workbook"), "\(text)")
        }
      }
    }
  }

  @Test(arguments: [
    ("汉字编号", EditedBook.Content.text("集团甲"), "集团甲"), ("数字编号", .number("7"), "7"),
  ])
  func `an id may be a number or any text`(name: String, content: EditedBook.Content, id: String) throws {
    let policy = try Sample("ankang-2022").policy
    try Repository.withFolder { folder in
      let path = folder + "/f.xlsx"
      try FactsBook(policy: policy).write(nil, to: path)
      var book = try EditedBook(path)
      book.set("集团", "A3", .number("2022"))
      book.set("集团", "B3", content)
      book.set("集团", "D3", .text(" 一体型 "))
      book.set("集团", "F3", .date("2020-09-01"))
      book.set("集团", "G3", .text("弄虚作假、重大责任事件"))
      book.set("学校", "A3", .text("2022"))
      book.set("学校", "B3", .text(id))
      book.set("学校", "C3", .number("1"))
      book.set("学校", "E3", .text("核心校"))
      try book.write(to: path)
      let (root, problems) = try FactsBookReader.read(path, for: policy)
      let read = FactsReader.read(root, for: policy)
      #expect((problems + read.problems).map { $0.line(in: .chinese) } == [])
      let group = try #require(read.facts.years.first?.groups.first)
      #expect(group.id == id)
      #expect(group.formed?.text == "2020-09-01")
      #expect(group.context.form == "integrated")
      #expect(group.vetoes == ["falsification", "major-incident"])
      #expect(group.schools.map(\.id) == ["1"])
    }
  }
}
