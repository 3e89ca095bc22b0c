import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct RunningTests {
  static let reason = ("reason", "暴雨停课")

  @Test(arguments: TestDatabases.engines)
  func `everybody concerned sees the year, in at most eight statements`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      for person in [TestPerson.city, .district, .lead, .member, .supervisor, .expertA, .thirdParty] {
        let page = try await test.ask(person, .get, "/cycles/10/500")
        #expect(page.status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      }
      for person in [TestPerson.foreignCity, .foreignLead] {
        #expect(try await test.ask(person, .get, "/cycles/10/500").status == 404)
      }
      #expect(try await test.ask(nil, .get, "/cycles/10/500").status == 303)
      // The other groups of the city are none of a school's business.
      let page = try await test.ask(.lead, .get, "/cycles/10/500")
      #expect(!page.text.contains("第32教育集团"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the city extends for all, a district for its own schools one by one`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try TestYear.current(test)
      let path = year.path("extensions")
      let all = try await test.ask(
        .city, .post, path, form: [("stage", "final"), ("group", ""), ("due", "2026-11-10"), Self.reason])
      #expect(all.status == 303)
      let one = try await test.ask(
        .district, .post, path, form: [("stage", "self"), ("group", "31"), ("due", "2026-09-05"), Self.reason])
      #expect(one.status == 303)
      let page = try await test.ask(.city, .get, year.path())
      #expect(page.text.contains("暴雨停课"))
      #expect(page.text.contains("11月10日"))
      #expect(try await year.count("extension") == 2)
      let logged = try await test.site.database.read {
        try $0.rows("SELECT account FROM audit WHERE action = 'stage.extended' ORDER BY number")
      }
      #expect(try logged.map { try $0.integer("account") } == [101, 102])
    }
  }

  @Test(arguments: [
    // A district: not all groups, not another's, not a stage that isn't its schools'.
    (TestPerson.district, [("stage", "self"), ("group", "")], 403),
    (.district, [("stage", "self"), ("group", "32")], 403),
    (.district, [("stage", "final"), ("group", "31")], 403),
    (.lead, [("stage", "self"), ("group", "31")], 403),
    (.supervisor, [("stage", "self"), ("group", "31")], 403),
    (.foreignCity, [("stage", "self"), ("group", "31")], 404),
    (.city, [("stage", "self"), ("group", "39")], 422),
    (.city, [("stage", "nonsense"), ("group", "31")], 422),
    (.city, [("stage", "self"), ("group", "x")], 422),
  ])
  func `nobody extends where it isn't theirs`(person: TestPerson, fields: [(String, String)], status: Int) async throws
  {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let answer = try await test.ask(
        person, .post, year.path("extensions"), form: fields + [("due", "2026-12-01"), Self.reason])
      #expect(answer.status == status)
      #expect(try await year.count("extension") == 0)
    }
  }

  @Test func `an extension has a reason and a day that hasn't passed, and none follows the confirmation`() async throws
  {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let bad = try await test.ask(
        .city, .post, year.path("extensions"), form: [("stage", "self"), ("due", "2026-08-19"), ("reason", "  ")])
      #expect(bad.status == 422)
      #expect(bad.text.contains("没有写理由") && bad.text.contains("不能早于今天"))
      try await year.confirm()
      let late = try await test.ask(
        .city, .post, year.path("extensions"), form: [("stage", "self"), ("due", "2026-12-01"), Self.reason])
      #expect(late.status == 409)
      #expect(try await year.count("extension") == 0)
    }
  }

  @Test func `who let a day pass is named, and the year goes on`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-03"))))
      let page = try await test.ask(.district, .get, year.path())
      #expect(page.text.contains("逾期 3 天"))
      #expect(page.text.contains("extend=31"))
      #expect(!page.text.contains("extend=32"))
      #expect(page.text.contains("1 个集团已到区级初评，评分表尚未打开"))
      // The district opens those of its own groups, nobody else's.
      let opened = try await test.ask(.district, .post, year.path("sheets"), form: [("stage", "preliminary")])
      #expect(opened.status == 303)
      #expect(try await year.sheets("preliminary") == [31])
      let again = try await test.ask(.district, .post, year.path("sheets"), form: [("stage", "preliminary")])
      #expect(again.status == 409)
      #expect(try await test.ask(.lead, .post, year.path("sheets"), form: [("stage", "preliminary")]).status == 403)
      #expect(
        try await test.ask(.foreignCity, .post, year.path("sheets"), form: [("stage", "preliminary")]).status == 404)
    }
  }

  @Test func `a stage that an extension has overtaken is told, with the form filled in`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let note = "可一并顺延"
      #expect(try await !test.ask(.city, .get, year.path()).text.contains(note))
      let form = [("stage", "preliminary"), ("group", ""), ("due", "2027-02-05"), Self.reason]
      #expect(try await test.ask(.city, .post, year.path("extensions"), form: form).status == 303)
      let page = try await test.ask(.city, .get, year.path())
      #expect(page.text.contains(note))
      let match = try #require(page.text.firstMatch(of: #/href="([^"]*due=[0-9-]+)#extend"/#))
      let link = String(match.output.1).replacing("&amp;", with: "&").replacing("&#38;", with: "&")
      let due = try #require(link.firstMatch(of: #/due=([0-9-]+)/#)).output.1
      let filled = try await test.ask(.city, .get, link)
      #expect(filled.text.contains("value=\"\(due)\""))
      // A district sees it, and moves nothing for all.
      let district = try await test.ask(.district, .get, year.path())
      #expect(district.text.contains(note) && !district.text.contains("due=\(due)"))
    }
  }
}
