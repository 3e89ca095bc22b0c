import Cycles
import Documents
import Fixtures
import Foundation
import HTTPTypes
import Notation
import Policies
import Scoring
import Storage
import Testing

@testable import Web

/// What may come in as a value, and until when.
@Suite struct SheetValueTests {
  static let field = "group/exchange_rate"
  static let large = String(repeating: "9", count: 900_000)

  /// A workbook of facts under a policy.
  static func book(_ policy: String, _ facts: FactYears) throws -> [UInt8] {
    let path = Visit.temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FactsBook(policy: Examples.of(policy).policy).write(facts, to: path)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func marks(_ test: TestSite) async throws -> [String] {
    try await test.site.database.read { try $0.rows("SELECT value FROM mark") }.map { try $0.text("value") }
  }

  @Test(arguments: ["\"\(large)\"", large, "[1,2]", "{\"a\":1}", "true", "{", ""])
  func `a value settled or imported is short and of its field's kind`(value: String) async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let settled = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4", form: [("settle", Self.field), ("value:" + Self.field, value)])
      #expect(settled.status == 422)
      let imported = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/import", form: [("x:4|" + Self.field, value), ("v:4|" + Self.field, "0")])
      #expect(imported.status == 422)
      #expect(try await Self.marks(test) == [])
    }
  }

  @Test func `what people typed is still settled`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      for (value, version) in [("9", "0"), ("\"很多\"", "1"), ("null", "2")] {
        let answer = try await test.ask(
          .lead, .post, "/sheets/10/\(sheet)/items/4",
          form: [("settle", Self.field), ("value:" + Self.field, value), ("v:" + Self.field, version)])
        #expect(answer.status == 303, "\(value)")
      }
    }
  }

  @Test func `no door takes a value of any length`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      // A thousand characters, each of many code points.
      let heavy = String(repeating: "e" + String(repeating: "\u{301}", count: 30), count: 1_000)
      let answer = try await test.ask(.lead, .post, "/sheets/10/\(sheet)/items/4", form: [("remark", heavy)])
      #expect(answer.status == 422 && answer.text.contains("KB"))
      #expect(try await Self.marks(test) == [])
    }
  }

  @Test(arguments: [
    ("remark", "1"), ("choice", "\"maybe\""), ("group/exchange_rate", "[1]"), ("group/exchange_rate", "true"),
  ])
  func `a program's value is of its field's kind too`(field: String, value: String) async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let body = #"{"marks":[{"item":"4","field":"\#(field)","value":\#(value),"version":0}]}"#
      let answer = try await test.call(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body)
      #expect(answer.status == 422 && answer.text.contains("类型不对"))
      #expect(try await Self.marks(test) == [])
    }
  }

  @Test func `lists of events show the beginning of long values`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let text = String(repeating: "长", count: 3_000)
      #expect(
        try await test.ask(.lead, .post, "/sheets/10/\(sheet)/items/4", form: [("remark", text)]).status == 303)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)/history").text
      #expect(page.contains("长长…") && !page.contains(String(repeating: "长", count: 201)))
      #expect(try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4").text.contains(text))
    }
  }

  @Test func `a workbook's faults name the file as its sender does, and say nothing of commands`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let lead = try await test.browser(.lead)
      let answer = try await lead.upload(
        "/sheets/10/\(sheet)/import/preview", try Self.book("suizhou-2022", FactYears(years: [])))
      #expect(answer.status == 422)
      #expect(answer.text.contains("a.xlsx") && answer.text.contains("重新下载"))
      #expect(
        !answer.text.contains("/tmp/") && !answer.text.contains("junheng-") && !answer.text.contains("facts template"))
    }
  }

  @Test func `after the deadline no door is left open`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-01"))))
      let body = #"{"marks":[{"item":"4","field":"group/exchange_rate","value":9,"version":0}]}"#
      let program = try await test.call(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body)
      let preview = try await test.browser(.lead).upload(
        "/sheets/10/\(sheet)/import/preview", try Self.book("ankang-2022", FactYears(years: [])))
      let imported = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/import", form: [("x:4|" + Self.field, "9"), ("v:4|" + Self.field, "0")])
      let form = try await test.ask(.lead, .post, "/sheets/10/\(sheet)/items/4", form: [("f:" + Self.field, "9")])
      for answer in [program, preview, imported, form] {
        #expect(answer.status == 409 && answer.text.contains("2026-08-31"))
      }
      #expect(try await Self.marks(test) == [])
    }
  }
}
