import Fixtures
import HTTPTypes
import Formations
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// A case in a browser, from the first word to the filing, by those whose work it is.
@Suite struct FormationFlowTests {
  /// A case of the lead school 21, begun and opened; its path.
  static func begin(_ test: TestSite, as person: TestPerson = .lead, kind: String = "new") async throws -> String {
    let answer = try await test.ask(person, .post, "/formation", form: [("kind", kind)])
    #expect(answer.status == 303)
    return try #require(answer.location)
  }

  /// What the form of a page holds as its version.
  static func seen(_ text: String) -> String {
    text.firstMatch(of: #/name="seen" value="([0-9]+)"/#).map { String($0.output.1) } ?? ""
  }

  /// Saves with the version the page shows.
  static func save(
    _ test: TestSite, _ path: String, as person: TestPerson = .lead, _ fields: [(String, String)]
  ) async throws -> Answer {
    let page = try await test.ask(person, .get, path)
    return try await test.ask(person, .post, path, form: [("seen", seen(page.text))] + fields)
  }

  static let words = [
    ("name", "江北教育集团"), ("form", "collaborative"), ("area", "central"), ("content/goals", "缩小差距"),
    ("content/management", "理事会"), ("content/safeguards", "专项经费"),
  ]

  /// Written in full, with schools.
  static func written(_ test: TestSite, _ schools: [Int]) async throws -> String {
    let path = try await begin(test)
    for school in schools { #expect(try await save(test, path, [("add", "\(school)")]).status == 303) }
    #expect(try await save(test, path, words).status == 303)
    return path
  }

  @Test(arguments: TestDatabases.engines)
  func `across districts, from the first word to the filing`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = try await Self.written(test, [22, 24])
      let draft = try await test.ask(.lead, .get, path)
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(draft.text.contains("附件2（三）") && draft.text.contains("2 所"))
      #expect(draft.text.contains("报教育局10备案"))
      #expect(try await test.ask(.district, .get, path).status == 404)
      #expect(try await test.ask(.lead, .post, path + "/submission", form: []).status == 303)
      let waiting = try await test.ask(.district, .get, "/formation?stand=open")
      #expect(waiting.text.contains("江北教育集团") && waiting.text.contains("待办"))
      #expect(test.counter.count <= 8)
      #expect(try await test.ask(.district, .post, path + "/acceptance", form: []).status == 303)
      #expect(try await test.ask(.district, .post, path + "/publicity", form: [("from", "2026-08-20")]).status == 303)
      let early = try await test.ask(
        .district, .post, path + "/decision", form: [("decision", "approved"), ("number", "1号"), ("day", "2026-08-20")])
      #expect(early.status == 422 && early.text.contains("期满后审批"))
      test.clock.forward(days: 8)
      let decided = try await test.ask(
        .district, .post, path + "/decision",
        form: [("decision", "approved"), ("number", "汉教发〔2026〕8号"), ("day", "2026-08-28")])
      #expect(decided.status == 303, "\(decided.text)")
      #expect(
        try await test.ask(.otherDistrict, .post, path + "/filing", form: [("number", "2"), ("day", "2026-08-28")])
          .status == 403)
      #expect(
        try await test.ask(.city, .post, path + "/filing", form: [("number", "安教备2号"), ("day", "2026-08-28")]).status
          == 303)
      for (person, school) in [(TestPerson.lead, "21"), (.member, "22"), (.otherLead, "24")] {
        #expect(
          try await test.ask(person, .post, path + "/charter", form: [("school", school), ("day", "2026-08-28")]).status
            == 303)
      }
      let undated = try await test.ask(.district, .post, path + "/charter/filing", form: [("number", "章1号")])
      #expect(undated.status == 422 && undated.text.contains("未填日期"))
      let filing = [("number", "章1号"), ("day", "2026-08-28")]
      #expect(try await test.ask(.district, .post, path + "/charter/filing", form: filing).status == 303)
      let done = try await test.ask(.otherLead, .get, path)
      #expect(done.text.contains("汉教发〔2026〕8号") && done.text.contains("安教备2号") && done.text.contains("章1号"))
      let groups = try await test.site.database.read {
        try $0.rows("SELECT formed FROM school_group WHERE name = '江北教育集团'").map { try $0.text("formed") }
      }
      #expect(groups == ["2026-08-28"])
    }
  }

  @Test func `limits are live and what is lacking is said by name`() async throws {
    try await TestSite.with { test in
      let path = try await Self.begin(test)
      let empty = try await test.ask(.lead, .get, path)
      #expect(empty.text.contains("缺成员校") && empty.text.contains("缺数据"))
      #expect(try await test.ask(.lead, .post, path + "/submission", form: []).status == 422)
      let full = try await Self.written(test, [22, 24])
      #expect(try await Self.save(test, full, [("form", "entrusted")]).status == 303)
      let open = try await test.ask(.lead, .get, full)
      #expect(open.text.contains("核心校向所有成员校派出的管理人员占核心校管理人员总数的比例缺：数值"))
      #expect(
        try await Self.save(test, full, [("part/dispatched-managers", "7"), ("whole/dispatched-managers", "16")]).status
          == 303)
      let counted = try await test.ask(.lead, .get, full)
      #expect(counted.text.contains("7 ÷ 16 = 43.75%") && counted.text.contains("附件3 三（一）"))
      let bad = try await Self.save(test, full, [("part/dispatched-managers", "七")])
      #expect(bad.status == 422 && bad.text.contains("不是数值"))
    }
  }

  @Test func `who was slower sees both texts and overwrites nothing`() async throws {
    try await TestSite.with { test in
      let path = try await Self.written(test, [22, 23])
      let answer = try await test.ask(
        .lead, .post, path, form: [("seen", "1"), ("content/goals", "我的目标")])
      #expect(answer.status == 409)
      #expect(answer.text.contains("我的目标") && answer.text.contains("他人已改为"))
      #expect(try await test.ask(.lead, .get, path).text.contains("缩小差距"))
    }
  }

  @Test func `a return brings it back to its writer with the reason`() async throws {
    try await TestSite.with { test in
      let path = try await Self.written(test, [22, 23])
      _ = try await test.ask(.lead, .post, path + "/submission", form: [])
      #expect(try await test.ask(.member, .post, path + "/return", form: [("reason", "x")]).status == 403)
      #expect(try await test.ask(.district, .post, path + "/return", form: []).status == 422)
      #expect(try await test.ask(.district, .post, path + "/return", form: [("reason", "补充经费")]).status == 303)
      let back = try await test.ask(.lead, .get, path)
      #expect(back.text.contains("补充经费") && back.text.contains("退回补正"))
      #expect(try await test.ask(.lead, .post, path + "/submission", form: []).status == 303)
      // Whoever takes it again sees what was asked for.
      for person in [TestPerson.lead, .district] {
        let again = try await test.ask(person, .get, path)
        #expect(again.text.contains("曾退回补正") && again.text.contains("补充经费"))
      }
    }
  }

  @Test func `a page that has saved itself and then its button are one writer`() async throws {
    try await TestSite.with { test in
      let path = try await Self.written(test, [22, 23])
      let seen = Self.seen(try await test.ask(.lead, .get, path).text)
      for _ in 1...2 {
        let saved = try await test.ask(.lead, .post, path, form: [("seen", seen), ("content/goals", "新的目标")])
        #expect(saved.status == 303)
      }
      let other = try await test.ask(.lead, .post, path, form: [("seen", seen), ("content/goals", "别的目标")])
      #expect(other.status == 409)
    }
  }

  @Test func `only the office whose policy it is plans the whole`() async throws {
    try await TestSite.with { test in
      #expect(try await test.ask(.district, .post, "/formation", form: [("kind", "plan")]).status == 403)
      #expect(try await test.ask(.lead, .post, "/formation", form: [("kind", "plan")]).status == 403)
      let path = try await Self.begin(test, as: .city, kind: "plan")
      #expect(try await Self.save(test, path, as: .city, [("name", "总体方案"), ("reason", "组建十二个")]).status == 303)
      let page = try await test.ask(.city, .get, path)
      #expect(page.text.contains("联席会议（教育局10办理）"))
      #expect(try await test.ask(.city, .post, path + "/submission", form: []).status == 303)
    }
  }

  @Test func `another city's, another district's and drafts of others are not found`() async throws {
    try await TestSite.with { test in
      let path = try await Self.written(test, [22, 23])
      for person in [TestPerson.foreignCity, .foreignLead, .otherDistrict, .otherLead, .district, .city, .supervisor] {
        #expect(try await test.ask(person, .get, path).status == 404, "\(person)")
      }
      for act in ["", "/submission", "/acceptance", "/return", "/withdrawal", "/publicity", "/decision", "/filing"] {
        for person in [TestPerson.foreignCity, .foreignLead, .otherLead] {
          let status = try await test.ask(person, .post, path + act, form: [("reason", "x"), ("number", "1")]).status
          #expect([403, 404].contains(status), "\(person) \(act) \(status)")
        }
      }
      _ = try await test.ask(.lead, .post, path + "/submission", form: [])
      #expect(try await test.ask(.supervisor, .get, path).status == 200)
      #expect(try await test.ask(.supervisor, .post, path + "/acceptance", form: []).status == 403)
      #expect(try await test.ask(.otherDistrict, .get, path).status == 404)
    }
  }

  @Test func `the office sets the policy that cases stand under`() async throws {
    try await TestSite.with { test in
      let set = try await test.ask(.city, .post, "/formation/policy", form: [("policy", "suizhou-2022")])
      #expect(set.status == 303)
      let list = try await test.ask(.lead, .get, "/formation")
      #expect(list.text.contains("随州"))
      let unknown = try await test.ask(.city, .post, "/formation/policy", form: [("policy", "../x")])
      #expect(unknown.status == 404)
    }
  }
}
