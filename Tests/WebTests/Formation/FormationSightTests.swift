import Fixtures
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import Notation
import People
import Storage
import StorageFixtures
import Synchronization
import Testing

@testable import Web

/// What people see of a case beside its words: its course, that an office decides on its own application, who is told
/// apart from whom.
@Suite struct FormationSightTests {
  @Test(arguments: TestDatabases.engines)
  func `the course of a case stands on its page, a return with its reason`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = try await FormationFlowTests.written(test, [22, 24])
      #expect(!(try await test.ask(.lead, .get, path).text.contains("办理经过")))
      for (person, act, form) in [
        (TestPerson.lead, "/submission", []), (.district, "/return", [("reason", "补充经费")]),
        (.lead, "/submission", []), (.district, "/acceptance", []), (.district, "/publicity", [("from", "2026-08-20")]),
      ] {
        #expect(try await test.ask(person, .post, path + act, form: form).status == 303, "\(act)")
      }
      test.clock.forward(days: 8)
      let ruling = [("decision", "approved"), ("number", "汉教发〔2026〕8号"), ("day", "2026-08-28")]
      #expect(try await test.ask(.district, .post, path + "/decision", form: ruling).status == 303)
      let page = try await test.ask(.lead, .get, path)
      #expect(test.counter.count <= 8, "\(test.counter.count)")
      let course = page.text.components(separatedBy: "id=\"course\"").last ?? ""
      for text in ["提交组建申请", "第21小学", "退回补正", "补充经费", "公示 8月20日—8月27日", "汉教发〔2026〕8号 8月28日"] {
        #expect(course.contains(text), "\(text)")
      }
      #expect(!page.text.contains("申请单位与审批单位相同"))
    }
  }

  @Test func `an office that decides on its own application says so on the page and in the log`() async throws {
    try await TestSite.with { test in
      let path = try await FormationFlowTests.begin(test, as: .district)
      for school in [21, 22] {
        #expect(
          try await FormationFlowTests.save(test, path, as: .district, [("add", "\(school)")]).status == 303)
      }
      let words = FormationFlowTests.words + [("schoolPart/21", "lead"), ("new/22", "no"), ("weak/22", "yes")]
      #expect(try await FormationFlowTests.save(test, path, as: .district, words).status == 303)
      #expect(try await test.ask(.district, .get, path).text.contains("申请单位与审批单位相同（教育局11）"))
      for (act, form) in [
        ("/submission", []), ("/acceptance", []), ("/publicity", [("from", "2026-08-20")]),
      ] as [(String, [(String, String)])] {
        let done = try await test.ask(.district, .post, path + act, form: form)
        #expect(done.status == 303, "\(act) \(done.text.suffix(1500))")
      }
      test.clock.forward(days: 8)
      let ruling = [
        ("decision", "approved"), ("number", "汉教发〔2026〕8号"), ("day", "2026-08-28"), ("passed/members", "过渡"),
      ]
      #expect(try await test.ask(.district, .post, path + "/decision", form: ruling).status == 303)
      #expect(try await test.ask(.lead, .get, path).text.contains("申请单位与审批单位相同"))
      let log = try await test.ask(.supervisor, .get, "/audit?action=formation.approved")
      #expect(log.text.contains("申请单位与审批单位相同：是") && log.text.contains("文号：汉教发〔2026〕8号"))
      #expect(log.text.contains("日期：2026-08-28") && !log.text.contains("day：") && !log.text.contains("次数："))
    }
  }

  @Test func `the overall plan says that its office acts for the conference`() async throws {
    try await TestSite.with { test in
      let path = try await FormationFlowTests.begin(test, as: .city, kind: "plan")
      #expect(try await test.ask(.city, .get, path).text.contains("代联席会议办理审批，以会议议定为准"))
    }
  }

  @Test func `nobody is recognised where comments are written, whatever they carry`() async throws {
    let lines = Mutex<[String]>([])
    let log = Logger(label: "tests") { _ in InvitationFlowTests.Recording { line in lines.withLock { $0.append(line) } }
    }
    try await TestSite.with(log: log) { test in
      let (notice, _) = try await NoticeTests.published(test)
      lines.withLock { $0 = [] }
      #expect(try await test.ask(.member, .get, notice).status == 200)
      let said = try await test.ask(
        .member, .post, notice,
        form: [("shown", "\(test.clock.now.milliseconds - 20_000)"), ("speaker", "staff"), ("text", "片区会不会调整？")])
      #expect(said.status == 303, "\(said.text.suffix(500))")
      let written = lines.withLock { $0 }
      #expect(written.count == 2 && written.allSatisfy { $0.contains("notice") || $0.contains("commentNotice") })
      #expect(written.filter { $0.contains("\(TestPerson.member.account)") } == [], "\(written)")
      let kept = try await test.site.database.read {
        try $0.row("SELECT source FROM formation_comment")?.optionalText("source")
      }
      #expect(kept?.count == 32)
      test.clock.set(test.clock.now.adding(seconds: 3 * 3600))
      await Housekeeping(site: test.site).tidy()
      let later = try await test.site.database.read {
        try $0.row("SELECT source FROM formation_comment")?.optionalText("source")
      }
      #expect(later == nil)
    }
  }

  @Test func `a place is one name a day, its network with it, and nobody can make the name`() throws {
    let day = try #require(Day("2026-08-20"))
    let (places, others) = (CommentPlaces(), CommentPlaces())
    let here = places.name(of: "2001:db8:1:2:aaaa::1", on: day)
    #expect(here == places.name(of: "2001:db8:1:2:bbbb:cccc:dddd:eeee", on: day))
    #expect(here != places.name(of: "2001:db8:1:3::1", on: day))
    #expect(here != others.name(of: "2001:db8:1:2:aaaa::1", on: day))
    // The key of a day goes with it.
    let next = places.name(of: "2001:db8:1:2:aaaa::1", on: day.adding(days: 1))
    #expect(here != next && here != places.name(of: "2001:db8:1:2:aaaa::1", on: day))
  }

  @Test func `another open case of a group is told where one begins and on its page`() async throws {
    try await TestSite.with { test in
      func begin(_ kind: String) async throws -> String {
        let answer = try await test.ask(.lead, .post, "/formation", form: [("kind", kind), ("group", "31")])
        return try #require(answer.location)
      }
      _ = try await begin("change")
      let list = try await test.ask(.lead, .get, "/formation")
      #expect(list.text.contains("（另有 1 件在办）") && list.text.contains("本校已是核心校"))
      let path = try await begin("dissolution")
      let page = try await test.ask(.lead, .get, path)
      #expect(page.text.contains("本集团另有未办结事项：变更（第21小学，填报中）"))
      // A dissolution is of the group as it stands: no school of it is chosen, put out or given a part.
      #expect(!page.text.contains("name=\"remove\"") && !page.text.contains("schoolPart/"))
    }
  }

  @Test func `what the registry holds of a school isn't asked again`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write { transaction in
        try transaction.run("UPDATE school SET ownership = 'public' WHERE id = 22", [])
        try transaction.run(
          "INSERT INTO school_flag (school, flag, area, since) VALUES (22, 'weak', '', '2020-09-01')", [])
      }
      let path = try await FormationFlowTests.begin(test)
      #expect(try await FormationFlowTests.save(test, path, [("add", "22")]).status == 303)
      let page = try await test.ask(.lead, .get, path)
      #expect(page.text.contains("否（登记）") && page.text.contains("是（登记）"))
      #expect(!page.text.contains("name=\"private/22\"") && !page.text.contains("name=\"weak/22\""))
      #expect(page.text.contains("name=\"new/22\""))
    }
  }

  @Test func `papers beyond what a unit may hand in are refused before they are received`() async throws {
    try await TestSite.with(quota: 1) { test in
      let path = try await FormationFlowTests.begin(test)
      let refused = try await test.upload(.lead, [("方案.pdf", EvidenceTests.pdf)], [], to: path + "/papers")
      #expect(refused.status.code == 422 && refused.text.contains("一年内提交的材料"), "\(refused.text.suffix(600))")
      #expect(test.keptFiles.isEmpty)
    }
  }
}
