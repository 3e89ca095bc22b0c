import Documents
import Fixtures
import Foundation
import Ledgers
import Notation
import People
import Testing
import Workbooks

/// Workbooks of records: lossless, and every fault with its cell.
@Suite struct LedgerBookTests {
  static let teachers = [
    Teacher(id: ID(71), school: LedgerTown.lead, code: "T1", name: "张三"),
    Teacher(id: ID(72), school: LedgerTown.lead, code: "T2", name: "李四"),
  ]
  static let lead = Viewer.Post(
    appointment: ID(1), role: .lead, authority: ID(2), authorityName: "", level: "district", school: LedgerTown.lead,
    schoolName: nil)
  static let member = Viewer.Post(
    appointment: ID(1), role: .member, authority: ID(2), authorityName: "", level: "district",
    school: LedgerTown.north, schoolName: nil)

  static func town() -> LedgerTown {
    var town = LedgerTown("ankang-2022")
    for teacher in [71, 72] as [Int64] { town.exchange(teacher, LedgerTown.lead, LedgerTown.north) }
    town.meeting("2021-10-01", principals: [LedgerTown.north])
    town.document("charter", contents: ["duties", "funds"], filed: Day("2021-09-30"))
    town.staff(LedgerTown.lead, ["teachers": 50, "eligible": 20])
    town.add(
      "activities", from: "2022-03-01",
      [
        "kind": .words(["culture"]), "title": .text("读书节，“同读一本书”\n第二天"), "schools": .schools(LedgerTown.all),
        "withPupils": .flag(true), "withTeachers": .flag(false), "people": .number(300),
      ])
    return town
  }

  static func context(_ town: LedgerTown) -> RecordContext {
    RecordContext(year: town.year, teachers: teachers, catalogues: [.chinese, .english])
  }

  /// Writes the records of a kind, lets `edit` change the texts of the rows, and reads them again.
  static func plan(
    _ town: LedgerTown, _ kind: String, words: Catalogue = .chinese, isMasked: Bool = false,
    for post: Viewer.Post = lead, edit: ([LedgerRow]) -> [LedgerRow] = { $0 }
  ) throws -> LedgerPlan {
    let kind = try #require(LedgerKinds.byID[kind])
    let context = context(town)
    return try Repository.withFolder { folder in
      let path = folder + "/records.xlsx"
      try LedgerBook(kind, in: context, words: words).write(
        town.records.filter { $0.kind == kind.id }, isMasked: isMasked, to: path)
      let bytes = try #require(FileManager.default.contents(atPath: path).map { Array($0) })
      let read = try LedgerBookReader.read(bytes, kind: kind, file: "records.xlsx")
      #expect(read.problems.filter { !$0.what.key.hasSuffix("empty") }.map(\.what.key) == [])
      return LedgerPlan(edit(read.rows), kind: kind, in: context, rights: LedgerRights(post, of: town.year))
    }
  }

  @Test(
    arguments: ["exchange", "meetings", "documents", "staffing", "activities"], [Catalogue.chinese, .english])
  func `what is written reads back the same`(kind: String, words: Catalogue) throws {
    let town = Self.town()
    for isMasked in [false, true] {
      let plan = try Self.plan(town, kind, words: words, isMasked: isMasked)
      #expect(plan.problems.map { $0.line(in: .chinese) } == [])
      #expect(plan.lines.count == town.records.count { $0.kind == kind })
      #expect(plan.lines.allSatisfy { $0.state == .unchanged }, "\(kind)")
    }
  }

  @Test func `every kind has a workbook to fill in`() throws {
    for kind in LedgerKinds.all {
      #expect(try Self.plan(LedgerTown("suizhou-2022"), kind.id).lines.isEmpty, "\(kind.id)")
    }
  }

  @Test func `a changed row and a new one are told from those that stay`() throws {
    let plan = try Self.plan(Self.town(), "exchange") { rows in
      var changed = rows[0].typed
      changed.texts["subject"] = "数学"
      var new = rows[1].typed
      new.texts["teacher"] = "王五"
      return [
        LedgerRow(id: rows[0].id, typed: changed, line: 3, places: rows[0].places), rows[1],
        LedgerRow(id: "", typed: new, line: 5, places: rows[1].places),
      ]
    }
    #expect(plan.problems.isEmpty)
    #expect(plan.lines.map(\.state) == [.changed, .unchanged, .new])
    #expect(plan.lines.last?.reading.newTeacher == "王五")
  }

  @Test func `every fault names its cell, all at once`() throws {
    let plan = try Self.plan(Self.town(), "exchange") { rows in
      var first = rows[0].typed
      first.texts["way"] = "步行"
      first.texts["from"] = "某日"
      return [
        LedgerRow(id: rows[0].id, typed: first, line: 3, places: rows[0].places),
        LedgerRow(id: rows[0].id, typed: rows[1].typed, line: 4, places: rows[1].places),
        LedgerRow(id: "999", typed: rows[1].typed, line: 5, places: rows[1].places),
      ]
    }
    #expect(plan.lines.isEmpty)
    let lines = plan.problems.map { $0.line(in: .chinese) }
    #expect(
      plan.problems.map(\.what.key) == [
        "problem.ledger.row", "problem.ledger.row", "problem.ledger.twice", "problem.ledger.unknown",
      ])
    #expect(lines[0].contains("E3") && lines[1].contains("I3"), "\(lines)")
  }

  @Test func `what a document says is called as that document calls it, though another uses the same word`() throws {
    var town = LedgerTown("ankang-2022")
    town.document("annual-plan", contents: ["goals", "measures"])
    let kind = try #require(LedgerKinds.byID["documents"])
    let typed = RecordText(Self.context(town), catalogue: .chinese, isMasked: true)
      .typed(try #require(town.records.first), kind: kind)
    #expect(typed.texts["contents"] == "年度工作目标、工作措施")
    #expect(try Self.plan(town, "documents").lines.map(\.state) == [.unchanged])
  }

  @Test func `what is missing is told at its own cell`() throws {
    let town = Self.town()
    let kind = try #require(LedgerKinds.byID["exchange"])
    let lines = try Repository.withFolder { folder in
      let path = folder + "/records.xlsx"
      var record = try #require(town.records.first { $0.kind == kind.id })
      record = LedgerRecord(
        id: record.id, group: record.group, school: record.school, kind: kind.id, first: record.first,
        last: record.last, values: record.values.filter { $0.key != "teacher" && $0.key != "backbone" })
      try LedgerBook(kind, in: Self.context(town), words: .chinese).write([record], isMasked: false, to: path)
      let bytes = try #require(FileManager.default.contents(atPath: path).map { Array($0) })
      let read = try LedgerBookReader.read(bytes, kind: kind, file: "records.xlsx")
      return LedgerPlan(
        read.rows, kind: kind, in: Self.context(town), rights: LedgerRights(Self.lead, of: town.year)
      ).problems.map { $0.line(in: .chinese) }
    }
    #expect(lines.count == 2 && lines[0].contains("!C3") && lines[1].contains("!G3"), "\(lines)")
  }

  @Test func `a member's file changes no other school's records`() throws {
    let plan = try Self.plan(Self.town(), "exchange", isMasked: true, for: Self.member) { rows in
      var first = rows[0].typed
      first.texts["subject"] = "数学"
      return [LedgerRow(id: rows[0].id, typed: first, line: 3, places: rows[0].places), rows[1]]
    }
    #expect(plan.problems.map(\.what.key) == ["problem.ledger.right"])
  }

  @Test func `a declared ledger takes no file that changes it`() throws {
    var town = Self.town()
    town.say("meetings", [nil], .autumn)
    let plan = try Self.plan(town, "meetings") { rows in
      var first = rows[0].typed
      first.texts["title"] = "改"
      return [LedgerRow(id: rows[0].id, typed: first, line: 3, places: rows[0].places)]
    }
    #expect(plan.problems.map(\.what.key) == ["problem.ledger.row"])
    #expect(try Self.plan(town, "meetings").problems.isEmpty)
  }

  @Test func `a workbook of something else is refused with what to do`() throws {
    try Repository.withFolder { folder in
      let path = folder + "/other.xlsx"
      try TableBook(title: "别的", sheet: "表", heads: ["一"], rows: [[.text("二")]], places: 2).write(to: path)
      let bytes = try #require(FileManager.default.contents(atPath: path).map { Array($0) })
      let read = try LedgerBookReader.read(bytes, kind: #require(LedgerKinds.byID["meetings"]), file: "other.xlsx")
      #expect(read.problems.map(\.what.key) == ["problem.ledger.heads"])
    }
    #expect(throws: WorkbookTrouble.self) {
      try LedgerBookReader.read([1, 2, 3], kind: #require(LedgerKinds.byID["meetings"]), file: "x.xlsx")
    }
  }
}
