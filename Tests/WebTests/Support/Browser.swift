import Fixtures
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Notation
import People
import Storage

@testable import Web

/// A browser: it keeps the cookie it is given and sends it back.
final class Browser {
  let test: TestSite
  var cookie: String?

  init(_ test: TestSite, cookie: String? = nil) {
    self.test = test
    self.cookie = cookie
  }

  /// What forms of the present session carry.
  var csrf: String { cookie.map { Session.csrf(of: $0) } ?? "" }

  func get(_ path: String) async throws -> Answer { try await send(.get, path) }

  /// Sends a form as its page would.
  func post(
    _ path: String, _ fields: [(String, String)] = [], csrf: String? = nil, headers: HTTPFields = [:]
  ) async throws -> Answer {
    let all = fields + [("csrf", csrf ?? self.csrf)]
    let body = all.map { "\(Endpoint.escaped($0.0))=\(Endpoint.escaped($0.1))" }.joined(separator: "&")
    return try await send(
      .post, path, type: "application/x-www-form-urlencoded", body: Array(body.utf8), headers: headers)
  }

  /// Sends a form with a file.
  func upload(_ path: String, _ file: [UInt8], csrf: String? = nil) async throws -> Answer {
    let head = """
      --cut\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\(csrf ?? self.csrf)\r\n\
      --cut\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n
      """
    return try await send(
      .post, path, type: "multipart/form-data; boundary=cut",
      body: Array(head.utf8) + file + Array("\r\n--cut--\r\n".utf8))
  }

  private func send(
    _ method: HTTPRequest.Method, _ path: String, type: String? = nil, body: [UInt8]? = nil, headers: HTTPFields = [:]
  ) async throws -> Answer {
    var headers = headers
    if let cookie { headers[.cookie] = "\(Session.cookie)=\(cookie)" }
    headers[.contentType] = type
    let sent = headers
    test.counter.reset()
    let answer = try await test.app.test(.router) { client in
      try await client.execute(uri: path, method: method, headers: sent, body: body.map { ByteBuffer(bytes: $0) }) {
        Answer(status: Int($0.status.code), headers: $0.headers, text: String(buffer: $0.body))
      }
    }
    if let set = answer.headers[.setCookie] { cookie = Browser.value(set) }
    return answer
  }

  /// The value of a cookie; nil where it is taken away.
  static func value(_ set: String) -> String? {
    let value = set.prefix { $0 != ";" }.drop { $0 != "=" }.dropFirst()
    return value.isEmpty ? nil : String(value)
  }
}

extension TestSite {
  static let password = "kv7-qmtz-w3 reis"

  /// Gives somebody a password, hashed at next to no cost.
  func settle(_ person: TestPerson, password: String = TestSite.password) async throws {
    var random = Seeded(UInt64(person.account.number) + 1000)
    let hasher = PasswordHasher(cost: HashCost(rounds: 2, blockSize: 1, parallelism: 1))
    let secret = try await hasher.hash(Password(password), salt: PasswordHasher.salt(from: &random))
    let now = clock.now
    try await site.database.write {
      try AccountStore($0).setSecret(secret, of: person.account, by: .program, at: now)
    }
  }

  /// A browser in which somebody is signed in, without the detour over a password.
  func browser(_ person: TestPerson) async throws -> Browser {
    Browser(self, cookie: try await token(of: person).text)
  }

  /// Lets an authority keep the accounts of its people, as if it had made them.
  func keep(_ people: [TestPerson], at authority: ID = TestSite.city) async throws {
    try await site.database.write { transaction in
      for person in people {
        try transaction.run(
          "UPDATE account SET authority = $2 WHERE id = $1", [.id(person.account), .id(authority)])
      }
    }
  }
}
