import Fixtures
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// The list in a browser: taken over, reported on, who is late; conferences and what follows.
@Suite struct TaskFlowTests {
  static func path(_ text: String, titled title: String) throws -> String {
    let row = try #require(text.ranges(of: ">\(title)</a>").first)
    let before = text[..<row.lowerBound]
    let link = try #require(before.ranges(of: "href=\"").last)
    return String(before[link.upperBound...].prefix { $0 != "\"" })
  }

  @Test(arguments: TestDatabases.engines)
  func `the city takes the list over, gives names their offices, and sees who is late`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      #expect(try await test.ask(.district, .post, "/tasks", form: []).status == 403)
      #expect(try await test.ask(.city, .post, "/tasks", form: []).status == 303)
      let board = try await test.ask(.city, .get, "/tasks")
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(board.text.contains("汉滨区教体局") && board.text.contains("逾期"))
      #expect(
        try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "11")]).status == 303)
      #expect(
        try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "19")]).status == 403)
      _ = try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "11")])
      let mine = try await test.ask(.district, .get, "/tasks?state=late")
      let path = try Self.path(mine.text, titled: "组建教育集团")
      let task = try await test.ask(.district, .get, path)
      #expect(test.counter.count <= 8)
      #expect(task.text.contains("附件2（四）") && task.text.contains("填报进展"))
      let bad = try await test.ask(
        .district, .post, path + "/reports", form: [("unit", "汉滨区教体局"), ("percent", "120"), ("text", "已批复 12 个")])
      #expect(bad.status == 422 && bad.text.contains("0—100") && bad.text.contains("已批复 12 个"))
      #expect(
        try await test.ask(
          .district, .post, path + "/reports", form: [("unit", "汉滨区教体局"), ("percent", "100"), ("text", "已批复 12 个")]
        ).status == 303)
      #expect(try await test.ask(.city, .get, path).text.contains("已批复 12 个"))
      #expect(
        try await test.ask(
          .district, .post, path + "/reports", form: [("unit", "市教体局"), ("percent", "1"), ("text", "x")]
        )
        .status == 403)
      #expect(try await test.ask(.otherDistrict, .get, path).status == 404)
      #expect(try await test.ask(.foreignCity, .get, path).status == 404)
      #expect(try await test.ask(.supervisor, .get, path).status == 200)
      #expect(try await test.ask(.supervisor, .post, path + "/reports", form: []).status == 403)
      #expect(try await test.ask(.district, .post, path + "/closure", form: []).status == 403)
      #expect(
        try await test.ask(.city, .post, path + "/parts", form: [("text", "制定细则"), ("units", "汉滨区教体局\n 市财政局 \n")])
          .status
          == 303)
      #expect(try await test.ask(.city, .get, path).text.contains("制定细则"))
      #expect(try await test.ask(.city, .post, path + "/closure", form: []).status == 303)
      #expect(try await test.ask(.city, .post, path + "/closure", form: [("open", "1")]).status == 303)
    }
  }

  @Test func `a conference's decision stands among the tasks`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.city, .post, "/tasks", form: [])
      let list = try await test.ask(.city, .get, "/conferences")
      #expect(test.counter.count <= 8)
      #expect(list.text.contains("应召开 4 次") && list.text.contains("未召开"))
      let bad = try await test.ask(
        .city, .post, "/conferences", form: [("title", ""), ("day", "2026-08-20"), ("agenda", " ")])
      #expect(bad.status == 422 && bad.text.contains("缺会议名称") && bad.text.contains("缺议题"))
      let called = try await test.ask(
        .city, .post, "/conferences", form: [("title", "第三次联席会议"), ("day", "2026-08-20"), ("agenda", "经费\n学区划分")])
      let path = try #require(called.location)
      #expect(try await test.ask(.district, .get, path).text.contains("学区划分"))
      #expect(try await test.ask(.foreignCity, .get, path).status == 404)
      #expect(
        try await test.ask(.city, .post, path + "/decisions", form: [("text", "x"), ("units", "市财政局")]).status == 409)
      #expect(try await test.ask(.city, .post, path + "/minutes", form: [("minutes", "会议议定……")]).status == 303)
      #expect(
        try await test.ask(
          .city, .post, path + "/decisions", form: [("text", "落实专项经费"), ("units", "市财政局"), ("due", "2026-09-30")]
        ).status == 303)
      #expect(try await test.ask(.city, .get, path).text.contains("落实专项经费"))
      #expect(try await test.ask(.city, .get, "/tasks").text.contains("落实专项经费"))
      #expect(try await test.ask(.district, .post, path + "/minutes", form: [("minutes", "x")]).status == 403)
      #expect(try await test.ask(.city, .get, "/conferences").text.contains("已召开"))
    }
  }
}
