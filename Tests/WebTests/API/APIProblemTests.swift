import HTTPTypes
import Notation
import People
import Storage
import Testing

@testable import Web

/// What is wrong with a request is said as RFC 9457 says, whatever it is.
@Suite struct APIProblemTests {
  static func expect(_ answer: Answer, _ status: Int) throws {
    #expect(answer.status == status, "\(answer.text)")
    #expect(answer.headers[.contentType] == "application/problem+json")
    let json = try answer.json
    #expect(APISchema.problem.faults(in: json) == [])
    #expect(json["status"]?.integer == status)
  }

  @Test func `without a token, or with one that isn't known, nobody is let in`() async throws {
    try await TestSite.with { test in
      let none = try await test.call(nil, .get, "/api/v1/cycles")
      try Self.expect(none, 401)
      let asked = "Bearer realm=\"junheng\""
      #expect(none.headers[.wwwAuthenticate] == asked)
      _ = try await test.bearer(of: .lead, [.readCycles])
      test.clock.forward(days: 4000)
      let over = try await test.call(nil, .get, "/api/v1/cycles")
      try Self.expect(over, 401)
    }
  }

  @Test func `unknown addresses and methods are problems too`() async throws {
    try await TestSite.with { test in
      for path in ["/api/v1/nothing", "/api/v1", "/api/v2/cycles", "/api/v1/sheets/x/y/z/w"] {
        try Self.expect(try await test.call(nil, .get, path), 404)
      }
      let wrong = try await test.call(.lead, .delete, "/api/v1/sheets/10/5/marks")
      try Self.expect(wrong, 405)
      #expect(wrong.headers[.allow] == "GET, PUT")
      let page = try await test.ask(nil, .get, "/nowhere")
      #expect(page.status == 404)
      #expect(page.text.contains("<html"))
      let form = try await test.ask(nil, .put, "/sign-in")
      #expect(form.status == 405)
      #expect(form.headers[.allow] == "GET, POST")
    }
  }

  @Test func `formats nobody offers or takes are refused`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let link = "/api/v1/sheets/10/\(sheet)/marks"
      try Self.expect(try await test.call(.lead, .get, link, accept: "text/html"), 406)
      try Self.expect(try await test.call(.lead, .get, link, accept: "application/json;q=0"), 406)
      for accept in ["*/*", "application/*", "text/html, application/json;q=0.5", "application/problem+json"] {
        #expect(try await test.call(.lead, .get, link, accept: accept).status == 200)
      }
      try Self.expect(try await test.call(.lead, .put, link, json: "{}", type: "text/plain"), 415)
      try Self.expect(
        try await test.call(.lead, .put, link, json: "{}", type: "application/x-www-form-urlencoded"), 415)
      let large = String(repeating: " ", count: 2 << 20)
      try Self.expect(try await test.call(.lead, .put, link, json: large), 413)
    }
  }

  @Test(arguments: [
    ("{", 400), (#"{"marks":[{}],}"#, 400), ("[]", 422), (#"{"marks":[]}"#, 422), (#"{"marks":[1]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark"}]}"#, 422), (#"{"marks":[{"item":4,"field":"remark","value":1}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":1,"version":-1}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":1,"version":1.5}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":1,"extra":1}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":1}],"extra":1}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":"\u0000"}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","field":"remark","value":1}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"remark","value":1e999}]}"#, 422),
    (#"{"marks":[{"item":"nothing","field":"remark","value":1}]}"#, 422),
    (#"{"marks":[{"item":"4","field":"21/exchange_rate","value":1}]}"#, 422),
  ])
  func `a body that isn't as described changes nothing`(body: String, status: Int) async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      try Self.expect(try await test.call(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body), status)
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM mark") }.isEmpty)
    }
  }

  @Test(arguments: [
    "limit=0", "limit=201", "limit=x", "limit=+5", "limit=", "cursor=-1", "cursor=007", "state=maybe", "stage=",
    "stage=%00", "group=a", "unknown=1", "limit=1&limit=2",
  ])
  func `a parameter that isn't as described is named`(query: String) async throws {
    try await TestSite.with { test in
      let answer = try await test.call(.lead, .get, "/api/v1/cycles/10/500/sheets?\(query)")
      try Self.expect(answer, 400)
      let name = query.split(separator: "=").first.map(String.init) ?? ""
      #expect(answer.text.contains(name))
    }
  }

  @Test(arguments: ["+10/500", "10/0500", "10/99999999999999999999", "10/x", "10/%00"])
  func `an address with anything but ids names nothing`(path: String) async throws {
    try await TestSite.with { test in
      try Self.expect(try await test.call(.lead, .get, "/api/v1/cycles/\(path)"), 404)
    }
  }
}
