import Fixtures
import HTTPTypes
import Notation
import People
import Registry
import Storage
import StorageFixtures
import Tasks
import Testing

@testable import Web

/// The start page tells what waits in every room, not in the evaluation alone.
@Suite struct OwnWorkTests {
  private func home(_ test: TestSite, _ person: TestPerson) async throws -> String {
    let page = try await test.ask(person, .get, "/?tasks=all")
    #expect(page.status == 200)
    #expect(test.counter.count <= 8, "\(person) \(test.counter.all)")
    return page.text
  }

  private func tells(_ test: TestSite, _ person: TestPerson, _ words: String) async throws -> Bool {
    try await home(test, person).contains(words)
  }

  @Test(arguments: TestDatabases.engines)
  func `a late task calls its unit until it is reported done, and whoever keeps the list`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      #expect(try await tells(test, .district, "报告任务进展") == false)
      _ = try await test.ask(.city, .post, "/tasks", form: [])
      _ = try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "11")])
      #expect(try await tells(test, .city, "任务逾期未完成，督促责任单位"))
      #expect(try await tells(test, .district, "报告任务进展"))
      #expect(try await tells(test, .otherDistrict, "报告任务进展") == false)
      #expect(try await tells(test, .foreignCity, "任务逾期未完成") == false)
      let late = try await test.site.database.read { transaction in
        try TaskStore.tasks(of: ID(10), for: TestPerson.district.appointment, transaction)
          .filter { $0.responsible.contains("汉滨区教体局") && $0.due.day.map { $0.text <= "2026-08-27" } ?? false }
      }
      #expect(!late.isEmpty)
      for task in late {
        let path = "/tasks/10/\(task.id)/reports"
        let answer = try await test.ask(
          .district, .post, path, form: [("unit", "汉滨区教体局"), ("percent", "100"), ("text", "已完成")])
        #expect(answer.status == 303)
      }
      #expect(try await tells(test, .district, "报告任务进展") == false)
      // A later report takes it back.
      test.clock.forward(days: 1)
      let first = try #require(late.first)
      _ = try await test.ask(
        .district, .post, "/tasks/10/\(first.id)/reports",
        form: [("unit", "汉滨区教体局"), ("percent", "80"), ("text", "尚有一所")])
      let page = try await home(test, .district)
      #expect(page.contains("报告任务进展") && page.contains("/tasks/10/\(first.id)"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a case calls whoever has the next step`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = try await FormationFlowTests.written(test, [22, 24])
      #expect(try await tells(test, .lead, "组建申请尚未提交"))
      #expect(try await tells(test, .district, "受理组建申请") == false)
      _ = try await test.ask(.lead, .post, path + "/submission", form: [])
      #expect(try await tells(test, .lead, "组建申请尚未提交") == false)
      #expect(try await tells(test, .district, "受理组建申请"))
      #expect(try await tells(test, .city, "受理组建申请") == false)
      _ = try await test.ask(.district, .post, path + "/return", form: [("reason", "补充经费")])
      #expect(try await tells(test, .lead, "组建申请被退回，修改后重新提交"))
      _ = try await test.ask(.lead, .post, path + "/submission", form: [])
      _ = try await test.ask(.district, .post, path + "/acceptance", form: [])
      #expect(try await tells(test, .district, "公示或审批组建申请"))
      _ = try await test.ask(.district, .post, path + "/publicity", form: [("from", "2026-08-20")])
      #expect(try await tells(test, .district, "公示或审批组建申请") == false)
      test.clock.forward(days: 8)
      #expect(try await tells(test, .district, "公示或审批组建申请"))
      _ = try await test.ask(
        .district, .post, path + "/decision",
        form: [("decision", "approved"), ("number", "汉教发〔2026〕8号"), ("day", "2026-08-28")])
      #expect(try await tells(test, .district, "公示或审批组建申请") == false)
      #expect(try await tells(test, .city, "组建备案"))
      #expect(try await tells(test, .member, "审议通过集团章程"))
      _ = try await test.ask(.member, .post, path + "/charter", form: [("school", "22"), ("day", "2026-08-28")])
      #expect(try await tells(test, .member, "审议通过集团章程") == false)
      _ = try await test.ask(
        .city, .post, path + "/filing", form: [("number", "安教备2号"), ("day", "2026-08-28")])
      #expect(try await tells(test, .city, "组建备案") == false)
    }
  }

  @Test func `a conference calls those who come, and then for its minutes`() async throws {
    try await TestSite.with { test in
      let called = try await test.ask(
        .city, .post, "/conferences", form: [("title", "第三次联席会议"), ("day", "2026-08-24"), ("agenda", "经费")])
      #expect(called.status == 303)
      for person in [TestPerson.city, .district, .otherDistrict] {
        let page = try await home(test, person)
        #expect(page.contains("参加联席会议") && page.contains("第三次联席会议"), "\(person)")
      }
      // One that is called off calls nobody, and waits for no minutes.
      let off = try await test.ask(
        .city, .post, "/conferences", form: [("title", "多余的会议"), ("day", "2026-08-23"), ("agenda", "经费")])
      let path = try #require(off.location)
      #expect(try await test.ask(.city, .post, path + "/cancellation", form: [("reason", "并入")]).status == 303)
      for person in [TestPerson.city, .district] { #expect(try await tells(test, person, "多余的会议") == false) }
      #expect(try await tells(test, .foreignCity, "参加联席会议") == false)
      #expect(try await tells(test, .lead, "参加联席会议") == false)
      test.clock.forward(days: 6)
      #expect(try await tells(test, .city, "填写联席会议纪要"))
      #expect(try await tells(test, .district, "联席会议") == false)
    }
  }

  @Test func `a lead school late with its sheet finds it, and what to do`() async throws {
    try await TestSite.with { test in
      test.clock.forward(days: 14)
      let page = try await home(test, .lead)
      #expect(page.contains("逾期未提交，经主管部门延期后可继续") && page.contains("已填 0 / 18 项"))
      #expect(page.contains("指标填报") && page.contains("查看填报"))
      #expect(!page.contains("没有待办事项"))
      // The member has nothing to hand in.
      #expect(try await tells(test, .member, "逾期未提交") == false)
      #expect(try await tells(test, .district, "逾期未交，催交或延期"))
    }
  }

  @Test func `a school finds the documents its year lacks`() async throws {
    try await TestSite.with { test in
      let lead = try await home(test, .lead)
      let district = try await home(test, .district)
      #expect(lead.contains("台账缺文件") && !district.contains("台账缺文件"))
    }
  }

  @Test func `without an evaluation there is work all the same, and the way to every room`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write {
        try RegistryStore.add(
          Authority(id: ID(9), parent: nil, level: .city, code: "a9", name: "空市教育局"), at: TestSite.start, by: .program,
          $0)
        try $0.run("DELETE FROM appointment WHERE id = $1", [.id(TestPerson.otherDistrict.appointment)])
        try AppointmentStore($0).appoint(
          Appointment(
            id: TestPerson.otherDistrict.appointment, account: TestPerson.otherDistrict.account, role: .office,
            seat: .authority(ID(9)), since: #require(Day("2025-09-01")), until: nil), by: .program,
          at: TestSite.start)
      }
      let page = try await test.ask(.otherDistrict, .get, "/")
      #expect(page.status == 200)
      for link in ["/registry", "/formation", "/tasks", "/records", "/policies"] {
        #expect(page.text.contains("href=\"\(link)\""), "\(link)")
      }
    }
  }
}
