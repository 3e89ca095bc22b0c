import Fixtures
import HTTPTypes
import Logging
import Notation
import People
import Storage
import StorageFixtures
import Synchronization
import Testing

@testable import Web

@Suite struct InvitationFlowTests {
  static let good = [("password", "lamp otter brick"), ("repeat", "lamp otter brick")]

  static func invite(_ test: TestSite, _ person: TestPerson, seed: UInt64 = 7) async throws -> String {
    var random = Seeded(seed)
    let token = Token(from: &random)
    let now = test.clock.now
    try await test.site.database.write {
      try InvitationStore($0).issue(token, to: person.account, by: .program, at: now)
    }
    return Links.invitation(token)
  }

  @Test(arguments: TestDatabases.engines)
  func `a link works once`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let link = try await Self.invite(test, .lead)
      let browser = Browser(test)
      let page = try await browser.get(link)
      #expect(page.status == 200)
      #expect(page.text.contains("lead"))
      let entered = try await browser.post(link, Self.good)
      #expect(entered.location == "/")
      #expect(try await browser.get("/account").status == 200)
      let other = Browser(test)
      #expect(try await other.get(link).status == 410)
      let again = try await other.post(link, Self.good)
      #expect(again.status == 410)
      #expect(again.text.contains(test.site.words(nil).text("people.invitation.gone")))
      #expect(other.cookie == nil)
    }
  }

  @Test func `everything wrong with a password is said at once, and the link still works`() async throws {
    try await TestSite.with { test in
      let link = try await Self.invite(test, .lead)
      let browser = Browser(test)
      let answer = try await browser.post(link, [("password", "password1"), ("repeat", "password2")])
      #expect(answer.status == 422)
      let words = test.site.words(nil)
      for key in ["people.password.repeat", "people.password.common"] { #expect(answer.text.contains(words.text(key))) }
      #expect(!answer.text.contains("password1"))
      #expect(try await browser.post(link, Self.good).status == 303)
    }
  }

  @Test func `a link that is over, replaced or none at all says what to do`() async throws {
    try await TestSite.with { test in
      let first = try await Self.invite(test, .lead, seed: 1)
      let second = try await Self.invite(test, .lead, seed: 2)
      #expect(try await Browser(test).get(first).status == 410)
      #expect(try await Browser(test).get(second).status == 200)
      test.clock.forward(days: 7)
      #expect(try await Browser(test).get(second).status == 410)
      #expect(try await Browser(test).post(second, Self.good).status == 410)
      for path in ["/invitation/x", "/invitation/%00", "/invitation/\(String(repeating: "A", count: 43))"] {
        let status = try await Browser(test).get(path).status
        #expect([404, 410].contains(status), "\(path)")
      }
    }
  }

  @Test func `taking up another's link while signed in asks for the form's secret and ends the old session`()
    async throws
  {
    try await TestSite.with { test in
      let link = try await Self.invite(test, .lead)
      let browser = try await test.browser(.member)
      let old = try #require(browser.cookie)
      #expect(try await browser.post(link, Self.good, csrf: "").status == 403)
      #expect(try await browser.post(link, Self.good).status == 303)
      #expect(try await browser.get("/account").text.contains("lead"))
      #expect(SignInFlowTests.isAtTheDoor(try await Browser(test, cookie: old).get("/account")))
    }
  }

  @Test func `no log shows a link's token`() async throws {
    let lines = Mutex<[String]>([])
    let log = Logger(label: "tests") { _ in Recording { line in lines.withLock { $0.append(line) } } }
    try await TestSite.with(log: log) { test in
      let link = try await Self.invite(test, .lead)
      _ = try await Browser(test).get(link)
      _ = try await Browser(test).post(link, Self.good)
      _ = try await Browser(test).get(link)
      let token = link.split(separator: "/").last.map(String.init) ?? ""
      let all = lines.withLock { $0 }
      #expect(all.count >= 3)
      #expect(all.filter { $0.contains(token) } == [])
      #expect(all.contains { $0.contains("/invitation/:token") })
    }
  }

  struct Recording: LogHandler {
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]
    let say: @Sendable (String) -> Void

    init(_ say: @escaping @Sendable (String) -> Void) { self.say = say }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { say("\(event.message) \(event.metadata ?? [:])") }
  }
}
