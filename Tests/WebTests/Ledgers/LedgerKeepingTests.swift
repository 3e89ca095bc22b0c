import Fixtures
import HTTPTypes
import Ledgers
import Notation
import People
import StorageFixtures
import Testing

@testable import Storage
@testable import Web

/// What is kept of records, and what isn't: nothing twice, nothing that somebody else wrote, no pupil.
@Suite struct LedgerKeepingTests {
  static let meetings = LedgerPageTests.of("meetings")

  static func value(_ name: String, in page: String) -> String? {
    page.split(separator: "name=\"\(name)\" value=\"", maxSplits: 1).dropFirst().first.map { rest in
      String(rest.prefix { $0 != "\"" }).replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        .replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
    }
  }

  static func record(_ test: TestSite) async throws -> ID {
    let row = try await test.site.database.read { try $0.row("SELECT id FROM ledger_record") }
    return try #require(row).id("id")
  }

  @Test func `a document keeps its version as it was typed, however often it is saved`() async throws {
    try await TestSite.with { test in
      let path = LedgerPageTests.of("documents")
      let form = [("school", "21"), ("document", "集团办学章程"), ("adopted", "2025-09-10"), ("version", "第2版")]
      #expect(try await test.ask(.lead, .post, path, form: form + [("recordVersion", "0")]).status == 303)
      let id = try await Self.record(test)
      for seen in ["1", "2"] {
        let page = try await test.ask(.lead, .get, path + "?record=\(id)").text
        #expect(Self.value("version", in: page) == "第2版" && Self.value("recordVersion", in: page) == seen)
        let again = form + [("record", "\(id)"), ("recordVersion", seen)]
        #expect(try await test.ask(.lead, .post, path, form: again).status == 303)
      }
      let content = try await test.site.database.read {
        try $0.row("SELECT content FROM ledger_record")?.text("content")
      }
      #expect(content?.contains("\"version\":\"第2版\"") == true, "\(content ?? "")")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a confirmed year isn't changed from the page of the next`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await test.site.database.write { try $0.run("UPDATE cycle SET confirmed_at = 1 WHERE year = 2026") }
      let path = "/records/31/2027/of/exchange"
      let form = LedgerPageTests.exchange.map { $0.0 == "to" ? ("to", "2026-12-31") : $0 }
      let refused = try await test.ask(.lead, .post, path, form: form)
      #expect(refused.status == 422 && refused.text.contains("2025—2026 学年，该学年的结果已确认"))
      let next = form.map { $0.0 == "from" ? ("from", "2026-09-01") : $0 }
      #expect(try await test.ask(.lead, .post, path, form: next).status == 303)
      // The page stays within its statements.
      #expect(try await test.ask(.lead, .get, path).status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.all)")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `rows that are there already are told and left out unless ticked; a preview is accepted once`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.ask(.lead, .post, Self.meetings, form: LedgerPageTests.meeting)
      let browser = try await test.browser(.lead)
      func count() async throws -> Int? {
        try await test.site.database.read {
          try $0.row("SELECT count(*) AS count FROM ledger_record")?.int("count")
        }
      }
      // The same row without its number, twice, as one copies rows in a workbook.
      let row = { (line: Int) -> String in
        """
        {"line":\(line),"id":"","school":"","texts":{"day":"2025-10-08","kind":"例会（工作会议）","recorded":"是",\
        "schools":"第21小学、第22小学","title":"十月例会"}}
        """
      }
      let rows = "[\(row(3)),\(row(4))]"
      let kind = try #require(LedgerKinds.byID["meetings"])
      let parsed = try #require(LedgerRows.rows(rows, kind: kind, file: "a"))
      let (today, editions) = (test.clock.now.day, test.site.editions)
      let plan = try await test.site.database.read { transaction -> LedgerPlan in
        let ground = try #require(
          try LedgerStore.ground(
            group: ID(31), year: 2026, for: TestPerson.lead.appointment, today: today, editions, transaction))
        let year = try LedgerStore.year(on: ground, transaction)
        return LedgerPlan(
          parsed, kind: try #require(LedgerKinds.byID["meetings"]),
          in: RecordContext(year: year, teachers: [], catalogues: [.chinese], today: today),
          rights: LedgerRights(
            .init(
              appointment: TestPerson.lead.appointment, role: .lead, authority: ID(11), authorityName: "",
              level: "district", school: ID(21), schoolName: nil), of: year))
      }
      #expect(plan.problems.isEmpty && plan.twins.count == 2 && plan.count(.new) == 0)
      let form = [("rows", rows), ("seal", LedgerRows.seal(plan)), ("once", "77001")]
      let none = try await browser.post(Self.meetings + "/import", form)
      #expect(
        none.status == 303 && none.location?.hasSuffix("done=importedNothing") == true, "\(none.text.prefix(300))")
      let still = try await count()
      #expect(still == 1)
      // Ticked as something else, it is kept, once however often it is sent.
      let ticked = form.map { $0.0 == "once" ? ("once", "77002") : $0 } + [("twin", "3")]
      for _ in 0..<2 {
        let answer = try await browser.post(Self.meetings + "/import", ticked)
        #expect(answer.status == 303)
      }
      let now = try await count()
      #expect(now == 2)
    }
  }

  @Test func `who comes second keeps what they typed and sees what the first changed`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.lead, .post, Self.meetings, form: LedgerPageTests.meeting)
      let id = try await Self.record(test)
      func form(_ title: String, seen: String) -> [(String, String)] {
        LedgerPageTests.meeting.map { $0.0 == "title" ? ("title", title) : $0 }
          + [("record", "\(id)"), ("recordVersion", seen)]
      }
      #expect(try await test.ask(.lead, .post, Self.meetings, form: form("甲的例会", seen: "1")).status == 303)
      let second = try await test.ask(.lead, .post, Self.meetings, form: form("乙的例会", seen: "1"))
      #expect(second.status == 409)
      #expect(second.text.contains("value=\"乙的例会\"") && second.text.contains("名称：现为“甲的例会”，刚才填的是“乙的例会”"))
      #expect(Self.value("recordVersion", in: second.text) == "2")
      #expect(try await test.ask(.lead, .post, Self.meetings, form: form("乙的例会", seen: "2")).status == 303)
    }
  }

  @Test(arguments: ["身份证420106201501011234", "电话13800138000", "138 0013 8000"])
  func `no text of a record holds the number of a person`(text: String) async throws {
    try await TestSite.with { test in
      let path = LedgerPageTests.of("incidents")
      let form = [
        ("school", "21"), ("day", "2026-03-02"), ("kind", "公共卫生"), ("title", "摔伤"), ("gravity", "一般"), ("held", "否"),
        ("remark", text),
      ]
      let refused = try await test.ask(.lead, .post, path, form: form)
      #expect(refused.status == 422 && refused.text.contains("“备注”含有身份证号或手机号"))
      #expect(try await test.ask(.lead, .get, path).text.contains("不写学生姓名、班级、电话和证件号码"))
      let number = form.map { $0.0 == "remark" ? ("remark", "安教〔2026〕12号，共 20260302001 件") : $0 }
      #expect(try await test.ask(.lead, .post, path, form: number).status == 303)
    }
  }

  @Test func `a text that seems to name a pupil is kept once somebody says that it doesn't`() async throws {
    try await TestSite.with { test in
      let path = LedgerPageTests.of("awards")
      func form(_ title: String) -> [(String, String)] {
        [
          ("school", "21"), ("day", "2026-03-02"), ("of", "学生"), ("level", "市级"), ("kind", "其他竞赛"),
          ("title", title),
        ]
      }
      for title in ["张小明同学获作文一等奖", "学生李红获奖"] {
        let asked = try await test.ask(.lead, .post, path, form: form(title))
        #expect(asked.status == 422 && asked.text.contains("name=\"namesNobody\""), "\(title)")
      }
      let said = form("学生石刻展") + [("namesNobody", "true")]
      #expect(try await test.ask(.lead, .post, path, form: said).status == 303)
      #expect(try await test.ask(.lead, .post, path, form: form("全体同学合唱一等奖")).status == 303)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the log tells records in the words of their form and names nobody whole`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = LedgerPageTests.of("firstPosts")
      let form = [
        ("school", "22"), ("teacher", "赵六"), ("host", "第21小学"), ("mentor", "司马导师"), ("from", "2025-09-01"),
      ]
      #expect(try await test.ask(.lead, .post, path, form: form).status == 303)
      let said = try await test.site.database.read {
        try $0.row("SELECT authority, after_value FROM audit WHERE action = 'ledger.added'").map {
          (try $0.id("authority"), try $0.text("after_value"))
        }
      }
      let (chain, after) = try #require(said)
      #expect(!after.contains("司马") && after.contains("司**"))
      let log = try await test.ask(.audit, .get, "/audit?chain=\(chain)&action=ledger.added").text
      #expect(log.contains("台账：首站式培养") && log.contains("带教教师：司**") && log.contains("接收学校：第21小学"))
      #expect(log.contains("教师：T1") && !log.contains("firstPosts"))
      // The host sees who comes; the log still agrees with what is kept.
      #expect(try await test.ask(.lead, .get, path).text.contains("司马导师"))
      let group = ID(31)
      let found = try await test.site.database.read {
        try LedgerRecords(group, authority: chain, $0).discrepancies.map(\.part)
      }
      #expect(found == [])
      try await test.site.database.write {
        try $0.run("UPDATE ledger_record SET content = replace(content, '司马导师', '欧阳导师')")
      }
      let changed = try await test.site.database.read {
        try LedgerRecords(group, authority: chain, $0).discrepancies.count
      }
      #expect(changed == 1)
    }
  }

  @Test func `the school that receives a teacher sees who comes`() async throws {
    try await TestSite.with { test in
      #expect(
        try await test.ask(.lead, .post, LedgerPageTests.of("exchange"), form: LedgerPageTests.exchange).status == 303)
      let host = try await test.ask(.member, .get, LedgerPageTests.of("exchange")).text
      #expect(host.contains("T1 王五"))
      #expect(!(try await test.ask(.district, .get, LedgerPageTests.of("exchange"))).text.contains("王五"))
    }
  }

  @Test func `a venue is booked from those that are open, where any is`() async throws {
    try await TestSite.with { test in
      let venue = [("school", "21"), ("title", "体育馆"), ("kind", "体育场馆"), ("from", "2025-09-01")]
      #expect(try await test.ask(.lead, .post, LedgerPageTests.of("venues"), form: venue).status == 303)
      let path = LedgerPageTests.of("bookings")
      func form(_ venue: String) -> [(String, String)] {
        [
          ("day", "2026-05-20"), ("provider", "第21小学"), ("venue", venue), ("guest", "第22小学"), ("begins", "09:00"),
          ("ends", "10:00"),
        ]
      }
      let other = try await test.ask(.lead, .post, path, form: form("体育馆（1楼）"))
      #expect(other.status == 422 && other.text.contains("不在提供学校当日开放的场馆之列；可填：体育馆"))
      #expect(try await test.ask(.lead, .post, path, form: form("体育 馆")).status == 303)
      #expect(try await test.ask(.lead, .get, path).text.contains("<datalist id=\"venues\">"))
      let content = try await test.site.database.read {
        try $0.row("SELECT content FROM ledger_record WHERE kind = 'bookings'")?.text("content")
      }
      #expect(content?.contains("\"venue\":\"体育馆\"") == true)
    }
  }

  @Test func `a new version of a piece of evidence keeps the link`() async throws {
    try await TestSite.with { test in
      _ = try await test.put(.lead, "a.pdf", EvidenceTests.pdf)
      let first = try #require(try await test.evidence().first).id
      let form = LedgerPageTests.meeting + [("evidence", first.description)]
      #expect(try await test.ask(.lead, .post, Self.meetings, form: form).status == 303)
      let replace = Endpoint.replacePiece.link(TestSite.city, TestSite.cycle, first)
      _ = try await test.upload(.lead, [("b.pdf", EvidenceTests.pdf + [1])], [], to: replace)
      let second = try #require(try await test.evidence().first).id
      #expect(second != first)
      let record = try await Self.record(test)
      let page = try await test.ask(.lead, .get, Self.meetings + "?record=\(record)").text
      #expect(page.contains("/files/10/\(second)") && page.contains("value=\"\(second)\" selected"))
      // Saved again, it is linked to what is there now.
      let again =
        LedgerPageTests.meeting + [
          ("evidence", first.description), ("record", "\(record)"), ("recordVersion", "1"),
        ]
      #expect(try await test.ask(.lead, .post, Self.meetings, form: again).status == 303)
      let linked = try await test.site.database.read {
        try $0.row("SELECT evidence FROM ledger_record")?.optionalID("evidence")
      }
      #expect(linked == second)
      let withdraw = Endpoint.withdrawPiece.link(TestSite.city, TestSite.cycle, second)
      _ = try await test.post(.lead, withdraw, [])
      #expect(try await test.ask(.lead, .get, Self.meetings).text.contains("（已撤回）"))
    }
  }
}
