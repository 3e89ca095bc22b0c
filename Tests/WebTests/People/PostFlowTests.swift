import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct PostFlowTests {
  static func appoint(
    _ browser: Browser, _ login: String, _ role: Role, _ seat: String, since: String = "2026-08-01", last: String = ""
  ) async throws -> Answer {
    try await browser.post(
      "/posts", [("login", login), ("role", role.rawValue), ("seat", seat), ("since", since), ("last", last)])
  }

  static func post(_ test: TestSite, of person: TestPerson, _ role: Role) async throws -> ID {
    let posts = try await test.site.database.read { try AppointmentStore($0).appointments(of: person.account) }
    return try #require(posts.first { $0.role == role }).id
  }

  @Test(arguments: TestDatabases.engines)
  func `an appointment holds at the next request, and so does its end`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await test.keep(TestPerson.allCases.filter { $0.rawValue <= 113 })
      let (security, lead) = (try await test.browser(.security), try await test.browser(.lead))
      #expect(try await Self.appoint(security, "lead", .expert, "教育局12").location == "/posts?done=appointed")
      let list = try await security.get("/posts?q=lead")
      #expect(list.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      let post = try await Self.post(test, of: .lead, .expert)

      let before = try #require(lead.cookie)
      #expect(try await lead.post("/account/post", [("post", "\(post)")]).location == "/")
      #expect(lead.cookie != before)
      #expect(SignInFlowTests.isAtTheDoor(try await Browser(test, cookie: before).get("/account")))
      #expect(try await lead.get("/account").text.contains("教育局12 · ") == true)

      #expect(try await security.post("/posts/\(post)/end", [("now", "1")]).location == "/posts?done=ended")
      // The session goes on, the post doesn't.
      #expect(try await lead.get("/account").status == 200)
      let sheet = try await SheetTests.sheet(test, group: 31)
      #expect(try await lead.get("/sheets/10/\(sheet)").status == 403)
      #expect(try await lead.post("/account/post", [("post", "\(post)")]).status == 422)
      #expect(try await lead.post("/account/post", [("post", "\(TestPerson.lead.appointment)")]).status == 303)
      #expect(try await lead.get("/sheets/10/\(sheet)").status == 200)
    }
  }

  @Test func `a post that ends at midnight ends at midnight`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let tomorrow = TestSite.start.day.adding(days: 1)
      try await test.site.database.write {
        try AppointmentStore($0).end(TestPerson.lead.appointment, from: tomorrow, by: .program, at: TestSite.start)
      }
      test.clock.set(Instant(startOf: tomorrow).adding(seconds: -60))
      let lead = try await test.browser(.lead)
      #expect(try await lead.get("/sheets/10/\(sheet)").status == 200)
      test.clock.set(Instant(startOf: tomorrow))
      #expect(try await lead.get("/sheets/10/\(sheet)").status == 403)
      #expect(try await lead.get("/account").status == 200)
    }
  }

  @Test func `nobody acts in another's post`() async throws {
    try await TestSite.with { test in
      let lead = try await test.browser(.lead)
      for person in [TestPerson.city, .system, .foreignCity] {
        #expect(try await lead.post("/account/post", [("post", "\(person.appointment)")]).status == 422)
      }
    }
  }

  @Test func `the three are kept apart, nobody appoints themselves, and nothing is done beyond reach`() async throws {
    try await TestSite.with { test in
      try await test.keep([.system, .security, .audit, .lead])
      try await test.keep([.foreignLead], at: ID(19))
      let security = try await test.browser(.security)
      let words = test.site.words(nil)
      for (login, role) in [("system", Role.audit), ("audit", .system), ("security", .office)] {
        #expect(try await Self.appoint(security, login, role, "a10").status == 422, "\(login)")
      }
      #expect(try await Self.appoint(security, "foreignlead", .expert, "a10").status == 422)
      let beyond = try await Self.appoint(security, "lead", .expert, "a19")
      #expect(beyond.status == 422)
      #expect(try await security.post("/posts/\(TestPerson.security.appointment)/end", [("now", "1")]).status == 422)
      let empty = try await security.post("/posts", [("since", "soon")])
      #expect(empty.status == 422)
      for key in ["posts.role.missing", "posts.login.missing", "posts.seat.missing"] {
        #expect(empty.text.contains(words.text(key)), "\(key)")
      }
      #expect(empty.text.contains("soon"))
      let held = try await test.site.database.read { try $0.rows("SELECT id FROM appointment") }
      #expect(held.count == TestPerson.allCases.count)
    }
  }

  @Test func `what was is not changed: no end in the past, none later than it was`() async throws {
    try await TestSite.with { test in
      try await test.keep([.lead])
      let security = try await test.browser(.security)
      let link = "/posts/\(TestPerson.lead.appointment)/end"
      #expect(try await security.post(link, [("last", "2026-01-01")]).status == 422)
      #expect(try await security.post(link, [("last", "2026-08-31")]).status == 303)
      #expect(try await security.post(link, [("last", "2026-09-30")]).status == 422)
      #expect(try await security.post(link, [("last", "31.08.2026")]).status == 422)
    }
  }
}
