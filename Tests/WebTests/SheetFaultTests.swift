import Cycles
import Documents
import Fixtures
import Foundation
import HTTPTypes
import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

/// What a sheet says of what can't be read, and what stands from one year to the next; under 随州's policy.
@Suite struct SheetFaultTests {
  private static func sheet(_ test: TestSite, cycle: Int64 = 501) async throws -> ID {
    let row = try await test.site.database.read {
      try $0.row(
        "SELECT id FROM sheet WHERE authority = 10 AND cycle = $1 AND grp = 31 AND stage = 'self'", [.integer(cycle)])
    }
    return try #require(row).id("id")
  }

  private static func post(
    _ test: TestSite, _ sheet: ID, _ item: String, _ form: [(String, String)]
  ) async throws -> Int {
    let versions = Set(form.map { $0.0.split(separator: "#")[0] }).map {
      ("v:" + $0.dropFirst(2), "0")
    }
    return try await test.ask(.lead, .post, "/sheets/10/\(sheet)/items/\(item)", form: form + versions).status
  }

  @Test func `a line that can't be read is named, with how it is written`() async throws {
    try await TestSite.with { test in
      _ = try await TestYear.open(test, "suizhou-2022")
      let sheet = try await Self.sheet(test)
      let status = try await Self.post(test, sheet, "C15", [("f:21/awards", "市级 科技\n省级特色学校1所")])
      #expect(status == 303)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C15").text
      #expect(page.contains("第 2 行“省级特色学校1所”：先写级别（") && page.contains("例：市级 科技创新。"))
      #expect(!page.contains("第 1 行"))
      let live = try await test.ask(.lead, .get, "/sheets/10/\(sheet)/now?item=C15").text
      #expect(live.contains("第 2 行"))
    }
  }

  @Test func `of two ways to say the same one is enough, and both are one too many`() async throws {
    try await TestSite.with { test in
      _ = try await TestYear.open(test, "suizhou-2022")
      let sheet = try await Self.sheet(test)
      let address = "/sheets/10/\(sheet)?item=C17"
      let empty = try await test.ask(.lead, .get, address).text
      #expect(empty.contains("“第21小学：本学年度交流干部受表彰数（按级别）”") && !empty.contains("：奖项”"))
      #expect(try await Self.post(test, sheet, "C17", [("f:21/counts#city", "三"), ("f:22/counts#city", "2")]) == 303)
      let wrong = try await test.ask(.lead, .get, address).text
      #expect(wrong.contains("市级：读到“三”，应填不小于 0 的数字，例：3。"))
      #expect(try await Self.post(test, sheet, "C17", [("f:22/awards", "市级 先进")]) == 303)
      let both = try await test.ask(.lead, .get, address).text
      #expect(both.components(separatedBy: "逐项奖项和按级别的数量只填一种。").count == 3)
    }
  }

  /// Hands in what is on the sheet, whatever it still lacks, and confirms the year.
  private static func end(_ test: TestSite, _ sheet: ID) async throws {
    let (viewer, now, site) = (try await test.person(.lead), test.clock.now, test.site)
    try await site.database.write { transaction in
      let open = try #require(
        try SheetStore.open(authority: TestSite.city, sheet, for: viewer, at: now, site.editions, transaction))
      let state = open.state()
      try SubmissionStore.submit(
        open, facts: state.facts, card: state.card, words: site.words(nil), at: now, by: .program, ids: site.ids,
        transaction)
      try transaction.run("UPDATE cycle SET confirmed_at = $1 WHERE id = 501", [.instant(now)])
    }
  }

  private static func open(_ test: TestSite, _ name: String, base: Int) async throws {
    let policy = try #require(PolicyEditions.Files.of(name).policy.policy)
    try await test.site.database.write { transaction in
      try CycleStore.open(
        CycleOpening(
          authority: TestSite.city, id: ID(502), year: 2028, title: "2027—2028 学年度考核",
          files: PolicyEditions.Files.of(name), policy: policy), at: TestSite.start, by: .program,
        ids: IDMaker(node: 4),
        transaction)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a number of a fixed year stands in the next year as it was given`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await TestYear.open(test, "suizhou-2022")
      let first = try await Self.sheet(test)
      #expect(try await Self.post(test, first, "C16", [("f:21/base#city", "4"), ("f:21/counts#city", "6")]) == 303)
      try await Self.end(test, first)
      try await Self.open(test, "suizhou-2022", base: 2021)
      let sheet = try await Self.sheet(test, cycle: 502)
      _ = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C16")
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C16")
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(page.text.contains("2021 年基期，沿用 2026—2027 学年的填报：市级 4"))
      // What isn't fixed is asked anew.
      #expect(page.text.contains("“第21小学：本年论文、教学获奖及评优评先数（按级别）”"))
      #expect(!page.text.contains("“第21小学：基期论文"))
      // Once handed in it still says so, and counts.
      let before = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C16").text
      try await Self.end(test, sheet)
      let kept = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C16").text
      #expect(before.contains("“第21小学：本年") && kept.contains("沿用 2026—2027 学年的填报：市级 4"))
      #expect(!kept.contains("“第21小学：基期论文"))
      try await test.site.database.write { transaction in
        try transaction.run("UPDATE sheet SET submission = NULL, submitted_at = NULL WHERE id = $1", [.id(sheet)])
      }
      // Another value needs a reason.
      #expect(try await Self.post(test, sheet, "C16", [("f:21/base#city", "5"), ("f:21/counts#city", "6")]) == 303)
      let overruled = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=C16").text
      #expect(overruled.contains("与此前填报的基期数不一致，须在说明中写明理由"))
    }
  }
}
