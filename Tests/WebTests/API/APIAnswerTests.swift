import Fixtures
import Foundation
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Every answer is as the document says, and nobody is answered what isn't theirs.
@Suite struct APIAnswerTests {
  /// What an operation's answer is to look like; nil where its status isn't documented or it is no JSON.
  static func schema(_ endpoint: Endpoint, _ status: Int) -> APISchema? {
    guard let operation = OpenAPIDocument.operations.first(where: { $0.endpoint == endpoint }) else { return nil }
    for answer in operation.answers where answer.status == status {
      if case .json(let schema)? = answer.content { return schema }
    }
    return operation.allProblems.contains(status) ? .problem : nil
  }

  static func expect(_ answer: Answer, _ endpoint: Endpoint, _ status: Int, _ note: String = "") throws {
    #expect(answer.status == status, "\(endpoint.name) \(note): \(answer.text)")
    let found = Self.schema(endpoint, answer.status)
    let promised = try #require(found, "\(endpoint.name) \(answer.status)")
    let faults = try promised.faults(in: answer.json)
    #expect(faults == [], "\(endpoint.name) \(note)")
    if status >= 400 { #expect(answer.headers[.contentType] == "application/problem+json") }
  }

  static func edition(_ test: TestSite) async throws -> String {
    try await test.site.database.read { try $0.row("SELECT hash FROM policy_edition")?.text("hash") ?? "" }
  }

  @Test(arguments: TestDatabases.engines)
  func `what a lead school reads is as described, in few statements`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let marks =
        #"{"marks":[{"item":"4","field":"group/exchange_rate","value":8.4},"#
        + #"{"item":"4","field":"remark","value":"备注"}]}"#
      try Self.expect(
        try await test.call(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: marks), .apiSaveMarks, 200)
      let file = try await test.call(
        .lead, .post, "/api/v1/cycles/10/500/groups/31/evidence?name=a.txt&place=4", bytes: Array("一份名单\n".utf8))
      try Self.expect(file, .apiAddEvidence, 201)
      let edition = try await Self.edition(test)
      for (endpoint, path) in [
        (Endpoint.apiCycles, "/api/v1/cycles"), (.apiCycle, "/api/v1/cycles/10/500"),
        (.apiSheets, "/api/v1/cycles/10/500/sheets?stage=self&state=open&group=31"),
        (.apiSheet, "/api/v1/sheets/10/\(sheet)"), (.apiMarks, "/api/v1/sheets/10/\(sheet)/marks"),
        (.apiEvidence, "/api/v1/cycles/10/500/groups/31/evidence"), (.apiResults, "/api/v1/cycles/10/500/results"),
        (.apiPolicies, "/api/v1/policies"), (.apiPolicy, "/api/v1/policies/\(edition)"),
      ] {
        try Self.expect(try await test.call(.lead, .get, path), endpoint, 200)
        // The one that looks up the token comes on top while the token is made.
        #expect(test.counter.count <= 8, "\(path): \(test.counter.all.joined(separator: "\n"))")
      }
      let whole = try await test.call(.lead, .get, "/api/v1/sheets/10/\(sheet)").json
      let item = try #require(whole["items"]?.list?.first { $0["item"]?.text == "4" })
      #expect(item["remark"]?.text == "备注")
      let field = try #require(item["fields"]?.list?.first { $0["field"]?.text == "group/exchange_rate" })
      #expect(field["value"]?.number?.plain == "8.4")
      #expect(field["version"]?.integer == 1)
      let download = try await test.call(.lead, .get, try #require(file.json["file"]?.text))
      #expect(download.text == "一份名单\n")
    }
  }

  static let paths: [(Endpoint, HTTPRequest.Method, String)] = [
    (.apiCycle, .get, "/api/v1/cycles/10/500"), (.apiSheets, .get, "/api/v1/cycles/10/500/sheets"),
    (.apiSheet, .get, "/api/v1/sheets/10/SHEET"), (.apiMarks, .get, "/api/v1/sheets/10/SHEET/marks"),
    (.apiSaveMarks, .put, "/api/v1/sheets/10/SHEET/marks"),
    (.apiSubmit, .post, "/api/v1/sheets/10/SHEET/submission"),
    (.apiEvidence, .get, "/api/v1/cycles/10/500/groups/31/evidence"),
    (.apiAddEvidence, .post, "/api/v1/cycles/10/500/groups/31/evidence?name=a.txt"),
    (.apiResults, .get, "/api/v1/cycles/10/500/results"), (.apiEdition, .get, "/api/v1/cycles/10/500/results/1"),
    (.apiDraft, .get, "/api/v1/cycles/10/500/draft"),
  ]

  static func send(
    _ test: TestSite, _ person: TestPerson?, _ path: (Endpoint, HTTPRequest.Method, String), sheet: ID,
    scopes: Set<Scope> = Set(Scope.allCases)
  ) async throws -> Answer {
    try await test.call(
      person, path.1, path.2.replacing("SHEET", with: "\(sheet)"),
      json: path.0 == .apiSaveMarks ? #"{"marks":[{"item":"4","field":"remark","value":"x"}]}"# : nil,
      bytes: path.0 == .apiAddEvidence ? [0x61] : nil, scopes: scopes)
  }

  @Test func `another city's people are told that there is nothing`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      for person in [TestPerson.foreignCity, .foreignLead] {
        for path in Self.paths {
          let answer = try await Self.send(test, person, path, sheet: sheet)
          try Self.expect(answer, path.0, 404, "\(person)")
        }
      }
      // The policies are the same files; a foreign city has its own cycle under them.
      let foreign = try await test.call(.foreignLead, .get, "/api/v1/policies").json
      let cycles = foreign["policies"]?.list?.flatMap { $0["cycles"]?.list ?? [] }.compactMap { $0["id"]?.text }
      #expect(cycles == ["590"])
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM mark") }.isEmpty)
    }
  }

  @Test func `lists hold what the post reaches and no more`() async throws {
    try await TestSite.with { test in
      for (person, groups) in [
        (TestPerson.city, ["31", "32", "33"]), (.district, ["31"]), (.lead, ["31"]), (.member, ["31"]), (.expertA, []),
        (.supervisor, ["31", "32", "33"]),
      ] {
        let answer = try await test.call(person, .get, "/api/v1/cycles/10/500/sheets")
        let found = try answer.json["sheets"]?.list?.compactMap { $0["group"]?["id"]?.text }
        #expect(Set(found ?? []) == Set(groups), "\(person)")
      }
    }
  }

  @Test func `pages of a list make up the whole`() async throws {
    try await TestSite.with { test in
      var found: [String] = []
      var cursor = ""
      for _ in 0..<10 {
        let page = try await test.call(.city, .get, "/api/v1/cycles/10/500/sheets?limit=1\(cursor)").json
        let sheets = page["sheets"]?.list ?? []
        #expect(sheets.count <= 1)
        found += sheets.compactMap { $0["id"]?.text }
        guard let next = page["next"]?.text else { break }
        cursor = "&cursor=\(next)"
      }
      let whole = try await test.call(.city, .get, "/api/v1/cycles/10/500/sheets").json
      #expect(found == whole["sheets"]?.list?.compactMap { $0["id"]?.text })
      #expect(found.count == 3)
    }
  }

  @Test func `a token does what its scopes say and no more`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      for path in Self.paths {
        let scope = try #require(path.0.scope.flatMap { Scope(rawValue: $0) })
        let others = Set(Scope.allCases).subtracting([scope])
        let answer = try await Self.send(test, .lead, path, sheet: sheet, scopes: others)
        try Self.expect(answer, path.0, 403)
        #expect(answer.headers[.wwwAuthenticate]?.contains("insufficient_scope") ?? false)
        let own = try await Self.send(test, .lead, path, sheet: sheet, scopes: [scope])
        #expect(own.status != 403 && own.status < 500, "\(path.0.name) \(own.text)")
      }
      let page = try await test.call(.lead, .get, "/sheets/10/\(sheet)")
      #expect(page.status == 403)
    }
  }
}
