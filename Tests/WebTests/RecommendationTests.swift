import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct RecommendationTests {
  private static func ready(_ test: TestSite) async throws -> TestYear {
    let year = try TestYear.current(test)
    for group in [31, 32, 33] as [Int64] { try await year.handIn(group, "self") }
    test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
    return year
  }

  @Test(arguments: TestDatabases.engines)
  func `a recommended group's next sheet opens`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好", total: "85.50")
      let page = try await test.ask(.district, .get, year.path("recommendation/recommend"))
      #expect(page.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(page.text.contains("85.50") && page.text.contains("良好") && page.text.contains("choice.31"))
      #expect(page.text.contains("自查自评报告"))
      let answer = try await test.ask(
        .district, .post, year.path("recommendation/recommend"), form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(answer.status == 303)
      #expect(try await year.sheets("final") == [31])
      // The group sees what was decided.
      let seen = try await test.ask(.lead, .get, year.path("recommendation/recommend"))
      #expect(seen.text.contains("推荐") && !seen.text.contains("choice.31"))
    }
  }

  @Test func `a grade below the condition can't be recommended, whatever the form says`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "不合格", total: "50.00")
      let page = try await test.ask(.district, .get, year.path("recommendation/recommend"))
      #expect(page.text.contains("不符条件") && !page.text.contains("value=\"yes\""))
      let answer = try await test.ask(
        .district, .post, year.path("recommendation/recommend"), form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(answer.status == 409)
      #expect(try await year.count("recommendation") == 0)
      #expect(try await year.sheets("final") == [])
    }
  }

  @Test func `not recommending needs a reason; a sheet that isn't handed in waits; all or nothing`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好")
      let path = year.path("recommendation/recommend")
      let silent = try await test.ask(.district, .post, path, form: [("choice.31", "no"), ("reason.31", " ")])
      #expect(silent.status == 409)
      #expect(silent.text.contains("第31教育集团：不推荐须写理由"))
      // The city's own group answers to the city, which evaluates it; its sheet isn't in.
      let early = try await test.ask(.city, .post, path, form: [("choice.33", "yes"), ("reason.33", "报告另送")])
      #expect(early.status == 409)
      #expect(early.text.contains("尚未提交"))
      let told = try await test.ask(.district, .post, path, form: [("choice.31", "no"), ("reason.31", "材料不实")])
      #expect(told.status == 303)
      let seen = try await test.ask(.lead, .get, path)
      #expect(seen.text.contains("材料不实"))
      // Decided otherwise later, while nothing has begun.
      let turned = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "已补正")])
      #expect(turned.status == 303)
      #expect(try await year.sheets("final") == [31])
      let back = try await test.ask(.district, .post, path, form: [("choice.31", "no"), ("reason.31", "仍不实")])
      #expect(back.status == 303)
      #expect(try await year.sheets("final") == [])
    }
  }

  @Test(arguments: [
    (TestPerson.otherDistrict, 403), (.city, 403), (.lead, 403), (.supervisor, 403), (.foreignCity, 404),
    (.expertA, 403), (.thirdParty, 403),
  ])
  func `only the group's own authority decides`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好")
      let answer = try await test.ask(
        person, .post, year.path("recommendation/recommend"), form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(answer.status == status)
      #expect(try await year.count("recommendation") == 0)
    }
  }

  @Test func `what has been worked on can't be taken back, nor anything after its day or the confirmation`()
    async throws
  {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好")
      let path = year.path("recommendation/recommend")
      _ = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      try await year.handIn(31, "final", grade: "良好")
      try await test.site.database.write {
        try $0.run(
          """
          INSERT INTO mark (authority, sheet, reviewer, item, field, value, version, at)
          SELECT 10, id, 0, '4', 'choice', '"accept"', 1, 0 FROM sheet WHERE stage = 'final' AND grp = 31
          """)
      }
      let begun = try await test.ask(.district, .post, path, form: [("choice.31", "no"), ("reason.31", "反悔")])
      #expect(begun.status == 409)
      try await year.handIn(32, "preliminary", grade: "良好")
      test.clock.set(Instant(startOf: try #require(Day("2026-10-01"))))
      let late = try await test.ask(.otherDistrict, .post, path, form: [("choice.32", "yes"), ("reason.32", "报告另送")])
      #expect(late.status == 409)
      #expect(late.text.contains("2026-09-30"))
      try await year.confirm()
      #expect(
        try await test.ask(.otherDistrict, .post, path, form: [("choice.32", "yes"), ("reason.32", "报告另送")]).status
          == 409)
      #expect(try await year.count("recommendation") == 1)
    }
  }

  @Test func `an unknown stage is no recommendation`() async throws {
    try await TestSite.with { test in
      let other = try await test.ask(.district, .get, "/cycles/10/500/recommendation/final")
      let none = try await test.ask(.district, .get, "/cycles/10/500/recommendation/nope")
      let foreign = try await test.ask(.foreignCity, .get, "/cycles/10/500/recommendation/recommend")
      #expect([other.status, none.status, foreign.status] == [404, 404, 404])
    }
  }

  private static func endings(_ test: TestSite) async throws -> [String] {
    try await test.site.database.read { transaction in
      try transaction.rows(
        "SELECT after_value FROM audit WHERE action = 'group.recommendationEnded' AND object = 'group/31'"
      ).map { try $0.text("after_value") }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a recommendation ends when the evaluation it rests on is given back`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好")
      let path = year.path("recommendation/recommend")
      _ = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(try await year.sheets("final") == [31])
      let sheet = try await SheetTests.sheet(test, group: 31, stage: "preliminary")
      let back = try await test.ask(
        .city, .post, "/sheets/10/\(sheet)/return", form: [("reason", "材料不全"), ("due", "2026-09-30")])
      #expect(back.status == 303)
      #expect(try await year.sheets("final") == [])
      #expect(try await Self.endings(test).map { $0.contains("\"by\":\"returned\"") } == [true])
      let page = try await test.ask(.district, .get, path)
      #expect(page.text.contains("原推荐于") && page.text.contains("失效：评价退回"))
      #expect(page.text.contains("未评价 1"), "\(page.text)")
      #expect(try await test.ask(.lead, .get, year.path("groups/31")).text.contains("推荐失效"))
      // Handed in again it is recommended anew.
      try await year.handIn(31, "preliminary", grade: "合格")
      #expect(try await year.sheets("final") == [])
      #expect(
        try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")]).status == 303)
      #expect(try await year.sheets("final") == [31])
      #expect(!(try await test.ask(.district, .get, path).text.contains("失效")))
    }
  }

  @Test func `what was begun after a recommendation that ended is closed until it is recommended again`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      try await year.submit(31, "self", by: .lead)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      try await year.submit(31, "preliminary", by: .district)
      try await year.handIn(31, "preliminary", grade: "良好")
      let path = year.path("recommendation/recommend")
      _ = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      test.clock.set(Instant(startOf: try #require(Day("2026-09-20"))))
      let final = try await SheetTests.sheet(test, group: 31, stage: "final")
      func enter(_ value: String, _ version: String) async throws -> Int {
        let field = "group/exchange_rate"
        return try await test.ask(
          .city, .post, "/sheets/10/\(final)/items/4", form: [("f:" + field, value), ("v:" + field, version)]
        ).status
      }
      #expect(try await enter("7", "0") == 303)
      let sheet = try await SheetTests.sheet(test, group: 31, stage: "preliminary")
      let form = [("reason", "材料不全"), ("due", "2026-09-30")]
      #expect(try await test.ask(.city, .post, "/sheets/10/\(sheet)/return", form: form).status == 303)
      // What somebody entered stays, and nobody goes on with it.
      #expect(try await year.sheets("final") == [31])
      #expect(try await enter("6", "1") == 409)
      try await year.handIn(31, "preliminary", grade: "良好")
      #expect(try await enter("6", "1") == 409)
      #expect(
        try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")]).status == 303)
      #expect(try await enter("6", "1") == 303)
    }
  }

  @Test func `a recommendation ends when the evaluation handed in again isn't admitted`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "preliminary", grade: "良好")
      let path = year.path("recommendation/recommend")
      _ = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      try await year.lay(31, "preliminary")
      // A decision against a group stands.
      try await year.handIn(32, "preliminary", grade: "良好")
      let against = [("choice.32", "no"), ("reason.32", "材料不实")]
      #expect(try await test.ask(.otherDistrict, .post, path, form: against).status == 303)
      try await year.lay(32, "preliminary")
      try await year.submit(32, "preliminary", by: .otherDistrict)
      #expect(try await test.ask(.otherDistrict, .get, path).text.contains("材料不实"))
      // Nothing is scored: no grade, so nobody is admitted.
      try await year.submit(31, "preliminary", by: .district)
      #expect(try await year.sheets("final") == [])
      #expect(try await Self.endings(test).map { $0.contains("\"by\":\"submitted\"") } == [true])
      #expect(try await test.ask(.district, .get, path).text.contains("失效：重新提交的评价不符合推荐条件"))
    }
  }
}
