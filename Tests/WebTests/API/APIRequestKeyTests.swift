import Fixtures
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// A retry never does the same twice.
@Suite struct APIRequestKeyTests {
  static func body(_ value: Int, version: Int = 0) -> String {
    #"{"marks":[{"item":"4","field":"remark","value":"\#(value)","version":\#(version)}]}"#
  }

  static func marks(_ test: TestSite) async throws -> [String] {
    try await test.site.database.read { try $0.rows("SELECT value, version FROM mark") }
      .map { "\(try $0.text("value")) v\(try $0.integer("version"))" }
  }

  @Test(arguments: TestDatabases.engines)
  func `the same key with the same content gets the first answer again`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/api/v1/sheets/10/\(sheet)/marks"
      let first = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      #expect(first.status == 200)
      _ = try await test.call(.lead, .put, link, json: Self.body(2, version: 1), key: "b")
      let again = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      #expect(again.text == first.text)
      #expect(again.status == 200)
      #expect(again.headers[.replayed] == "true")
      #expect(first.headers[.replayed] == nil)
      let now = try await Self.marks(test)
      let second = ["\"2\" v2"]
      #expect(now == second)
      // Another's keys are their own.
      let member = try await test.call(.member, .put, link, json: Self.body(1), key: "a")
      #expect(member.headers[.replayed] == nil)
    }
  }

  @Test func `the same key with other content is refused`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/api/v1/sheets/10/\(sheet)/marks"
      _ = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      let other = try await test.call(.lead, .put, link, json: Self.body(2, version: 1), key: "a")
      try APIProblemTests.expect(other, 422)
      let elsewhere = try await test.call(.lead, .post, "/api/v1/sheets/10/\(sheet)/submission", key: "a")
      try APIProblemTests.expect(elsewhere, 422)
      let now = try await Self.marks(test)
      let first = ["\"1\" v1"]
      #expect(now == first)
      for key in ["", "a b", "é", String(repeating: "a", count: 101)] {
        try APIProblemTests.expect(
          try await test.call(.lead, .put, link, json: Self.body(3, version: 1), key: key), 400)
      }
    }
  }

  @Test func `what was refused may be sent again with the same key`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/api/v1/sheets/10/\(sheet)/submission"
      let early = try await test.call(.lead, .post, link, key: "a")
      try APIProblemTests.expect(early, 409)
      let keys = try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM request_key") }
      #expect(keys.isEmpty)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `of many at once with one key exactly one is carried out`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      _ = try await test.bearer(of: .lead, Set(Scope.allCases))
      let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
        for _ in 0..<12 {
          group.addTask {
            try await test.call(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: Self.body(1), key: "race")
          }
        }
        return try await group.reduce(into: [Answer]()) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0.status == 200 && $0.text == answers[0].text })
      #expect(answers.filter { $0.headers[.replayed] == nil }.count == 1)
      let saved = try await test.site.database.read {
        try $0.rows("SELECT 1 AS one FROM audit WHERE action = 'mark.saved'")
      }
      #expect(saved.count == 1)
    }
  }

  @Test func `a file sent again is told about, also when nothing can be added any more`() async throws {
    try await TestSite.with { test in
      let link = "/api/v1/cycles/10/500/groups/31/evidence?name=a.txt&place=4"
      let first = try await test.call(.lead, .post, link, bytes: Array("one\n".utf8), key: "f")
      #expect(first.status == 201)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-01"))))
      let again = try await test.call(.lead, .post, link, bytes: Array("one\n".utf8), key: "f")
      #expect(again.status == 201)
      #expect(again.text == first.text)
      let other = try await test.call(.lead, .post, link, bytes: Array("two\n".utf8), key: "f")
      try APIProblemTests.expect(other, 422)
      let late = try await test.call(.lead, .post, link, bytes: Array("two\n".utf8), key: "g")
      try APIProblemTests.expect(late, 409)
    }
  }

  @Test func `keys are forgotten after a week`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/api/v1/sheets/10/\(sheet)/marks"
      _ = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      test.clock.forward(days: 6)
      await Housekeeping(site: test.site).tidy()
      let known = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      #expect(known.headers[.replayed] == "true")
      test.clock.forward(days: 2)
      await Housekeeping(site: test.site).tidy()
      let anew = try await test.call(.lead, .put, link, json: Self.body(1), key: "a")
      #expect(anew.headers[.replayed] == nil)
      #expect(anew.text.contains("same"))
    }
  }
}
