import Cycles
import HTTPTypes
import Notation
import People
import Scoring
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct OpeningTests {
  static let days = [
    ("due.self", "2027-08-31"), ("due.preliminary", "2027-09-30"), ("due.recommend", "2027-09-30"),
    ("due.final", "2027-10-31"), ("open.publish", "1"),
  ]
  static func form(_ changes: [String: String] = [:], without: [String] = []) -> [(String, String)] {
    let standard = [("policy", "ankang-2022"), ("year", "2027"), ("title", "二七年度"), ("do", "open")] + days
    return standard.filter { !without.contains($0.0) }.map { ($0.0, changes[$0.0] ?? $0.1) }
  }

  @Test func `everybody sees the years they have to do with and no others`() async throws {
    try await TestSite.with { test in
      for person in [TestPerson.city, .district, .lead, .member, .supervisor, .expertA, .thirdParty] {
        let page = try await test.ask(person, .get, "/cycles")
        #expect(page.status == 200)
        #expect(page.text.contains("/cycles/10/500"), "\(person)")
        #expect(!page.text.contains("/cycles/19/590"), "\(person)")
        #expect(test.counter.count <= 8)
      }
      #expect(try await test.ask(.system, .get, "/cycles").status == 403)
    }
  }

  @Test func `a policy with open decisions is shown with why it can't be used`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, "/cycles/new")
      #expect(page.text.contains("policy=ankang-2022"))
      #expect(!page.text.contains("policy=sanya-2021&") && !page.text.contains("policy=sanya-2021\""))
      #expect(page.text.ranges(of: "不能选用").count == 3 && page.text.ranges(of: "policy=").count == 5)
      #expect(try await test.ask(.city, .get, "/cycles/new?policy=sanya-2021").status == 422)
      #expect(try await test.ask(.city, .get, "/cycles/new?policy=..%2Fpolicies%2Fankang-2022").status == 404)
      #expect(try await test.ask(.city, .get, "/cycles/new?edition=abc").status == 404)
      // What another authority froze is none of theirs.
      let hash = PolicyEditions.Files.of("ankang-2022").hash
      #expect(try await test.ask(.city, .get, "/cycles/new?edition=\(hash)").status == 200)
      #expect(try await test.ask(.district, .get, "/cycles/new?edition=\(hash)").status == 404)
      #expect(try await test.ask(.lead, .get, "/cycles/new").status == 403)
    }
  }

  @Test func `the form tells who takes part; by 安康's reading whoever is formed is graded`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write {
        try $0.run("UPDATE school_group SET formed = '2027-05-01' WHERE id = 32")
      }
      let page = try await test.ask(.city, .get, "/cycles/new?policy=ankang-2022&year=2027")
      #expect(page.status == 200)
      for words in ["参加考核 3 个集团，7 所学校"] {
        let isSaid = page.text.contains(words)
        #expect(isSaid, "\(words)")
      }
      let isLeftOut = page.text.contains("不评等次")
      #expect(!isLeftOut)
      let statements = test.counter.count
      #expect(statements <= 8)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a cycle opens with its days, its policy frozen and the first sheets`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let answer = try await test.ask(
        .city, .post, "/cycles", form: Self.form(["due.final": "2027-11-15"]) + [("avoidsDistrict", "1")])
      #expect(answer.status == 303)
      let page = try await test.ask(.city, .get, try #require(answer.location))
      #expect(page.status == 200)
      #expect(page.text.contains("二七年度"))
      #expect(page.text.contains("2027年11月15日"))
      #expect(page.text.contains("专家回避本辖区"))
      let rows = try await test.site.database.read {
        try $0.rows(
          """
          SELECT s.grp FROM sheet s JOIN cycle c ON c.authority = s.authority AND c.id = s.cycle
          WHERE c.year = 2027 AND s.stage = 'self' ORDER BY s.grp
          """)
      }
      #expect(try rows.map { try $0.integer("grp") } == [31, 32, 33])
    }
  }

  @Test func `everything that stands against opening is told at once, and nothing is stored`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let before = try await year.count("cycle")
      let answer = try await test.ask(
        .city, .post, "/cycles",
        form: Self.form(
          ["year": "27", "title": " ", "due.preliminary": "2027-08-01", "due.final": "never"], without: ["due.self"]))
      #expect(answer.status == 422)
      for text in ["四位数", "没有写名称", "自查自评没有期限", "“never”不是日期"] {
        #expect(answer.text.contains(text), "\(text)")
      }
      #expect(answer.text.contains("value=\"2027-08-01\""))
      let order = try await test.ask(.city, .post, "/cycles", form: Self.form(["due.final": "2027-09-01"]))
      #expect(order.text.contains("市级终评的期限 2027-09-01 早于"))
      #expect(try await year.count("cycle") == before)
    }
  }

  @Test func `a group the registry has wrong holds up the opening, by name`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write {
        try $0.run("UPDATE membership SET role = 'member' WHERE school = 24")
        try $0.run("UPDATE school_group SET form = NULL WHERE id = 31")
        try $0.run("DELETE FROM membership WHERE grp = 33")
      }
      let answer = try await test.ask(.city, .post, "/cycles", form: Self.form())
      #expect(answer.status == 422)
      #expect(answer.text.contains("第32教育集团没有登记核心校"))
      #expect(answer.text.contains("第31教育集团没有登记组建模式"))
      #expect(answer.text.contains("第33教育集团没有登记核心校"))
    }
  }

  @Test func `a year opens once, and only an office opens its own`() async throws {
    try await TestSite.with { test in
      let twice = try await test.ask(
        .city, .post, "/cycles", form: Self.form(["year": "2026"], without: Self.days.map(\.0)))
      #expect(twice.status == 422)
      let days = Self.days.map { ($0.0, $0.1.replacing("2027", with: "2026")) }
      let again = try await test.ask(
        .city, .post, "/cycles",
        form: Self.form(["year": "2026"], without: Self.days.map(\.0)) + days)
      #expect(again.text.contains("2026 年结束的学年已启动过考核"))
      for person in [TestPerson.lead, .member, .expertA, .thirdParty, .supervisor, .system] {
        #expect(try await test.ask(person, .post, "/cycles", form: Self.form()).status == 403)
      }
      // A district may run a year of its own groups.
      let own = try await test.ask(.district, .post, "/cycles", form: Self.form())
      #expect(own.status == 303)
      #expect(own.location?.hasPrefix("/cycles/11/") == true)
    }
  }

  @Test func `checking stores nothing and keeps what was entered`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let before = try await year.count("cycle")
      let answer = try await test.ask(
        .city, .post, "/cycles", form: Self.form(["do": "check", "title": "另一个名称"], without: ["open.publish"]))
      #expect(answer.status == 200)
      #expect(answer.text.contains("另一个名称"))
      #expect(answer.text.contains("公布没有期限"))
      let refilled = try await test.ask(.city, .post, "/cycles", form: Self.form(["do": "refill", "year": "2030"]))
      #expect(refilled.text.contains("2030-10-31"))
      #expect(try await year.count("cycle") == before)
    }
  }

  @Test func `a dry run tells what a policy would have made of the year before`() async throws {
    try await TestSite.with { test in
      let none = try await test.ask(.city, .get, "/cycles/dry-run?policy=ankang-2022&year=2027")
      #expect(none.status == 422)
      let lead = try await test.person(.lead)
      let (site, now) = (test.site, test.clock.now)
      let sheet = try await SheetTests.sheet(test, group: 31)
      try await site.database.write { transaction in
        let open = try #require(
          try SheetStore.open(authority: TestSite.city, sheet, for: lead, at: now, site.editions, transaction))
        let state = open.state()
        try SubmissionStore.submit(
          open, facts: state.facts, card: state.card, words: site.words(nil), at: now, by: .program, ids: site.ids,
          transaction)
      }
      let page = try await test.ask(.city, .get, "/cycles/dry-run?policy=ankang-2022&year=2027")
      #expect(page.status == 200)
      #expect(page.text.contains("共 1 份结果，0 份有变动"))
      #expect(test.counter.count <= 8)
      #expect(try await test.ask(.foreignCity, .get, "/cycles/dry-run?policy=ankang-2022&year=2027").status == 422)
      // What can't be read any more is told; nobody sees a first stage, or a year in which nothing moves.
      let next = try await site.database.read {
        try $0.row("SELECT id FROM sheet WHERE grp = 31 AND stage = 'preliminary' AND school = 0")?.id("id")
      }
      let path = "/sheets/10/\(try #require(next))"
      #expect(try await test.ask(.district, .get, path).status == 200)
      try await site.database.write { try $0.run("UPDATE submission SET facts = '{\"id\":'") }
      #expect(try await test.ask(.city, .get, "/cycles/dry-run?policy=ankang-2022&year=2027").status == 422)
      #expect(try await test.ask(.district, .get, path).status == 500)
    }
  }
}

extension TestSite {
  /// Somebody in their post, as stores are asked.
  func person(_ person: TestPerson) async throws -> Viewer {
    let today = clock.now.day
    let post = try await site.database.read {
      try AppointmentStore($0).posts(of: person.account, on: today).first
    }
    return Viewer(account: person.account, name: "\(person)", post: post, language: "zh-CN")
  }
}
