import Fixtures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Notation
import People
import Registry
import Storage
import StorageFixtures
import Synchronization
import Testing

@testable import Web

/// The site over a small city, called through its router without a socket.
///
/// City 10 with districts 11 and 12; group 31 (lead 21, members 22, 23) answers to 11, group 32 (lead 24, member 25) to
/// 12, group 33 (lead 26, member 27) to the city itself. Another city, 19, has group 39 (lead 29). The cycle 500 of 2026
/// under 安康's policy is open.
struct TestSite: Sendable {
  /// 2026-08-20 10:00 in Shanghai: the self-evaluation is open.
  static let start = Instant(milliseconds: 1_787_191_200_000)
  static let city = ID(10)
  static let cycle = ID(500)

  let site: Site
  let clock: TestClock
  let counter: StatementCounter
  let app: Application<RouterResponder<PageContext>>

  /// Templates, words and styles are the same in every test.
  private static let stock = Task { try await PageStock() }

  static func with(
    _ engine: Engine = .sqlite, log given: Logger? = nil, quota: Int64 = EvidenceQuota.usual,
    origin: String? = nil, _ body: @escaping @Sendable (TestSite) async throws -> Void
  ) async throws {
    try await TestDatabases.with(engine, holding: "city", { try TestCity.fill($0) }) { database in
      let clock = TestClock(start)
      let counter = StatementCounter()
      var log = Logger(label: "tests")
      log.logLevel = .critical
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("evidence-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      var settings = Settings(evidenceFolder: folder, policyFolder: Repository.path("policies"))
      settings.evidenceQuota = quota
      settings.origin = origin
      let site = try await Site(
        database: CountingDatabase(database, counter), settings: settings, log: given ?? log,
        ids: IDMaker(node: 2), clock: { clock.now }, stock: Self.stock.value)
      try await site.warm()
      try await body(
        TestSite(
          site: site, clock: clock, counter: counter,
          app: Application(responder: WebApplication.router(site).buildResponder())))
    }
  }

  /// What somebody is answered.
  func ask(
    _ person: TestPerson?, _ method: HTTPRequest.Method = .get, _ path: String, form: [(String, String)]? = nil,
    json: String? = nil, accept: String? = nil, forged: Bool = false
  ) async throws -> Answer {
    var headers: HTTPFields = [:]
    if let person {
      let token = try await token(of: person)
      headers[.cookie] = "\(Session.cookie)=\(token.text)"
      if method != .get, !forged { headers[.csrf] = Session.csrf(of: token.text) }
    }
    if let accept { headers[.accept] = accept }
    var body: ByteBuffer?
    if let form {
      headers[.contentType] = "application/x-www-form-urlencoded"
      body = ByteBuffer(
        string: form.map { "\(Endpoint.escaped($0.0))=\(Endpoint.escaped($0.1))" }.joined(separator: "&"))
    }
    if let json {
      headers[.contentType] = "application/json"
      body = ByteBuffer(string: json)
    }
    let (sent, content) = (headers, body)
    counter.reset()
    return try await app.test(.router) { client in
      try await client.execute(uri: path, method: method, headers: sent, body: content) { response in
        Answer(
          status: Int(response.status.code), headers: response.headers, text: String(buffer: response.body))
      }
    }
  }

  /// A session of the person's, made once.
  func token(of person: TestPerson) async throws -> Token {
    var random = Seeded(UInt64(person.account.number))
    let token = Token(from: &random)
    let (now, terms) = (clock.now, site.settings.session)
    try await site.database.write { transaction in
      let sessions = SessionStore(transaction, terms: terms)
      guard try sessions.find(token, at: now) == nil else { return }
      try sessions.revoke(token, by: .program, at: now)
      try sessions.create(token, account: person.account, appointment: person.appointment, by: .program, at: now)
    }
    return token
  }
}

struct Answer: Sendable {
  let status: Int
  let headers: HTTPFields
  let text: String

  /// Where a redirect leads.
  var location: String? { headers[.location] }
}

/// A clock that tests set.
final class TestClock: Sendable {
  private let moment: Mutex<Instant>

  init(_ start: Instant) { moment = Mutex(start) }

  var now: Instant { moment.withLock { $0 } }
  func set(_ instant: Instant) { moment.withLock { $0 = instant } }
  func forward(days: Int) { moment.withLock { $0 = $0.adding(seconds: Int64(days) * 86_400) } }
}
