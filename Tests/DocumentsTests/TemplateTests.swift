import Documents
import Fixtures
import Notation
import Policies
import Rules
import Scoring
import Testing
import Workbooks

/// What a school or a group gets to fill in.
@Suite struct TemplateTests {
  let written: WrittenBook
  let policy: Policy

  init() throws {
    let sample = try Sample("ankang-2022")
    policy = sample.policy
    written = try TemplateTests.template(sample.policy)
  }

  static func template(_ policy: Policy) throws -> WrittenBook {
    try WrittenBook.of { try FactsBook(policy: policy).write(nil, to: $0) }
  }

  /// The codes of a sheet's columns and where each stands.
  static func columns(_ sheet: WrittenSheet?) -> [(code: String, column: Int)] {
    (sheet?.sheet.row(4) ?? []).map { ($0.cell.written, $0.address.column) }
      .filter { !["year", "group", "school"].contains($0.0) }
  }

  /// All inputs a policy asks for, as `item/part/input`.
  static func inputs(_ policy: Policy, ofSchools: Bool) -> [String] {
    func inside(_ rule: any Rule, _ needs: [Need], _ path: String) -> [String] {
      RulePart.of(rule).flatMap { inside($0.rule, $0.needs, "\(path)/\($0.id)") } + needs.map { "\(path)/\($0.name)" }
    }
    return policy.allItems.filter { ($0.of != .group) == ofSchools }.flatMap { inside($0.rule, $0.needs, $0.id) }
  }

  @Test(arguments: Sample.ids)
  func `has every input once, in the order of the document`(id: String) throws {
    let policy = try Sample(id).policy
    let written = try Self.template(policy)
    for (name, ofSchools) in [("集团数据", false), ("学校数据", true)] {
      let codes = Self.columns(written.sheet(name)).map(\.code)
      #expect(Set(codes).count == codes.count, "a column twice")
      var inputs: [String] = []
      for code in codes where !code.hasSuffix("#claim") {
        let input = String(code.prefix { $0 != "#" })
        if inputs.last != input { inputs.append(input) }
      }
      #expect(inputs == Self.inputs(policy, ofSchools: ofSchools))
      let claims = codes.filter { $0.hasSuffix("#claim") }
      let bonus = policy.allItems.filter { $0.isBonus && ($0.of != .group) == ofSchools }
      #expect(claims == bonus.map { "\($0.id)#claim" })
    }
  }

  @Test func `asks for an item's parts and entries as the document lists them`() throws {
    let codes = Self.columns(written.sheet("集团数据")).map(\.code)
    #expect(codes.filter { $0.hasPrefix("4/") } == ["4/exchange_rate", "4/backbone_share"])
    #expect(
      codes.filter { $0.hasPrefix("6/") } == [
        "6/rotation_training/done", "6/rotation_training/required", "6/ethics/met", "6/basic_skills/met",
        "6/abilities/lacking#moral", "6/abilities/lacking#classroom", "6/abilities/lacking#design",
        "6/abilities/lacking#experiment", "6/abilities/lacking#family", "6/mentoring/met",
      ])
  }

  @Test func `its sheets are the guide, the registers and what is asked`() {
    #expect(
      written.book.sheets.map(\.name) == ["填写说明", "集团", "学校", "集团数据", "学校数据", "奖项"])
    #expect(written.sheet("填写说明")?.sheet["B2"] == .text("ankang-2022"))
  }

  @Test(arguments: Sample.ids)
  func `everything but the cells to fill is locked`(id: String) throws {
    let written = try Self.template(try Sample(id).policy)
    for sheet in written.book.sheets where sheet.name != "lists" {
      #expect(try #require(written.sheet(sheet.name)).isProtected, "\(sheet.name)")
    }
    for (name, head, first) in [("集团", 2, 3), ("学校", 2, 3), ("集团数据", 4, 5), ("学校数据", 4, 5)] {
      guard let sheet = written.sheet(name) else { continue }
      for column in 1...sheet.sheet.row(head).count {
        for row in 1...head where sheet.sheet[CellAddress(row: row, column: column)] != nil {
          #expect(!sheet.isOpen(CellAddress(row: row, column: column)), "\(name) \(row) \(column)")
        }
        #expect(sheet.isOpen(CellAddress(row: first, column: column)), "\(name) \(first) \(column)")
      }
    }
  }

  @Test(arguments: [
    ("1/lacking#charter", ["有", "缺"]), ("2/development_plan/met", ["是", "否"]),
  ])
  func `what can be chosen has a drop-down`(code: String, words: [String]) throws {
    let sheet = try #require(written.sheet("集团数据"))
    let column = try #require(Self.columns(sheet).first { $0.code == code }?.column)
    #expect(sheet.choices(CellAddress(row: 5, column: column)) == words)
    #expect(sheet.choices(CellAddress(row: 64, column: column)) == words)
  }

  @Test func `forms, roles and claims have drop-downs too`() throws {
    #expect(written.sheet("集团")?.choices(cell("D3")) == ["一体型", "托管型", "协作型"])
    #expect(written.sheet("学校")?.choices(cell("E3")) == ["核心校", "成员校"])
    let sheet = try #require(written.sheet("集团数据"))
    let claims = Self.columns(sheet).filter { $0.code.hasSuffix("#claim") }
    #expect(!claims.isEmpty)
    for claim in claims { #expect(sheet.choices(CellAddress(row: 5, column: claim.column)) == ["是"]) }
  }

  @Test func `percentages take 0 to 100, counts nothing below 0`() throws {
    let sheet = try #require(written.sheet("集团数据"))
    func numbers(_ code: String) throws -> String? {
      let column = try #require(Self.columns(sheet).first { $0.code == code }?.column)
      return sheet.numbers(CellAddress(row: 5, column: column))
    }
    #expect(try numbers("4/exchange_rate") == "0…100")
    #expect(try numbers("3/meetings_autumn/value")?.hasPrefix("0…") == true)
  }

  @Test(arguments: Sample.ids)
  func `the clause behind every item is its head's note`(id: String) throws {
    let policy = try Sample(id).policy
    let written = try Self.template(policy)
    for (name, ofSchools) in [("集团数据", false), ("学校数据", true)] {
      let columns = Self.columns(written.sheet(name))
      for item in policy.allItems where (item.of != .group) == ofSchools {
        guard let first = columns.first(where: { $0.code.prefix { $0 != "/" && $0 != "#" } == item.id }) else {
          continue
        }
        let sheet = try #require(written.sheet(name))
        let head = CellAddress(row: 1, column: first.column)
        #expect(sheet.sheet[head]?.written == Sample.name(item))
        let note = try #require(sheet.note("\(head)"), "\(item.id) has no note")
        #expect(note.contains(item.source.prefix(20)), "\(item.id)")
      }
    }
  }

  @Test func `awards are chosen in words, the code with its item's title`() throws {
    let sheet = try #require(written.sheet("奖项"))
    #expect(sheet.choices(cell("D3")) == ["publicity/awards 特色经验与宣传交流"])
    #expect(sheet.choices(cell("E3")) == ["国家级", "省级", "市级"])
    #expect(sheet.choices(cell("F3")) == ["具有推广价值的经验", "媒体宣传交流"])
  }

  @Test func `the guide numbers what the policy has decided`() throws {
    let sheet = try #require(written.book.sheet(named: "填写说明"))
    let head = try #require(sheet.all.first { $0.cell == .text("本办法的读法（决定）") }?.address.row)
    let decided = policy.decisions.filter(\.binds)
    #expect(!decided.isEmpty && sheet.lastRow == head + decided.count)
    for (number, decision) in zip(1..., decided) {
      #expect(sheet[CellAddress(row: head + number, column: 1)]?.written == "\(number)")
      let line = sheet[CellAddress(row: head + number, column: 2)]?.written
      #expect(line?.hasPrefix(decision.question) == true)
    }
  }

  @Test(arguments: Sample.ids)
  func `what an item doesn't ask of a school can't be filled in for it`(id: String) throws {
    let sample = try Sample(id, groups: 1)
    let facts = sample.facts(years: 2022...2022)
    let group = try #require(facts.years.first?.groups.first)
    let written = try WrittenBook.of { try FactsBook(policy: sample.policy).write(facts, to: $0) }
    guard let sheet = written.sheet("学校数据") else { return }
    for (row, school) in zip(5..., group.schools) {
      #expect(sheet.sheet[CellAddress(row: row, column: 3)]?.written == school.id)
      for (code, column) in Self.columns(sheet) {
        let item = try #require(sample.policy.allItems.first { $0.id == code.prefix { $0 != "/" && $0 != "#" } })
        let isAsked = group.keys(of: item.of).contains(school.id)
        #expect(sheet.isOpen(CellAddress(row: row, column: column)) == isAsked, "\(school.id) \(code)")
      }
    }
  }

  @Test func `left empty it is read as nothing at all`() throws {
    let sample = try Sample("ankang-2022")
    let read = try Repository.withFolder { folder in
      try FactsBook(policy: policy).write(nil, to: folder + "/facts.xlsx")
      return try sample.read(folder + "/facts.xlsx")
    }
    #expect(read.problems == [])
    #expect(read.facts.years.isEmpty)
  }

  @Test func `the same facts make the same file`() throws {
    let sample = try Sample("ankang-2022", groups: 2)
    let files = try Repository.withFolder { folder in
      try ["a", "b"].map { name in
        try FactsBook(policy: policy).write(sample.facts(), to: "\(folder)/\(name).xlsx")
        return try PolicyFiles.bytes("\(folder)/\(name).xlsx", most: 1 << 24)
      }
    }
    #expect(files[0] == files[1])
  }
}
