import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct OwnTokenTests {
  static func make(_ browser: Browser, _ scopes: [Scope], days: String = "30") async throws -> Answer {
    try await browser.post(
      "/account/tokens",
      [("name", "导数"), ("post", "\(TestPerson.lead.appointment)"), ("days", days)]
        + scopes.map { ("scope", $0.rawValue) })
  }

  @Test func `a token is shown once, works, and ends at once`() async throws {
    try await TestSite.with { test in
      let lead = try await test.browser(.lead)
      let made = try await Self.make(lead, [.readSheets])
      #expect(made.status == 200)
      let token = try AccountKeepingTests.value(made, after: "id=\"token\" value=\"")
      #expect(Token(token) != nil)
      let page = try await lead.get("/account")
      #expect(page.text.contains("导数") && !page.text.contains(token))
      let found = try await test.site.database.read { [now = test.clock.now] in
        try APITokenStore($0).find(try #require(Token(token)), at: now)
      }
      #expect(found?.viewer.account == TestPerson.lead.account)
      let revocation = "/account/tokens/" + (try AccountKeepingTests.value(page, after: "action=\"/account/tokens/"))
      #expect(try await lead.post(revocation).location == "/account?done=token")
      #expect(try await lead.post(revocation).status == 404)
    }
  }

  @Test func `a token belongs to a post of one's own, is for something, and not for ever`() async throws {
    try await TestSite.with { test in
      let member = try await test.browser(.member)
      #expect(try await Self.make(member, [.readSheets]).status == 422)
      let lead = try await test.browser(.lead)
      #expect(try await Self.make(lead, []).status == 422)
      #expect(try await Self.make(lead, [.readSheets], days: "99999").status == 422)
      #expect(try await Self.make(lead, [.readSheets], days: "9223372036854775807").status == 422)
    }
  }

  @Test func `who signs out elsewhere, everywhere, or changes the password takes the account back from programs too`()
    async throws
  {
    for way in 0..<3 {
      try await TestSite.with { test in
        try await test.settle(.lead)
        let (lead, other) = (try await test.browser(.lead), try await test.browser(.member))
        let made = try AccountKeepingTests.value(
          try await Self.make(lead, [.readSheets]), after: "id=\"token\" value=\"")
        let token = try #require(Token(made))
        func holds() async throws -> Bool {
          try await test.site.database.read { [now = test.clock.now] in
            try APITokenStore($0).find(token, at: now) != nil
          }
        }
        #expect(try await other.post(Endpoint.signOutEverywhere.link()).status == 303)
        #expect(try await holds())
        let new = "9fz-pluma-quirk 40"
        let answer =
          switch way {
          case 0: try await lead.post(Endpoint.signOutEverywhere.link(), [("keep", "here")])
          case 1: try await lead.post(Endpoint.signOutEverywhere.link())
          default:
            try await lead.post(
              Endpoint.changePassword.link(),
              [("present", TestSite.password), ("password", new), ("repeat", new)])
          }
        #expect(answer.status == 303)
        #expect(try await !holds(), "\(way)")
        let said = try await test.site.database.read {
          try $0.rows("SELECT 1 AS one FROM audit WHERE action = 'token.revoked'")
        }
        #expect(said.count == 1)
      }
    }
  }

  @Test func `sweeping takes what is over and leaves what holds`() async throws {
    try await TestSite.with { test in
      let (lead, now) = (try await test.browser(.lead), test.clock.now)
      _ = try await lead.get("/account")
      try await test.site.sweep(at: now)
      #expect(try await lead.get("/account").status == 200)
      try await test.site.sweep(at: now.adding(seconds: 86_400))
      let left = try await test.site.database.read { try $0.rows("SELECT account FROM session") }
      #expect(left.isEmpty)
    }
  }
}
