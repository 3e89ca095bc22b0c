import Cycles
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// What is still being evaluated is read by those who evaluate, by whichever door one comes.
@Suite struct SheetReachTests {
  static let open = "/sheets/10/777"

  /// Group 31's preliminary sheet, as handing in opens it, marked by an expert and by the office.
  static func begin(_ test: TestSite) async throws {
    try await test.site.database.write { transaction in
      try transaction.run(
        "INSERT INTO sheet (authority, id, cycle, stage, grp, created_at) VALUES (10, 777, 500, 'preliminary', 31, 1)")
      for reviewer in [0, TestPerson.expertA.account.number] {
        try transaction.run(
          """
          INSERT INTO mark (authority, sheet, reviewer, item, field, value, version, by_account, at)
          VALUES (10, 777, $1, '4', 'remark', '"密"', 1, $2, 1)
          """, [.integer(reviewer), .id(TestPerson.expertA.account)])
      }
    }
  }

  @Test(arguments: [
    (TestPerson.lead, 404), (.member, 404), (.district, 200), (.city, 200), (.supervisor, 200), (.otherDistrict, 404),
  ])
  func `the API shows an open evaluation to whom its page is shown`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      try await Self.begin(test)
      #expect(try await test.ask(person, .get, Self.open).status == status)
      for link in ["/api/v1" + Self.open, "/api/v1" + Self.open + "/marks"] {
        let answer = try await test.call(person, .get, link)
        #expect(answer.status == status, "\(link)")
        #expect(status == 200 || !answer.text.contains("密"))
      }
      for link in ["/now", "/comparison", "/history", "/workbook", "/score-sheet", "/import"] {
        let page = try await test.ask(person, .get, Self.open + link).status
        #expect(page == status || (status == 200 && page < 400), "\(link)")
      }
      let body = #"{"marks":[{"item":"4","field":"remark","value":"x","version":1}]}"#
      let saved = try await test.call(person, .put, "/api/v1" + Self.open + "/marks", json: body)
      #expect((saved.status == 404) == (status == 404))
    }
  }

  @Test func `an office sees experts' marks only where it leads them`() async throws {
    try await TestSite.with { test in
      try await Self.begin(test)
      // The final evaluation is the city's: of what its experts marked the district reads nothing before it is handed in.
      try await test.site.database.write {
        try $0.run("UPDATE sheet SET stage = 'final' WHERE authority = 10 AND id = 777")
      }
      let link = "/api/v1" + Self.open + "/marks"
      #expect(try await test.call(.district, .get, link).status == 404)
      let city = try await test.call(.city, .get, link)
      #expect(city.text.contains("\"reviewer\":\"\(TestPerson.expertA.account)\""))
      try await test.site.database.write {
        try $0.run("UPDATE sheet SET submission = 1, submitted_at = 2 WHERE authority = 10 AND id = 777")
      }
      let after = try await test.call(.district, .get, link)
      #expect(after.status == 200 && !after.text.contains("\"reviewer\":\"\(TestPerson.expertA.account)\""))
    }
  }

  @Test func `who is at work on an evaluation is nobody's business who may not read it`() async throws {
    try await TestSite.with { test in
      try await Self.begin(test)
      #expect(try await test.ask(.district, .post, Self.open + "/presence", form: [("item", "4")]).status == 200)
      for person in [TestPerson.lead, .member, .otherLead] {
        let answer = try await test.ask(person, .post, Self.open + "/presence", form: [("item", "4")])
        #expect(answer.status == 404 && !answer.text.contains("others"))
      }
      let others = try await test.site.database.read { try $0.rows("SELECT account FROM presence") }
      #expect(try others.map { try $0.id("account") } == [TestPerson.district.account])
    }
  }

  @Test func `presence names items of the policy and no words of a stranger`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/sheets/10/\(sheet)/presence"
      for (item, kept) in [("4", "4"), ("请加微信", nil), ("", nil)] as [(String, String?)] {
        #expect(try await test.ask(.lead, .post, link, form: [("item", item)]).status == 200)
        let row = try await test.site.database.read { try $0.row("SELECT item FROM presence") }
        #expect(try row?.optionalText("item") == kept)
      }
      let seen = try await test.ask(.member, .post, link, form: [("item", "4")])
      #expect(seen.text.contains("lead") && !seen.text.contains("微信"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a year that was confirmed meanwhile takes no mark`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (sheet, now) = (try await SheetTests.sheet(test, group: 31), test.clock.now)
      let change = MarkChange(item: "4", field: "group/exchange_rate", value: "9", seen: 0, by: nil, at: now)
      try await test.site.database.write {
        try $0.run("UPDATE cycle SET confirmed_at = $1 WHERE id = 500", [.instant(now)])
      }
      await #expect(throws: SheetConflict.alreadySubmitted) {
        try await test.site.database.write {
          try MarkStore.save(change, over: nil, of: sheet, authority: TestSite.city, by: .program, $0)
        }
      }
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM mark") }.isEmpty)
    }
  }

  @Test func `a member enters its share and says nothing of the whole`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/sheets/10/\(sheet)/items/4"
      #expect(try await test.ask(.lead, .post, link, form: [("remark", "牵头校写的"), ("v:remark", "0")]).status == 303)
      for (field, value) in [("remark", "成员校改的"), ("remark", "")] {
        #expect(try await test.ask(.member, .post, link, form: [(field, value), ("v:remark", "1")]).status == 403)
      }
      // A form that carries the remark as it stands changes nothing.
      #expect(try await test.ask(.member, .post, link, form: [("remark", "牵头校写的")]).status == 303)
      for (field, value) in [("remark", "\"x\""), ("choice", "\"accept\"")] {
        let body = #"{"marks":[{"item":"4","field":"\#(field)","value":\#(value),"version":1}]}"#
        #expect(try await test.call(.member, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body).status == 403)
      }
      let page = try await test.ask(.member, .get, "/sheets/10/\(sheet)?item=4")
      #expect(page.text.contains("牵头校写的") && !page.text.contains("name=\"remark\""))
      let own = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4")
      #expect(own.text.contains("name=\"remark\""))
    }
  }
}
