import Fixtures
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// The public page of a publicity: no account, no name, no flood.
@Suite struct NoticeTests {
  /// A case that is public; the paths of its notice and of the case.
  static func published(_ test: TestSite) async throws -> (notice: String, path: String) {
    let path = try await FormationFlowTests.written(test, [22, 23])
    for (person, act) in [(TestPerson.lead, "/submission"), (.district, "/acceptance"), (.district, "/publicity")] {
      #expect(try await test.ask(person, .post, path + act, form: [("from", "2026-08-20")]).status == 303, "\(act)")
    }
    return ("/notices" + path.dropFirst("/formation".count), path)
  }

  static func say(
    _ test: TestSite, _ notice: String, _ text: String, shown: Int64? = nil, _ more: [(String, String)] = []
  ) async throws -> Answer {
    let moment = shown ?? test.clock.now.milliseconds - 20_000
    return try await test.ask(
      nil, .post, notice, form: [("shown", "\(moment)"), ("speaker", "parent"), ("text", text)] + more)
  }

  @Test(arguments: TestDatabases.engines)
  func `everybody reads and comments; a comment is shown with its answer and not before`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (notice, path) = try await Self.published(test)
      #expect(try await test.ask(nil, .get, "/notices").text.contains("江北教育集团"))
      let page = try await test.ask(nil, .get, notice)
      #expect(page.status == 200 && page.text.contains("第22小学") && page.text.contains("缩小差距"))
      #expect(test.counter.count <= 8)
      #expect(try await Self.say(test, notice, "张老师电话 13800000000").status == 303)
      #expect(try await Self.say(test, notice, "片区会不会调整？").status == 303)
      let waiting = try await test.ask(nil, .get, notice)
      #expect(!waiting.text.contains("13800000000") && !waiting.text.contains("片区会不会"))
      #expect(waiting.text.contains("2 条待答复"))
      let inside = try await test.ask(.district, .get, path)
      #expect(inside.text.contains("片区会不会调整？") && inside.text.contains("家长"))
      let ids = try await test.site.database.read {
        try $0.rows("SELECT id FROM formation_comment ORDER BY at, id").map { try $0.integer("id") }
      }
      let (first, second) = (try #require(ids.first), try #require(ids.last))
      #expect(
        try await test.ask(
          .district, .post, path + "/comments/withholding", form: [("comment", "\(first)"), ("reason", "含个人信息")]
        ).status == 303)
      #expect(
        try await test.ask(.lead, .post, path + "/comments/answers", form: [("comment", "\(second)"), ("text", "不调整")])
          .status == 403)
      #expect(
        try await test.ask(
          .district, .post, path + "/comments/answers", form: [("comment", "\(second)"), ("text", "不调整")]
        ).status == 303)
      let shown = try await test.ask(nil, .get, notice)
      #expect(shown.text.contains("片区会不会调整？") && shown.text.contains("不调整"))
      #expect(!shown.text.contains("13800000000"))
    }
  }

  @Test func `programs and floods are kept out`() async throws {
    try await TestSite.with { test in
      let (notice, _) = try await Self.published(test)
      #expect(try await Self.say(test, notice, "买广告", [("address", "x@example.org")]).status == 303)
      #expect(try await Self.say(test, notice, "太快", shown: test.clock.now.milliseconds).status == 422)
      #expect(try await Self.say(test, notice, "太旧", shown: 0).status == 422)
      #expect(try await Self.say(test, notice, "x").status == 422)
      #expect(try await Self.say(test, notice, String(repeating: "长", count: 1001)).status == 422)
      for number in 1...5 { #expect(try await Self.say(test, notice, "意见\(number)").status == 303) }
      #expect(try await Self.say(test, notice, "意见6").status == 429)
      let count = try await test.site.database.read {
        try $0.row("SELECT count(*) AS n FROM formation_comment")?.int("n")
      }
      #expect(count == 5)
    }
  }

  @Test func `markup in a comment stays text`() async throws {
    try await TestSite.with { test in
      let (notice, path) = try await Self.published(test)
      _ = try await Self.say(test, notice, "<script>alert(1)</script>")
      let page = try await test.ask(.district, .get, path)
      #expect(page.text.contains("&lt;script&gt;alert(1)") && !page.text.contains("<script>alert"))
    }
  }

  @Test func `before, and of a draft, there is no notice; after it, it stays to be read`() async throws {
    try await TestSite.with { test in
      let (notice, path) = try await Self.published(test)
      #expect(try await test.ask(nil, .get, "/notices/10/999").status == 404)
      test.clock.forward(days: 8)
      let over = try await test.ask(nil, .get, notice)
      #expect(over.status == 200 && over.text.contains("公示已结束") && !over.text.contains("<textarea"))
      #expect(try await Self.say(test, notice, "晚了").status == 422)
      let listed = try await test.ask(nil, .get, "/notices").text
      #expect(listed.contains("江北教育集团") && listed.contains("已结束"))
      let draft = "/notices" + (try await FormationFlowTests.begin(test)).dropFirst("/formation".count)
      #expect(try await test.ask(nil, .get, draft).status == 404)
      #expect(try await test.ask(.lead, .get, path).status == 200)
    }
  }
}
