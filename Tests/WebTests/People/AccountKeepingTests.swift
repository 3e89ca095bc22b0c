import Documents
import Foundation
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct AccountKeepingTests {
  /// What stands behind a text of a page, up to a quotation mark.
  static func value(_ page: Answer, after text: String) throws -> String {
    let start = try #require(page.text.range(of: text)).upperBound
    return String(page.text[start...].prefix { $0 != "\"" })
  }

  /// A filled workbook.
  static func book(_ rows: [AccountRow], _ test: TestSite) throws -> [UInt8] {
    let path = Visit.temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try AccountsBook(catalogue: test.site.words(nil)).write(rows, units: [], to: path)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  static func row(_ login: String, _ name: String, _ role: Role, _ unit: String) throws -> AccountRow {
    AccountRow(
      login: try #require(Login(login)), name: name, role: role, unit: unit, since: TestSite.start.day, last: nil)
  }

  @Test(arguments: TestDatabases.engines)
  func `an account is added, its link shown once, and taken up`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await test.keep([.lead])
      try await test.keep([.foreignLead], at: ID(19))
      let system = try await test.browser(.system)
      let made = try await system.post("/accounts", [("login", "Wang.Fang"), ("name", "王芳"), ("authority", "11")])
      #expect(made.status == 200)
      let link = "/invitation/" + (try Self.value(made, after: "/invitation/"))
      #expect(try await Browser(test).get(link).status == 200)
      let list = try await system.get("/accounts")
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(list.text.contains("wang.fang") && list.text.contains("lead"))
      #expect(!list.text.contains("foreignlead") && !list.text.contains(link))
      #expect(try await system.get("/accounts?q=wang&state=waiting&page=7").status == 200)
      let again = try await system.post("/accounts", [("login", "wang.fang"), ("name", " "), ("authority", "19")])
      #expect(again.status == 422)
      #expect(try await Browser(test).post(link, InvitationFlowTests.good).status == 303)
    }
  }

  @Test func `renaming, closing, reopening, a new link: each at once, each within reach`() async throws {
    try await TestSite.with { test in
      try await test.keep([.lead, .system, .security])
      let (system, lead) = (try await test.browser(.system), try await test.browser(.lead))
      let path = "/accounts/\(TestPerson.lead.account)"
      #expect(try await system.post(path + "/name", [("name", "王\u{202E}芳<b>")]).status == 303)
      let page = try await system.get(path)
      #expect(page.text.contains("&lt;b&gt;") && !page.text.contains("<b>芳"))
      #expect(try await system.post(path + "/closure").status == 303)
      #expect(SignInFlowTests.isAtTheDoor(try await lead.get("/account")))
      #expect(try await system.post(path + "/link").status == 422)
      #expect(try await system.post(path + "/reopening").status == 303)
      #expect(try await system.post(path + "/link").status == 200)
      let own = "/accounts/\(TestPerson.system.account)"
      #expect(try await system.post(own + "/closure").status == 422)
      for verb in ["name", "closure", "reopening", "link"] {
        #expect(
          try await system.post("/accounts/\(TestPerson.foreignLead.account)/\(verb)", [("name", "x")]).status == 404)
      }
    }
  }

  @Test func `who keeps an account sees that it is refused, and a new link ends it`() async throws {
    try await TestSite.with { test in
      try await test.settle(.lead)
      try await test.keep([.lead, .member])
      let (start, lockout) = (test.clock.now, test.site.entrance.lockout)
      try await test.site.database.write { transaction in
        for hour in Int64(1)...50 {
          _ = try SignInStore(transaction, lockout: lockout).begin(
            login: "lead", of: TestPerson.lead.account, address: "203.0.113.1", at: start.adding(seconds: hour * 3600))
        }
      }
      test.clock.forward(days: 3)
      let system = try await test.browser(.system)
      let path = "/accounts/\(TestPerson.lead.account)"
      let list = try await system.get("/accounts")
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(list.text.components(separatedBy: "登录受限").count == 2)
      #expect(try await system.get(path).text.contains("未用过的网络不能登录"))
      #expect(!(try await system.get("/accounts/\(TestPerson.member.account)").text.contains("未用过的网络")))
      let link = "/invitation/" + (try Self.value(try await system.post(path + "/link"), after: "/invitation/"))
      let security = try await test.browser(.security)
      #expect(try await security.post("/posts/links/\(TestPerson.lead.account)/permission").status == 303)
      #expect(try await Browser(test).post(link, InvitationFlowTests.good).status == 303)
      #expect(!(try await system.get(path).text.contains("未用过的网络")))
    }
  }

  @Test func `by no link does who keeps the accounts become who hands out posts or audits`() async throws {
    try await TestSite.with { test in
      try await test.keep([.system, .security, .audit])
      let system = try await test.browser(.system)
      for person in [TestPerson.security, .audit] {
        let answer = try await system.post("/accounts/\(person.account)/link")
        #expect(answer.status == 422)
        #expect(!answer.text.contains("/invitation/"))
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `one workbook, two hands: accounts are made by the one, posts by the other`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (system, security) = (try await test.browser(.system), try await test.browser(.security))
      let book = try Self.book(
        [
          Self.row("li.na", "李娜", .lead, "s21"), Self.row("li.na", "李娜", .expert, "a10"),
          Self.row("he.jun", "何\"军'", .member, "s22"),
        ], test)
      // Before the accounts are there, nobody can be appointed.
      let early = try await security.upload("/posts/import/preview", book)
      #expect(early.status == 422)
      #expect(early.text.contains("A3") && early.text.contains("A5"))

      let preview = try await system.upload("/accounts/import/preview", book)
      #expect(preview.status == 200)
      let fields = try Self.fields(preview)
      #expect(try await system.post("/accounts/import", [("rows", fields[0].1), ("seal", "x")]).status == 422)
      let links = try await system.post("/accounts/import", fields)
      #expect(links.status == 200)
      let tokens = try Self.value(links, after: "name=\"tokens\" value=\"")
      #expect(tokens.split(separator: "\n").count == 2)
      let workbook = try await system.post("/accounts/import/links", [("tokens", tokens)])
      #expect(workbook.headers[.contentType]?.contains("spreadsheetml") == true)
      #expect(try await system.post("/accounts/import", fields).status == 422)
      // Links are the workbook of who issued them, not of a colleague.
      let other = try await test.browser(.foreignCity)
      #expect(try await other.post("/accounts/import/links", [("tokens", tokens)]).status == 403)

      let posts = try await security.upload("/posts/import/preview", book)
      #expect(posts.status == 200)
      let stored = try await security.post("/posts/import", try Self.fields(posts))
      #expect(stored.location == "/posts?done=imported")
      let held = try await security.get("/posts?q=li.na")
      #expect(held.text.contains("第21小学") && held.text.contains("教育局10"))
      #expect(try await security.get("/posts/import/workbook?with=all").status == 200)
      #expect(try await system.get("/accounts/import/workbook").status == 200)
    }
  }

  @Test func `everything wrong in a workbook is named by its cell, and nothing is stored`() async throws {
    try await TestSite.with { test in
      let system = try await test.browser(.system)
      let book = try Self.book(
        [Self.row("a1", "甲", .lead, "none"), Self.row("a2", "乙", .office, "a19"), Self.row("a2", "丙", .office, "a10")],
        test)
      let answer = try await system.upload("/accounts/import/preview", book)
      #expect(answer.status == 422)
      for cell in ["D3", "D4", "B5"] { #expect(answer.text.contains(cell), "\(cell)") }
      #expect(try await system.upload("/accounts/import/preview", Array("no workbook".utf8)).status == 422)
      #expect(try await system.upload("/accounts/import/preview", book, csrf: "x").status == 403)
      let accounts = try await test.site.database.read { try $0.rows("SELECT id FROM account") }
      #expect(accounts.count == TestPerson.allCases.count)
    }
  }

  /// What the preview's form sends back, as a browser reads it.
  static func fields(_ page: Answer) throws -> [(String, String)] {
    try ["rows", "seal"].map { name in
      let text = try value(page, after: "name=\"\(name)\" value=\"")
        .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        .replacing("\n", with: "\r\n")
      return (name, text)
    }
  }
}
