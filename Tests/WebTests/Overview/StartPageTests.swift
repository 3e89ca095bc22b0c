import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct StartPageTests {
  /// What everybody finds first.
  static let firsts: [(TestPerson, String)] = [
    (.city, "各区进度"), (.district, "第31教育集团"), (.lead, "指标填报"), (.member, "指标填报"),
    (.expertA, "还没有分配集团"), (.thirdParty, "没有待办事项"), (.supervisor, "只读查阅"), (.system, "账户管理"),
    (.security, "任职管理"), (.audit, "审计日志"),
  ]

  @Test(arguments: firsts)
  func `everybody's first page tells what is theirs to do, in eight statements at most`(
    person: TestPerson, words: String
  ) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(person, .get, "/")
      #expect(page.status == 200)
      #expect(page.text.contains(words))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      let again = try await test.ask(person, .get, "/")
      #expect(again.text.contains(words))
      #expect(test.counter.count <= 8)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a year in mid-course looks the same on either engine`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await test.submit(31, "self", total: "88.50", grade: "良好", scores: [("1", "6"), ("4", "2.5"), ("18", nil)])
      try await test.submit(31, "preliminary", total: "80.00", grade: "良好", scores: [("1", "4"), ("4", "2.5")])
      try await test.assign(.expertA, to: 32, "preliminary")
      for person in [TestPerson.city, .district, .lead, .member, .expertA, .supervisor] {
        let page = try await test.ask(person, .get, "/")
        #expect(page.status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(person) \(test.counter.count)")
      }
      let group = try await test.ask(.city, .get, "/cycles/10/500/groups/31")
      #expect(group.text.contains("88.50") && group.text.contains("80.00"))
      #expect(test.counter.count <= 8)
      for path in ["rates", "groups", "groups?item=4&sort=item", "groups/31/schools/22"] {
        #expect(try await test.ask(.city, .get, "/cycles/10/500/\(path)").status == 200, "\(path)")
        #expect(test.counter.count <= 8, "\(path) \(test.counter.count)")
      }
      #expect(try await test.ask(.city, .get, "/search?q=31").text.contains("第31教育集团"))
      #expect(test.counter.count <= 8)
    }
  }

  @Test func `a lead school finds its sheet first, with the day and how much is filled in`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.lead, .get, "/")
      #expect(page.text.contains("8月31日"))
      #expect(page.text.contains("还有 11 天"))
      #expect(page.text.contains("已填 0 / 18 项"))
      #expect(page.text.contains("提交评分表"))
      #expect(page.text.contains("第22小学"))
      #expect(!page.text.contains("第24小学"))
    }
  }

  @Test func `a member finds only what is asked of it, and nothing to hand in`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.member, .get, "/")
      #expect(page.text.contains("已填 0 / 3 项"))
      #expect(!page.text.contains("提交评分表"))
    }
  }

  @Test func `an expert finds the groups assigned and how far each is`() async throws {
    try await TestSite.with { test in
      try await test.submit(32, "self", total: "80")
      try await test.assign(.expertA, to: 32, "preliminary")
      let page = try await test.ask(.expertA, .get, "/")
      #expect(page.text.contains("第32教育集团"))
      #expect(!page.text.contains("第31教育集团"))
      #expect(page.text.contains("/ 18"))
      #expect(try await test.ask(.expertB, .get, "/").text.contains("还没有分配集团"))
    }
  }

  @Test func `an account without a post is told so`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write {
        try $0.run("UPDATE appointment SET until = since WHERE id = $1", [.id(TestPerson.member.appointment)])
      }
      let page = try await test.ask(.member, .get, "/")
      #expect(page.status == 200)
      #expect(page.text.contains("账户目前没有任职"))
    }
  }

  @Test func `a member's group comes to the schools only by their own post`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.lead, .get, "/?group=32")
      #expect(page.status == 200)
      #expect(!page.text.contains("第32教育集团"))
    }
  }

  @Test(arguments: ["/?cycle=19-590", "/?cycle=10-501", "/?cycle=x", "/?area=11x"])
  func `a year that isn't one's own is not found`(path: String) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, path)
      #expect(page.status == 404)
    }
  }
}
