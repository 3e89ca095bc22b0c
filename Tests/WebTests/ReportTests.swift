import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct ReportTests {
  static let remark = ("remark", "结论：良好。评字〔2027〕3号")

  @Test(arguments: TestDatabases.engines)
  func `a third party hands in its report of each group`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await TestYear.open(test, "shanghai-2015-illustrative")
      let path = year.path("report/third-party")
      let page = try await test.ask(.thirdParty, .get, path)
      #expect(page.status == 200)
      #expect(page.text.contains("第31教育集团") && page.text.contains("group=32"))
      #expect(test.counter.count <= 8)
      #expect(try await test.ask(.thirdParty, .post, path, form: [("group", "31"), ("remark", " ")]).status == 422)
      let wrong = try await test.ask(
        .thirdParty, .post, path, form: [("group", "31"), Self.remark, ("evidence", "77")])
      #expect(wrong.status == 422)
      #expect(try await test.ask(.thirdParty, .post, path, form: [("group", "31"), Self.remark]).status == 303)
      #expect(try await year.count("report") == 1)
      // The group and its district see it; the other group doesn't.
      for person in [TestPerson.lead, .district, .city] {
        #expect(try await test.ask(person, .get, path).text.contains("评字〔2027〕3号"), "\(person)")
      }
      #expect(!(try await test.ask(.otherLead, .get, path).text.contains("评字〔2027〕3号")))
      // Until its day another may take its place; then no more.
      #expect(
        try await test.ask(.thirdParty, .post, path, form: [("group", "31"), ("remark", "更正")]).status == 303)
      test.clock.set(Instant(startOf: try #require(Day("2027-10-16"))))
      let late = try await test.ask(.thirdParty, .post, path, form: [("group", "32"), Self.remark])
      #expect(late.status == 409)
      #expect(try await year.count("report") == 1)
    }
  }

  @Test(arguments: [
    (TestPerson.city, "31", 403), (.lead, "31", 403), (.supervisor, "31", 403), (.foreignCity, "31", 404),
    (.thirdParty, "39", 403), (.thirdParty, "x", 403),
  ])
  func `nobody else hands it in, nor of another city's group`(
    person: TestPerson, group: String, status: Int
  ) async throws {
    try await TestSite.with { test in
      let year = try await TestYear.open(test, "shanghai-2015-illustrative")
      let answer = try await test.ask(
        person, .post, year.path("report/third-party"), form: [("group", group), Self.remark])
      #expect(answer.status == status)
      try await year.confirm()
      #expect(
        try await test.ask(.thirdParty, .post, year.path("report/third-party"), form: [("group", "31"), Self.remark])
          .status == 409)
      #expect(try await year.count("report") == 0)
    }
  }
}

@Suite struct MemberTests {
  @Test(arguments: TestDatabases.engines)
  func `the lead school finds the sheets of its members, a member its own`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try await TestYear.open(test, "zhongyuan-2022-illustrative")
      let path = year.path("members/members")
      let cycle = year.cycle
      try await test.site.database.write { transaction in
        for school in [22, 23] as [Int64] {
          try transaction.run(
            """
            INSERT INTO sheet (authority, id, cycle, stage, grp, school, created_at)
            VALUES (10, $1, $2, 'members', 31, $3, 0)
            """, [.integer(7_000 + school), .id(cycle), .integer(school)])
        }
      }
      try await year.handIn(31, "self")
      let lead = try await test.ask(.lead, .get, path)
      #expect(lead.status == 200)
      #expect(lead.text.contains("/sheets/10/7022") && lead.text.contains("/sheets/10/7023"))
      #expect(lead.text.contains("填报中"))
      #expect(test.counter.count <= 8)
      let member = try await test.ask(.member, .get, path)
      #expect(member.text.contains("/sheets/10/7022") && !member.text.contains("/sheets/10/7023"))
      #expect(!(try await test.ask(.otherLead, .get, path).text.contains("/sheets/10/702")))
      #expect(try await test.ask(.thirdParty, .get, path).status == 403)
      #expect(try await test.ask(.foreignLead, .get, path).status == 404)
      #expect(try await test.ask(.lead, .get, year.path("members/self")).status == 404)
    }
  }
}
