import Fixtures
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Every endpoint × everybody: who gets past the gate. Written down here a second time, so that a change of the table
/// of permissions is a decision and no slip.
@Suite struct PermissionMatrixTests {
  /// A line for each power: the roles that have it.
  static let holders: [Power: Set<Role>] = [
    .readCycle: [.office, .lead, .member, .expert, .thirdParty, .supervisor],
    .openCycle: [.office], .extendDeadline: [.office],
    .readSheet: [.office, .lead, .member, .expert, .supervisor],
    .fillSheet: [.lead, .member], .markSheet: [.office, .lead, .expert],
    .submitSheet: [.office, .lead, .expert], .returnSheet: [.office],
    .recommend: [.office], .announceDraw: [.office], .assignExperts: [.office], .callSecondLook: [.office],
    .handInReport: [.office, .lead, .thirdParty],
    .layVeto: [.office], .confirmResults: [.office], .publishResults: [.office],
    .answerObjection: [.office], .raiseObjection: [.lead],
    .readEvidence: [.office, .lead, .member, .expert, .supervisor],
    .addEvidence: [.office, .lead, .member, .expert],
    .readLedger: [.office, .lead, .member, .supervisor], .keepLedger: [.office, .lead, .member],
    .readPolicy: [.office, .lead, .member, .expert, .thirdParty, .supervisor],
    .readRegistry: [.office, .lead, .member, .supervisor], .importRegistry: [.office],
    .readFormation: [.office, .lead, .member, .supervisor], .writeFormation: [.office, .lead, .member],
    .decideFormation: [.office],
    .readTasks: [.office, .lead, .member, .supervisor], .reportTask: [.office, .lead, .member], .keepTasks: [.office],
    .readConference: [.office, .supervisor],
    .keepAccounts: [.system], .keepRoles: [.security], .readAudit: [.supervisor, .audit],
  ]

  /// What is open to everybody.
  static let open: Set<String> = [
    "publicBook", "publicCheck", "publicTable", "publisher", "publicFile", "publicEditionGroup", "publicResults",
    "publicEdition", "publishers", "publicGroup",
    "signIn", "startSession", "health", "metrics", "asset", "invitation", "takeUpInvitation", "notices", "notice",
    "commentNotice", "noticePaper", "calendar", "publicDraw", "drawFrame",
    "apiPage", "openAPI",
  ]
  /// What is open to everybody signed in, whatever their post.
  static let signedIn: Set<String> = [
    "endSession", "root", "account", "choosePost", "chooseLanguage", "changePassword", "signOutEverywhere", "makeToken",
    "revokeToken", "search",
    "messages", "readMessages", "setMailbox", "makeCalendar", "revokeCalendar",
  ]

  @Test func `the table of powers is the one written down`() {
    for power in Power.allCases {
      #expect(Set(Role.allCases.filter { $0.may(power) }) == Self.holders[power], "\(power)")
    }
  }

  @Test func `whoever keeps accounts, hands out posts or audits can do nothing else, and no role does two of these`() {
    #expect(Role.system.powers == [.keepAccounts])
    #expect(Role.security.powers == [.keepRoles])
    #expect(Role.audit.powers == [.readAudit])
  }

  @Test func `what needs no power is written down`() {
    #expect(Set(Endpoint.all.filter { $0.access == .everyone }.map(\.name)).subtracting(Self.open) == [])
    #expect(Set(Endpoint.all.filter { $0.access == .signedIn }.map(\.name)).subtracting(Self.signedIn) == [])
    #expect(Set(Endpoint.all.map(\.name)).count == Endpoint.all.count)
  }

  /// The real routes are all bound, each behind the gate, and nothing is bound that isn't in the table.
  @Test func `every endpoint is bound`() async throws {
    try await TestSite.with { test in _ = WebApplication.router(test.site) }
  }

  /// A router with every line of the table behind its gate, whose handlers say that they were reached.
  static func gates(_ site: Site) -> Router<PageContext> {
    var table = RouteTable(router: Router(context: PageContext.self), site: site)
    for endpoint in Endpoint.all { table.on(endpoint) { _ in Response(status: .noContent) } }
    return table.router
  }

  static func path(_ endpoint: Endpoint) -> String {
    "/"
      + endpoint.path.split(separator: "/").map { $0.first == ":" ? "1" : $0 == "**" ? "x" : String($0) }
      .joined(separator: "/")
  }

  /// What the table promises: reached, sent to the sign-in, or refused.
  static func expected(_ endpoint: Endpoint, _ person: TestPerson?) -> Int {
    if endpoint.access == .everyone { return 204 }
    guard let person else { return endpoint.kind == .page ? 303 : 401 }
    guard case .may(let power) = endpoint.access else { return 204 }
    return holders[power]?.contains(person.role) == true ? 204 : 403
  }

  @Test(arguments: TestDatabases.engines)
  func `every endpoint lets in whom the table names and nobody else`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      var cookies: [TestPerson: String] = [:]
      for person in TestPerson.allCases { cookies[person] = try await test.token(of: person).text }
      let known = cookies
      try await Application(responder: Self.gates(test.site).buildResponder()).test(.router) { client in
        for endpoint in Endpoint.all {
          for person in TestPerson.allCases.map(Optional.some) + [nil] {
            var headers: HTTPFields = [:]
            if let cookie = person.flatMap({ known[$0] }) {
              headers[.cookie] = "\(Session.cookie)=\(cookie)"
              if endpoint.changes { headers[.csrf] = Session.csrf(of: cookie) }
            }
            let (status, location) = try await client.execute(
              uri: Self.path(endpoint), method: HTTPRequest.Method(endpoint.method.rawValue)!, headers: headers
            ) { (Int($0.status.code), $0.headers[.location]) }
            #expect(
              status == Self.expected(endpoint, person), "\(endpoint.name) as \(person.map { "\($0)" } ?? "nobody")")
            if status == 303 { #expect(location?.hasPrefix("/sign-in") == true, "\(endpoint.name)") }
          }
        }
      }
    }
  }

  @Test func `no change is accepted without the form's secret`() async throws {
    try await TestSite.with { test in
      let cookie = try await test.token(of: .city).text
      try await Application(responder: Self.gates(test.site).buildResponder()).test(.router) { client in
        // Where nobody is recognised there is no session to hold a form against.
        for endpoint in Endpoint.all where endpoint.changes && !endpoint.isAnonymous {
          let status = try await client.execute(
            uri: Self.path(endpoint), method: HTTPRequest.Method(endpoint.method.rawValue)!,
            headers: [.cookie: "\(Session.cookie)=\(cookie)"]
          ) { Int($0.status.code) }
          #expect(status == 403, "\(endpoint.name)")
        }
      }
    }
  }

  @Test func `a token opens nothing but the endpoints of its scope that its post may use`() async throws {
    try await TestSite.with { test in
      let now = test.clock.now
      for person in [TestPerson.lead, .supervisor] {
        for scope in Scope.allCases {
          var random = Seeded(UInt64(person.rawValue) * 100 + UInt64(scope.rawValue.utf8.reduce(0) { $0 &+ Int($1) }))
          let token = Token(from: &random)
          let id = test.site.newID(now)
          try await test.site.database.write {
            try APITokenStore($0).create(
              token, id: id, name: "t", account: person.account, appointment: person.appointment, scopes: [scope],
              until: now.adding(seconds: 600), by: .program, at: now)
          }
          try await Application(responder: Self.gates(test.site).buildResponder()).test(.router) { client in
            for endpoint in Endpoint.all {
              let status = try await client.execute(
                uri: Self.path(endpoint), method: HTTPRequest.Method(endpoint.method.rawValue)!,
                headers: [.authorization: "Bearer \(token.text)"]
              ) { Int($0.status.code) }
              let isOpen =
                endpoint.access == .everyone
                || endpoint.kind == .api && endpoint.scope == scope.rawValue && Self.expected(endpoint, person) == 204
              #expect(status == (isOpen ? 204 : 403), "\(endpoint.name) by \(scope.rawValue) of \(person)")
            }
          }
        }
      }
    }
  }
}
