import Fixtures
import Foundation
import HTTPTypes
import Ledgers
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// The year's records in the browser.
@Suite struct LedgerPageTests {
  static let meeting = [
    ("day", "2025-10-08"), ("kind", "例会（工作会议）"), ("title", "十月例会"), ("recorded", "是"), ("schools", "第21小学"),
    ("schools", "第22小学"),
  ]
  static let year = "/records/31/2026"
  static func of(_ kind: String) -> String { "\(year)/of/\(kind)" }

  @Test(arguments: TestDatabases.engines)
  func `the lead school records a meeting and finds it`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let saved = try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting)
      #expect(saved.status == 303 && saved.location == Self.of("meetings") + "?done=saved")
      let page = try await test.ask(.lead, .get, Self.of("meetings"))
      #expect(page.status == 200)
      #expect(page.text.contains("十月例会") && page.text.contains("第21小学、第22小学"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
    }
  }

  @Test func `what is wrong with a record is told at its fields, and what was typed stays`() async throws {
    try await TestSite.with { test in
      let form = Self.meeting.map { $0.0 == "day" ? ("day", "2024-10-08") : $0 }
      let page = try await test.ask(.lead, .post, Self.of("meetings"), form: form)
      #expect(page.status == 422)
      #expect(page.text.contains("不在本学年") && page.text.contains("value=\"十月例会\""))
      let list = try await test.ask(.lead, .get, Self.of("meetings"))
      #expect(!list.text.contains("十月例会"))
    }
  }

  @Test func `each page asks few statements`() async throws {
    try await TestSite.with { test in
      for person in [TestPerson.lead, .member, .district, .city, .supervisor] {
        for path in ["/records?year=2026", Self.year, Self.year + "/metrics", Self.of("exchange")] {
          let page = try await test.ask(person, .get, path)
          #expect(page.status == 200 || page.status == 303, "\(person) \(path)")
          #expect(test.counter.count <= 8, "\(person) \(path) \(test.counter.count)")
        }
      }
    }
  }

  @Test func `who doesn't reach a group finds nothing of it`() async throws {
    try await TestSite.with { test in
      for person in [TestPerson.otherDistrict, .otherLead, .foreignCity, .foreignLead] {
        for path in [
          Self.year, Self.year + "/metrics", Self.of("exchange"), Self.of("exchange") + "/book.xlsx",
        ] {
          let page = try await test.ask(person, .get, path)
          #expect(page.status == 404, "\(person) \(path)")
        }
      }
      for person in [TestPerson.otherLead, .foreignLead] {
        for path in ["", "/removal", "/statement", "/import"] {
          let page = try await test.ask(person, .post, Self.of("meetings") + path, form: Self.meeting)
          #expect(page.status >= 400, "\(person) \(path)")
        }
      }
      for path in ["/records/0/2026", "/records/31/x", "/records/31/99999", "/records/31/2026/of/none"] {
        let page = try await test.ask(.lead, .get, path)
        #expect(page.status == 404, "\(path)")
      }
    }
  }

  @Test func `a member keeps its own records only`() async throws {
    try await TestSite.with { test in
      let group = try await test.ask(.member, .post, Self.of("meetings"), form: Self.meeting)
      #expect(group.status == 403)
      let staff = [("teachers", "40"), ("eligible", "10")]
      let other = try await test.ask(.member, .post, Self.of("staffing"), form: staff + [("school", "21")])
      #expect(other.status == 403)
      let own = try await test.ask(.member, .post, Self.of("staffing"), form: staff + [("school", "22")])
      #expect(own.status == 303)
      let page = try await test.ask(.district, .get, Self.of("staffing")).text
      #expect(page.contains(">40</td>"))
      #expect(!page.contains("<form method=\"post\" action=\"/records/31/2026/of/staffing\""))
    }
  }

  @Test func `a form for a new record that is sent twice keeps one`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.lead, .get, Self.of("meetings")).text
      let once = page.split(separator: "name=\"once\" value=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
      #expect(!once.isEmpty)
      for _ in 0..<3 {
        let sent = try await test.ask(
          .lead, .post, Self.of("meetings"), form: Self.meeting + [("once", String(once))])
        #expect(sent.status == 303)
      }
      let kept = try await test.site.database.read {
        try $0.row("SELECT count(*) AS count FROM ledger_record WHERE kind = 'meetings'")?.int("count")
      }
      #expect(kept == 1)
    }
  }

  @Test func `records of a year whose results are confirmed change no more`() async throws {
    try await TestSite.with { test in
      #expect(try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting).status == 303)
      try await test.site.database.write { try $0.run("UPDATE cycle SET confirmed_at = 1 WHERE year = 2026") }
      let second = try await test.ask(
        .lead, .post, Self.of("meetings"), form: Self.meeting.map { $0.0 == "title" ? ("title", "再开") : $0 })
      #expect(second.status == 422 && second.text.contains("2025—2026 学年的结果已确认"))
      let said = try await test.ask(
        .lead, .post, Self.of("meetings") + "/statement", form: [("term", "autumn"), ("complete", "true")])
      #expect(said.status == 422)
    }
  }

  static let exchange = [
    ("school", "21"), ("teacher", "王五"), ("host", "第22小学"), ("way", "轮岗"), ("fullTime", "是"), ("backbone", "是"),
    ("from", "2025-09-01"), ("to", "2026-08-31"),
  ]

  @Test func `names are whole to the schools that work with them, masked to others, and leave with a reason`()
    async throws
  {
    try await TestSite.with { test in
      #expect(try await test.ask(.lead, .post, Self.of("exchange"), form: Self.exchange).status == 303)
      #expect(try await test.ask(.lead, .get, Self.of("exchange")).text.contains("T1 王五"))
      for person in [TestPerson.district, .supervisor] {
        let page = try await test.ask(person, .get, Self.of("exchange")).text
        #expect(page.contains("T1 王**") && !page.contains("王五"), "\(person)")
      }
      #expect(try await test.ask(.district, .post, Self.of("exchange") + "/export", form: []).status == 422)
      let book = try await test.ask(.district, .post, Self.of("exchange") + "/export", form: [("reason", "核对名册")])
      #expect(book.status == 200)
      #expect(
        try await test.ask(.supervisor, .post, Self.of("exchange") + "/export", form: [("reason", "x")]).status == 403)
      let said = try await test.site.database.read {
        try $0.row("SELECT after_value FROM audit WHERE action = 'ledger.exported'")?.text("after_value")
      }
      #expect(said == "核对名册")
    }
  }

  @Test func `a record somebody else changed is not overwritten`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting)
      let id = try await test.site.database.read { try $0.row("SELECT id FROM ledger_record")?.id("id") }
      let known = [("record", "\(try #require(id))"), ("recordVersion", "1")]
      #expect(try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting + known).status == 303)
      #expect(try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting + known).status == 409)
      #expect(try await test.ask(.lead, .post, Self.of("meetings") + "/removal", form: known).status == 409)
      let now = [("record", "\(try #require(id))"), ("recordVersion", "2")]
      #expect(try await test.ask(.lead, .post, Self.of("meetings") + "/removal", form: now).status == 303)
      let gone = try await test.ask(.lead, .get, Self.of("meetings")).text
      #expect(!gone.contains("十月例会"))
    }
  }

  @Test func `declared complete, nothing more is taken, and none is none`() async throws {
    try await TestSite.with { test in
      for term in ["autumn", "spring"] {
        let form = [("school", ""), ("term", term), ("complete", "true")]
        #expect(try await test.ask(.lead, .post, Self.of("meetings") + "/statement", form: form).status == 303)
      }
      #expect(try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting).status == 422)
      let why = try await test.ask(.lead, .get, Self.year + "/metrics?item=3")
      #expect(why.text.contains("第一学期工作会议次数") && why.text.contains("<span class=\"b\">0</span>"))
      // A member may not say it for the group.
      let back = [("school", ""), ("term", "autumn"), ("complete", "false")]
      #expect(try await test.ask(.member, .post, Self.of("meetings") + "/statement", form: back).status == 403)
    }
  }

  @Test func `a workbook is shown before it is kept, then kept as a whole`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.lead, .post, Self.of("meetings"), form: Self.meeting)
      let browser = try await test.browser(.lead)
      let bytes = try await LedgerPageTests.book(test)
      let same = try await browser.upload(Self.of("meetings") + "/import/preview", bytes)
      #expect(same.status == 200 && same.text.contains("没有更改"))
      let empty = try await browser.upload(Self.of("meetings") + "/import/preview", Array("nothing".utf8))
      #expect(empty.status == 422)
    }
  }

  /// The workbook of meetings as it is downloaded.
  static func book(_ test: TestSite) async throws -> [UInt8] {
    let (words, today) = (test.site.words(nil), test.clock.now.day)
    let (ground, found) = try await test.site.database.read { transaction in
      let ground = try #require(
        try LedgerStore.ground(
          group: ID(31), year: 2026, for: TestPerson.lead.appointment, today: today, test.site.editions, transaction))
      return (ground, try LedgerStore.found(group: ID(31), ground.days, transaction))
    }
    return try LedgerPageTests.bytes(ground.year(found), words)
  }

  @Test func `the sheet proposes what the records say; entering something else asks for a reason`() async throws {
    try await TestSite.with { test in
      for day in ["2025-10-08", "2025-12-08", "2026-03-08"] {
        let form = Self.meeting.map { $0.0 == "day" ? ("day", day) : $0 }
        #expect(try await test.ask(.lead, .post, Self.of("meetings"), form: form).status == 303)
      }
      let sheet = try await test.site.database.read {
        try #require(try $0.row("SELECT id FROM sheet WHERE authority = 10 AND grp = 31 AND stage = 'self'")).id("id")
      }
      let path = "/sheets/10/\(sheet)"
      let page = try await test.ask(.lead, .get, path + "?item=3")
      #expect(page.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count)")
      #expect(page.text.contains("台账至今：秋季学期有记录的例会次数 2") && !page.text.contains("台账至今：2"))
      // What may still rise stands in the field, and isn't among what one press takes over.
      #expect(page.text.contains("name=\"f:group/meetings_autumn.value\" value=\"2\""))
      #expect(!page.text.contains("data-proposed="))
      #expect(page.text.contains("/records/31/2026/metrics?item=3"))
      // Saved as it stands, it is accepted.
      let items = path + "/items/3"
      let accepted = try await test.ask(
        .lead, .post, items, form: [("f:group/meetings_autumn.value", "2"), ("v:group/meetings_autumn.value", "0")])
      #expect(accepted.status == 303, "\(accepted.text.prefix(300))")
      let after = try await test.ask(.lead, .get, path + "?item=3").text
      #expect(!after.contains("须写明理由"))
      // Entered otherwise, it is overruled.
      _ = try await test.ask(
        .lead, .post, items, form: [("f:group/meetings_spring.value", "4"), ("v:group/meetings_spring.value", "0")])
      let overruled = try await test.ask(.lead, .get, path + "?item=3").text
      #expect(overruled.contains("与台账不一致") && overruled.contains("台账至今：春季学期有记录的例会次数 1"))
    }
  }
}
