import HTTPTypes
import Notation
import People
import StorageFixtures
import Testing

@testable import Storage

@testable import Web

/// A new link to an account in use takes two people.
@Suite struct LinkPermissionTests {
  /// The lead's account is in use, and the system administrator makes a link to it.
  private static func link(_ test: TestSite) async throws -> String {
    try await test.settle(.lead)
    try await test.keep([.lead, .system, .security])
    let answer = try await test.browser(.system).post("/accounts/\(TestPerson.lead.account)/link")
    #expect(answer.status == 200 && answer.text.contains("由安全管理员放行后才能使用"))
    return "/invitation/" + (try AccountKeepingTests.value(answer, after: "/invitation/"))
  }

  private static let allowance = "/posts/links/\(TestPerson.lead.account)/permission"
  private static let refusal = "/posts/links/\(TestPerson.lead.account)/refusal"

  @Test(arguments: TestDatabases.engines)
  func `who keeps the accounts doesn't become an office by a link alone`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let link = try await Self.link(test)
      let thief = Browser(test)
      #expect(try await thief.get(link).status == 403)
      let taken = try await thief.post(link, InvitationFlowTests.good)
      #expect(taken.status == 403 && taken.text.contains("待安全管理员放行") && thief.cookie == nil)
      let system = try await test.browser(.system)
      for path in [Self.allowance, Self.refusal] { #expect(try await system.post(path).status == 403) }
      let security = try await test.browser(.security)
      let home = try await security.get("/")
      #expect(home.text.contains("放行一次性链接"))
      let posts = try await security.get("/posts")
      #expect(posts.text.contains("待放行的链接") && posts.text.contains(Self.allowance))
      // Whom to ask: where the person works, and as what.
      #expect(posts.text.contains("核心校</td>") && home.text.contains("核心校"))
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(try await security.post(Self.allowance).location == "/posts?done=allowed")
      #expect(try await security.post(Self.allowance).status == 404)
      #expect(try await Browser(test).post(link, InvitationFlowTests.good).status == 303)
      #expect(!(try await security.get("/").text.contains("放行一次性链接")))
      let said = try await test.site.database.read { transaction in
        try transaction.rows(
          "SELECT action FROM audit WHERE authority = 0 AND action LIKE 'invitation.%' ORDER BY number", []
        ).map { try $0.text("action") }
      }
      #expect(said == ["invitation.asked", "invitation.allowed", "invitation.used"])
    }
  }

  @Test func `who made a link sees whether it waits, was used, or ran out`() async throws {
    try await TestSite.with { test in
      let link = try await Self.link(test)
      let system = try await test.browser(.system)
      let path = "/accounts/\(TestPerson.lead.account)"
      #expect(try await system.get(path).text.contains("待安全管理员放行"))
      let home = try await system.get("/").text
      #expect(home.contains("所生成的链接 1 个待放行"))
      _ = try await test.browser(.security).post(Self.allowance)
      #expect(try await system.get(path).text.contains("尚未使用"))
      #expect(try await Browser(test).post(link, InvitationFlowTests.good).status == 303)
      #expect(try await system.get(path).text.contains("已使用"))
      #expect(try await !system.get("/").text.contains("待放行"))
    }
  }

  @Test func `what is refused is over`() async throws {
    try await TestSite.with { test in
      let link = try await Self.link(test)
      let security = try await test.browser(.security)
      #expect(try await security.post(Self.refusal).location == "/posts?done=refused")
      #expect(try await Browser(test).get(link).status == 410)
      #expect(try await Browser(test).post(link, InvitationFlowTests.good).status == 410)
      let account = try await test.browser(.system).get("/accounts/\(TestPerson.lead.account)")
      #expect(account.text.contains("驳回") && account.text.contains("最近一个链接"))
    }
  }

  @Test func `a first link, and one to an account without a post, wait for nobody`() async throws {
    try await TestSite.with { test in
      try await test.keep([.lead, .member])
      try await test.settle(.member)
      let now = test.clock.now
      try await test.site.database.write {
        try $0.run(
          "UPDATE appointment SET until = $2 WHERE account = $1", [.id(TestPerson.member.account), .day(now.day)])
      }
      let system = try await test.browser(.system)
      for person in [TestPerson.lead, .member] {
        let answer = try await system.post("/accounts/\(person.account)/link")
        let link = "/invitation/" + (try AccountKeepingTests.value(answer, after: "/invitation/"))
        #expect(!answer.text.contains("放行"), "\(person)")
        #expect(try await Browser(test).get(link).status == 200, "\(person)")
      }
    }
  }

  /// A link to the member's account, which is in use, made while it holds no post.
  static func earlyLink(_ test: TestSite) async throws -> String {
    try await test.keep([.member])
    try await test.settle(.member)
    let today = test.clock.now.day
    try await test.site.database.write {
      try $0.run("UPDATE appointment SET until = $2 WHERE account = $1", [.id(TestPerson.member.account), .day(today)])
    }
    let answer = try await test.browser(.system).post("/accounts/\(TestPerson.member.account)/link")
    return "/invitation/" + (try AccountKeepingTests.value(answer, after: "/invitation/"))
  }

  @Test func `a link made before there was a post waits once there is one`() async throws {
    try await TestSite.with { test in
      let (link, now) = (try await Self.earlyLink(test), test.clock.now)
      let before = try await Browser(test).get(link)
      let security = Actor(account: TestPerson.security.account, appointment: TestPerson.security.appointment)
      try await test.site.database.write {
        try AppointmentStore($0).appoint(
          Appointment(
            id: ID(9_001), account: TestPerson.member.account, role: .office, seat: .authority(ID(11)),
            since: now.day, until: nil), by: security, at: now)
      }
      let after = try await Browser(test).post(link, InvitationFlowTests.good)
      #expect(before.status == 200 && after.status == 403)
    }
  }

  @Test(arguments: [true, false])
  func `it waits as well where a workbook gives the post, or a post that had ended goes on`(isNew: Bool) async throws {
    try await TestSite.with { test in
      let (link, now) = (try await Self.earlyLink(test), test.clock.now)
      let security = Actor(account: TestPerson.security.account, appointment: TestPerson.security.appointment)
      try await test.site.database.write { transaction in
        let appointments = AppointmentStore(transaction)
        if isNew {
          try appointments.insert(
            Appointment(
              id: ID(9_001), account: TestPerson.member.account, role: .office, seat: .authority(ID(11)),
              since: now.day, until: nil), authority: ID(11), by: security, at: now)
        } else {
          try appointments.setEnd(TestPerson.member.appointment, nil, by: security, at: now)
        }
      }
      let after = try await Browser(test).post(link, InvitationFlowTests.good)
      #expect(after.status == 403)
    }
  }
}
