import Fixtures
import Foundation
import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// A joint conference on its way: called, moved, called off, and who hears of it.
@Suite struct ConferenceFlowTests {
  @Test(arguments: TestDatabases.engines)
  func `a conference is moved and called off, by message and calendar`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let feed = try await test.ask(.district, .post, "/messages/calendars", form: [])
      let calendar = try #require(feed.text.firstMatch(of: #/\/calendar\/[A-Za-z0-9_-]{43}/#).map { String($0.output) })
      func days() async throws -> String {
        try await test.ask(nil, .get, calendar).text.replacing("\r\n ", with: "")
      }
      func call(_ title: String, _ day: String) async throws -> String {
        let called = try await test.ask(
          .city, .post, "/conferences", form: [("title", title), ("day", day), ("agenda", "经费\n学区划分")])
        return try #require(called.location)
      }
      let path = try await call("第三次联席会议", "2026-09-10")
      #expect(try await days().contains("DTSTART;VALUE=DATE:20260910"))
      let page = try await test.ask(.city, .get, path)
      #expect(page.text.contains("9月10日开会后填写纪要") && !page.text.contains("name=\"minutes\""))
      #expect(try await test.ask(.district, .post, path, form: [("day", "2026-09-17")]).status == 403)
      #expect(!(try await test.ask(.district, .get, path).text.contains("改期、改议题")))
      let silent = [("title", "第三次联席会议"), ("day", "2026-09-17"), ("agenda", "经费")]
      let refused = try await test.ask(.city, .post, path, form: silent)
      #expect(refused.status == 422 && refused.text.contains("缺改期理由") && refused.text.contains("2026-09-17"))
      #expect(try await test.ask(.city, .post, path, form: silent + [("reason", "与考试冲突")]).status == 303)
      let moved = try await days()
      #expect(moved.contains("DTSTART;VALUE=DATE:20260917") && !moved.contains("20260910"))
      let told = try await test.ask(.district, .get, "/messages").text
      for text in ["召开会议：第三次联席会议", "会议有变动：第三次联席会议", "2026年9月17日", "与考试冲突"] {
        #expect(told.contains(text), "\(text)")
      }
      #expect(try await test.ask(.city, .post, path + "/cancellation", form: []).status == 422)
      #expect(try await test.ask(.city, .post, path + "/cancellation", form: [("reason", "并入下期")]).status == 303)
      let off = try await days()
      #expect(off.contains("SUMMARY:已取消：第三次联席会议") && off.contains("STATUS:CANCELLED"))
      let over = try await test.ask(.city, .get, path)
      #expect(over.text.contains("会议已取消：并入下期") && !over.text.contains("取消会议"))
      #expect(try await test.ask(.district, .get, "/messages").text.contains("会议取消：第三次联席会议"))
      #expect(try await test.ask(.city, .post, path + "/minutes", form: [("minutes", "x")]).status == 409)
      #expect(!(try await test.ask(.otherLead, .get, "/messages").text.contains("联席会议")))
    }
  }

  @Test func `a quarter with two conferences shows each with its own day and state`() async throws {
    try await TestSite.with { test in
      for (title, day) in [("八月会议", "2026-08-19"), ("九月会议", "2026-09-10")] {
        let called = try await test.ask(
          .city, .post, "/conferences", form: [("title", title), ("day", day), ("agenda", "经费")])
        let path = try #require(called.location)
        if day < "2026-08-20" {
          #expect(try await test.ask(.city, .post, path + "/minutes", form: [("minutes", "议定")]).status == 303)
        }
      }
      let text = try await test.ask(.city, .get, "/conferences").text
      let term = try #require(text.components(separatedBy: "第 3 期").last?.components(separatedBy: "第 4 期").first)
      let first = try #require(term.range(of: "8月19日</a> <span class=\"chip ok\">已召开"))
      let second = try #require(term.range(of: "9月10日</a> <span class=\"chip info\">已通知"))
      #expect(first.upperBound <= second.lowerBound)
    }
  }

  @Test func `who is given a task by a conference hears of it`() async throws {
    try await TestSite.with { test in
      try await MessageTests.listed(test)
      let called = try await test.ask(
        .city, .post, "/conferences", form: [("title", "第三次联席会议"), ("day", "2026-08-20"), ("agenda", "经费")])
      let path = try #require(called.location)
      _ = try await test.ask(.city, .post, path + "/minutes", form: [("minutes", "议定")])
      let given = try await test.ask(
        .city, .post, path + "/decisions", form: [("text", "落实专项经费"), ("units", "汉滨区教体局"), ("due", "2026-09-30")])
      #expect(given.status == 303)
      let told = try await test.ask(.district, .get, "/messages").text
      #expect(told.contains("新任务：落实专项经费") && told.contains("期限 2026年9月30日"))
    }
  }
}
