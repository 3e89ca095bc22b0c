import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct ObjectionPagesTests {
  static let path = "/cycles/10/501/objections"

  /// An objection's number, as the office's page links it.
  static func raised(_ test: TestSite) async throws -> String {
    let page = try await test.ask(.city, .get, path)
    return try #require(
      page.text.firstMatch(of: #/action="\/cycles\/10\/501\/objections\/(\d+)"/#).map { String($0.output.1) })
  }

  @Test(arguments: TestDatabases.engines)
  func `a lead school objects to its own group's result, and the office answers`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await test.confirmedYear()
      let text = "第1项有误 <script>alert(1)</script>"
      let page = try await test.ask(.lead, .get, Self.path)
      #expect(page.status == 200 && page.text.contains("第31教育集团"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(try await test.ask(.lead, .post, Self.path, form: [("group", "31"), ("text", " ")]).status == 422)
      #expect(
        try await test.ask(.lead, .post, Self.path, form: [("group", "31"), ("item", "99"), ("text", text)]).status
          == 409)
      #expect(
        try await test.ask(.lead, .post, Self.path, form: [("group", "31"), ("item", "1"), ("text", text)]).status
          == 303)
      let office = try await test.ask(.city, .get, Self.path)
      #expect(office.text.contains("第1项有误") && !office.text.contains("<script>alert"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      // The other lead school neither sees it nor is told of it.
      let other = try await test.ask(.otherLead, .get, Self.path)
      #expect(other.status == 200 && !other.text.contains("第1项有误"))
      let answer = Self.path + "/" + (try await Self.raised(test))
      #expect(try await test.ask(.city, .post, answer, form: [("outcome", "upheld")]).status == 422)
      let reply = [("outcome", "dismissed"), ("reason", "经复核无误")]
      #expect(try await test.ask(.foreignCity, .post, answer, form: reply).status == 404)
      #expect(try await test.ask(.district, .post, answer, form: reply).status == 404)
      #expect(try await test.ask(.lead, .post, answer, form: reply).status == 403)
      #expect(try await test.ask(.city, .post, answer, form: reply).status == 303)
      #expect(try await test.ask(.city, .post, answer, form: reply).status == 409)
      #expect(try await test.ask(.lead, .get, Self.path).text.contains("经复核无误"))
      test.clock.set(year.day(11, 20))
      #expect(try await test.ask(.lead, .post, Self.path, form: [("group", "31"), ("text", "晚了")]).status == 409)
    }
  }

  @Test(arguments: [
    (TestPerson.lead, "32", 409), (.lead, "39", 409), (.lead, "x", 422), (.otherLead, "31", 409), (.member, "31", 403),
    (.city, "31", 403), (.district, "31", 403), (.supervisor, "31", 403), (.foreignLead, "39", 404),
    (.foreignLead, "31", 404),
  ])
  func `nobody objects for another's group`(person: TestPerson, group: String, status: Int) async throws {
    try await TestSite.with { test in
      _ = try await test.confirmedYear()
      let answer = try await test.ask(person, .post, Self.path, form: [("group", group), ("text", "异议")])
      #expect(answer.status == status)
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM objection") }.isEmpty)
    }
  }

  @Test func `nothing is objected to before the results are confirmed`() async throws {
    try await TestSite.with { test in
      _ = try await test.yearToConfirm()
      #expect(try await test.ask(.lead, .post, Self.path, form: [("group", "31"), ("text", "异议")]).status == 409)
    }
  }
}
