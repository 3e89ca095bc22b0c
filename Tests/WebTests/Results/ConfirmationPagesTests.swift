import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct ConfirmationPagesTests {
  static let confirmation = "/cycles/10/501/confirmation"

  @Test(arguments: TestDatabases.engines)
  func `a year is confirmed and published page by page, each in few statements`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await test.yearToConfirm()
      // What a program reads once and keeps, the frozen policy, is no part of a page's statements.
      _ = try await test.ask(.city, .get, "/cycles/10/501")
      func look(_ path: String, _ words: String...) async throws {
        let page = try await test.ask(.city, .get, path)
        #expect(page.status == 200, "\(path)")
        #expect(test.counter.count <= 8, "\(path): \(test.counter.all)")
        for word in words { #expect(page.text.contains(word), "\(path): \(word)") }
      }
      try await look(Self.confirmation, "第31教育集团", "待决定")
      let early = try await test.ask(.city, .post, Self.confirmation, form: [])
      #expect(early.status == 409)
      #expect(early.text.contains("还有待决定的集团"))
      try await test.decideAndConfirm()
      try await look(Self.confirmation, "撤回确认")
      try await look("/cycles/10/501/results", "第31教育集团", "第32教育集团")
      try await look("/cycles/10/501/results/31", "96")
      try await look("/cycles/10/501/publication")
      try await look("/results")
      #expect(try await test.ask(.city, .post, "/cycles/10/501/publication", form: []).status == 409)
      test.clock.set(year.day(11, 12))
      let published = try await test.ask(.city, .post, "/cycles/10/501/publication", form: [("document", "1号")])
      #expect(published.status == 303)
      try await look("/cycles/10/501/publication", "1号")
      try await look("/cycles/10/501/results", "第33教育集团")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `who confirms and who supervises learn what was handed in without, and why`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.yearToConfirm()
      let none = try await test.ask(.city, .get, Self.confirmation)
      #expect(!none.text.contains("缺专家或缺材料提交"))
      #expect(try await test.ask(.supervisor, .get, "/?cycle=10-501").text.contains("没有缺专家或缺材料提交的评分表"))
      try await test.site.database.write { transaction in
        try transaction.run(
          """
          UPDATE submission SET without_experts = '两名专家临时出差'
          WHERE sheet = (SELECT min(id) FROM sheet WHERE cycle = 501 AND grp = 32 AND submission IS NOT NULL)
          """, [])
        transaction.record(
          AuditEntry(
            authority: TestSite.city, at: test.clock.now, actor: .program, action: "sheet.submitted",
            object: "group/32"))
      }
      let page = try await test.ask(.city, .get, Self.confirmation)
      #expect(page.text.contains("缺专家或缺材料提交的评分表") && page.text.contains("两名专家临时出差"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      let seen = try await test.ask(.supervisor, .get, "/?cycle=10-501")
      #expect(seen.text.contains("两名专家临时出差") && seen.text.contains("第32教育集团"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(try await !test.ask(.city, .get, "/?cycle=10-501").text.contains("两名专家临时出差"))
    }
  }

  @Test func `only the office that runs the year confirms, decides, takes back and publishes`() async throws {
    try await TestSite.with { test in
      _ = try await test.yearToConfirm()
      let paths = ["confirmation", "publication", "decisions", "reopening"].map { "/cycles/10/501/\($0)" }
      for path in paths {
        for (person, status) in [
          (TestPerson.district, 404), (.otherDistrict, 404), (.foreignCity, 404), (.lead, 403), (.member, 403),
          (.expertA, 403), (.thirdParty, 403), (.supervisor, 403), (.system, 403),
        ] {
          let answer = try await test.ask(
            person, .post, path, form: [("consequence", "award"), ("granted:32", "yes"), ("reason", "x")])
          #expect(answer.status == status, "\(path) as \(person)")
        }
      }
      for path in paths.prefix(2) {
        #expect(try await test.ask(.district, .get, path).status == 404)
        #expect(try await test.ask(.foreignCity, .get, path).status == 404)
      }
      let stored = try await test.site.database.read {
        try $0.row("SELECT confirmed_at FROM cycle WHERE id = 501")?.optionalInteger("confirmed_at")
      }
      #expect(stored == nil)
    }
  }

  @Test func `decisions fit what is to be decided`() async throws {
    try await TestSite.with { test in
      _ = try await test.yearToConfirm()
      func decide(_ fields: [(String, String)]) async throws -> Int {
        try await test.ask(.city, .post, "/cycles/10/501/decisions", form: fields).status
      }
      #expect(try await decide([]) == 422)
      #expect(try await decide([("consequence", "nonsense"), ("granted:32", "yes"), ("reason", "x")]) == 409)
      #expect(try await decide([("consequence", "award")]) == 422)
      #expect(try await decide([("consequence", "award"), ("granted:32", "yes")]) == 422)
      #expect(try await decide([("consequence", "award"), ("granted:39", "yes"), ("reason", "x")]) == 422)
      let both = [("consequence", "award"), ("granted:32", "yes"), ("granted:33", "yes"), ("reason", "x")]
      #expect(try await decide(both) == 422)
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM tie_decision") }.isEmpty)
    }
  }

  @Test func `what is confirmed is taken back with a reason only`() async throws {
    try await TestSite.with { test in
      _ = try await test.confirmedYear()
      #expect(try await test.ask(.city, .post, "/cycles/10/501/reopening", form: [("reason", " ")]).status == 422)
      #expect(try await test.ask(.city, .post, "/cycles/10/501/reopening", form: [("reason", "核对")]).status == 303)
      #expect(try await test.ask(.city, .get, Self.confirmation).text.contains("核对"))
      #expect(try await test.ask(.city, .post, "/cycles/10/501/reopening", form: [("reason", "核对")]).status == 409)
    }
  }
}
