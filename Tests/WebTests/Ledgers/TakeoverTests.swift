import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// What the year's records say, taken over at once: shown first, typed values left alone.
@Suite struct TakeoverTests {
  static let autumn = "3|group/meetings_autumn.value"
  static let spring = "3|group/meetings_spring.value"

  /// Two meetings in autumn, one in spring; both terms said to be complete unless told otherwise.
  static func record(_ test: TestSite, complete: [String] = ["autumn", "spring"]) async throws -> String {
    for day in ["2025-10-08", "2025-12-08", "2026-03-08"] {
      let form = LedgerPageTests.meeting.map { $0.0 == "day" ? ("day", day) : $0 }
      #expect(try await test.ask(.lead, .post, LedgerPageTests.of("meetings"), form: form).status == 303)
    }
    for term in complete {
      let form = [("school", ""), ("term", term), ("complete", "true")]
      let said = try await test.ask(.lead, .post, LedgerPageTests.of("meetings") + "/statement", form: form)
      #expect(said.status == 303)
    }
    let sheet = try await test.site.database.read {
      try #require(try $0.row("SELECT id FROM sheet WHERE authority = 10 AND grp = 31 AND stage = 'self'")).id("id")
    }
    return "/sheets/10/\(sheet)"
  }

  static func take(_ name: String, _ value: String, seen: Int = 0) -> [(String, String)] {
    [("take", name), ("x:" + name, value), ("v:" + name, String(seen))]
  }

  static func marks(_ test: TestSite) async throws -> [String] {
    try await test.site.database.read { transaction in
      try transaction.rows("SELECT field, value FROM mark ORDER BY field").map {
        "\(try $0.text("field"))=\(try $0.optionalText("value") ?? "null")"
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `all figures are shown with what changes, then taken over, each in the audit log`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = try await Self.record(test)
      let sheet = try await test.ask(.lead, .get, path + "?item=3").text
      #expect(sheet.contains("\(path)/records\"") && sheet.contains("采用台账数据（"))
      #expect(sheet.contains("台账：秋季学期有记录的例会次数 2"))
      let page = try await test.ask(.lead, .get, path + "/records")
      #expect(page.status == 200 && test.counter.count <= 8, "\(test.counter.count)")
      #expect(page.text.contains("name=\"take\" value=\"\(Self.autumn)\" checked"))
      #expect(page.text.contains("/records/31/2026/metrics?item=3&amp;sheet=10-") && page.text.contains("\">2 条记录"))
      let none = try await Self.marks(test)
      #expect(none.isEmpty)
      let form = Self.take(Self.autumn, "2") + Self.take(Self.spring, "1")
      #expect(try await test.ask(.lead, .post, path + "/records", form: form).status == 303)
      let marks = try await Self.marks(test)
      #expect(marks == ["group/meetings_autumn.value=2", "group/meetings_spring.value=1"])
      let audit = try await test.site.database.read {
        try $0.rows("SELECT after_value FROM audit WHERE action = 'mark.saved'").map { try $0.text("after_value") }
      }
      #expect(Set(audit) == Set(marks))
      let after = try await test.ask(.lead, .get, path + "/records").text
      #expect(!after.contains(Self.autumn))
      // On paper too: where it comes from, in words.
      let print = try await test.ask(.lead, .get, path + "?print=all").text
      #expect(print.contains("台账：秋季学期有记录的例会次数 2"))
    }
  }

  @Test func `what somebody typed stays unless it is ticked by itself`() async throws {
    try await TestSite.with { test in
      let path = try await Self.record(test)
      let typed = [("f:group/meetings_autumn.value", "5"), ("v:group/meetings_autumn.value", "0")]
      #expect(try await test.ask(.lead, .post, path + "/items/3", form: typed).status == 303)
      let page = try await test.ask(.lead, .get, path + "/records").text
      #expect(page.contains("已另填的数据"))
      #expect(page.contains("name=\"take\" value=\"\(Self.autumn)\" aria-label"))
      #expect(page.contains("name=\"take\" value=\"\(Self.spring)\" checked"))
      // A page that was opened before the value was typed has seen no version of it.
      let old = try await test.ask(
        .lead, .post, path + "/records", form: Self.take(Self.autumn, "2") + Self.take(Self.spring, "1"))
      #expect(old.status == 409 && old.text.contains("1 处"))
      let kept = try await Self.marks(test)
      #expect(kept == ["group/meetings_autumn.value=5", "group/meetings_spring.value=1"])
      let ticked = try await test.ask(.lead, .post, path + "/records", form: Self.take(Self.autumn, "2", seen: 1))
      #expect(ticked.status == 303)
      let now = try await Self.marks(test)
      #expect(now == ["group/meetings_autumn.value=2", "group/meetings_spring.value=1"])
    }
  }

  @Test func `records that aren't complete, other figures than the records', and strangers take over nothing`()
    async throws
  {
    try await TestSite.with { test in
      let path = try await Self.record(test, complete: ["autumn"])
      let page = try await test.ask(.lead, .get, path + "/records").text
      #expect(page.contains("尚未填完的台账") && page.contains("台账至今") || page.contains("还差什么"))
      #expect(!page.contains("name=\"take\" value=\"\(Self.spring)\""))
      let open = try await test.ask(.lead, .post, path + "/records", form: Self.take(Self.spring, "1"))
      #expect(open.status == 409)
      let forged = try await test.ask(.lead, .post, path + "/records", form: Self.take(Self.autumn, "9"))
      #expect(forged.status == 409)
      #expect(try await test.ask(.lead, .post, path + "/records", form: [("item", "3")]).status == 422)
      #expect(try await test.ask(.otherLead, .post, path + "/records", form: Self.take(Self.autumn, "2")).status == 404)
      #expect(try await test.ask(.district, .get, path + "/records").status == 403)
      // A member enters its own facts, not the group's.
      let member = try await test.ask(.member, .get, path + "/records")
      #expect(!member.text.contains(Self.autumn))
      let none = try await Self.marks(test)
      #expect(none.isEmpty)
    }
  }
}
