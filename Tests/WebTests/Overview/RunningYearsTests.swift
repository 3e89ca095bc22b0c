import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Years overlap: the next one is opened while the last one is still being evaluated.
@Suite struct RunningYearsTests {
  /// 2026 in mid-course on 2026-09-10, and 2027 just opened: group 31 has handed in, 32 and 33 let their day pass, and
  /// an expert is to mark 32.
  private static func with(_ engine: Engine, _ body: @escaping @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.with(engine) { test in
      try await test.submit(31, "self", total: "88.50", grade: "良好", scores: [("1", "6"), ("4", "2.5")])
      try await test.assign(.expertA, to: 32, "preliminary")
      _ = try await TestYear.open(test, "shanghai-2015-illustrative")
      test.clock.set(Instant(startOf: try #require(Day("2026-09-10"))))
      // The first reading of a policy is one statement more, once in a program.
      try await test.site.warm()
      try await body(test)
    }
  }

  static let tasks: [(TestPerson, String)] = [
    (.city, "2025—2026 学年 · 区级初评："), (.district, "2025—2026 学年 · 区级初评："),
    (.otherDistrict, "2025—2026 学年 · 自查自评："), (.expertA, "2025—2026 学年 · 区级初评："),
    (.lead, "2026—2027 学年 · "), (.member, "2026—2027 学年 · "), (.thirdParty, "2026—2027 学年 · "),
    (.supervisor, "2025—2026 学年 · 1 个集团自查自评未交"),
  ]

  @Test(arguments: TestDatabases.engines)
  func `what is to do in a year doesn't vanish when the next is opened`(engine: Engine) async throws {
    try await Self.with(engine) { test in
      for (person, words) in Self.tasks {
        let page = try await test.ask(person, .get, "/")
        #expect(page.status == 200, "\(person)")
        #expect(page.text.contains(words), "\(person)")
        #expect(test.counter.count <= 8, "\(person) \(test.counter.count)")
        let again = try await test.ask(person, .get, "/")
        #expect(again.text.contains(words), "\(person)")
        #expect(test.counter.count <= 8, "\(person) \(test.counter.count)")
      }
    }
  }

  @Test func `schools find both years before the first is handed in`() async throws {
    try await TestSite.with { test in
      _ = try await TestYear.open(test, "shanghai-2015-illustrative")
      for person in [TestPerson.lead, .member] {
        let page = try await test.ask(person, .get, "/").text
        #expect(page.contains("2025—2026 学年 · 自查自评：") && page.contains("2026—2027 学年 · "), "\(person)")
        // The nearer day is 31 August 2026.
        #expect(page.contains("指标填报") && page.contains("2025—2026 学年度考核"), "\(person)")
      }
    }
  }

  @Test func `the year with the nearest own day is looked at first, whichever is newest`() async throws {
    try await Self.with(.sqlite) { test in
      for person in [TestPerson.city, .district, .otherDistrict, .supervisor] {
        #expect(try await test.ask(person, .get, "/").text.contains("<h1>2025—2026 学年度考核</h1>"), "\(person)")
      }
      #expect(try await test.ask(.expertA, .get, "/").text.contains("分配 1 个集团"))
      // Asked for by name, the other is looked at; what is to do in the first stays.
      let next = try await test.ask(.district, .get, "/?cycle=10-501").text
      #expect(next.contains("<h1>2026—2027 学年度考核</h1>") && next.contains("2025—2026 学年 · 区级初评："))
    }
  }

  @Test func `one year alone is not named before every task`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.lead, .get, "/")
      #expect(page.text.contains("提交评分表") && !page.text.contains("学年 · "))
    }
  }

  @Test func `a change in one year leaves the other's overview as it was`() async throws {
    try await Self.with(.sqlite) { test in
      _ = try await test.ask(.city, .get, "/")
      _ = try await test.ask(.city, .get, "/")
      let warm = test.counter.count
      try await test.submit(33, "self", total: "70")
      let page = try await test.ask(.city, .get, "/")
      #expect(page.text.contains("70.00") && page.text.contains("2025—2026 学年 · "))
      #expect(test.counter.count <= 8 && test.counter.count >= warm)
    }
  }

  @Test func `other pages say how much is to do, also after one's own change`() async throws {
    try await TestSite.with { test in
      #expect(try await !test.ask(.lead, .get, "/policies").text.contains("class=\"cnt\""))
      _ = try await test.ask(.lead, .get, "/")
      #expect(try await test.ask(.lead, .get, "/policies").text.contains("class=\"cnt\""))
      #expect(try await !test.ask(.otherLead, .get, "/policies").text.contains("class=\"cnt\""))
      let sheet = try await SheetTests.sheet(test, group: 31)
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "8.4"), ("v:group/exchange_rate", "0")])
      #expect(try await test.ask(.lead, .get, "/policies").text.contains("class=\"cnt\""))
    }
  }
}
