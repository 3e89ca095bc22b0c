import Fixtures
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Notation
import People
import Storage
import Testing

@testable import Web

extension TestSite {
  /// What a program with a token of the person's is answered; nil: without a token.
  func call(
    _ person: TestPerson?, _ method: HTTPRequest.Method = .get, _ path: String, json: String? = nil,
    bytes: [UInt8]? = nil, type: String? = nil, key: String? = nil, accept: String? = nil,
    scopes: Set<Scope> = Set(Scope.allCases)
  ) async throws -> Answer {
    var headers: HTTPFields = [:]
    if let person { headers[.authorization] = "Bearer \(try await bearer(of: person, scopes).text)" }
    if let accept { headers[.accept] = accept }
    if let key { headers[try #require(HTTPField.Name("Idempotency-Key"))] = key }
    if json != nil || bytes != nil {
      headers[.contentType] = type ?? (json == nil ? "application/octet-stream" : "application/json")
    }
    let body = json.map { ByteBuffer(string: $0) } ?? bytes.map { ByteBuffer(bytes: $0) }
    let sent = headers
    counter.reset()
    return try await app.test(.router) { client in
      try await client.execute(uri: path, method: method, headers: sent, body: body) { response in
        Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: response.body))
      }
    }
  }

  /// A token of the person's, made once for each set of scopes.
  func bearer(of person: TestPerson, _ scopes: Set<Scope>) async throws -> Token {
    let mark = Scope.allCases.enumerated().reduce(UInt64(0)) { $0 + (scopes.contains($1.element) ? 1 << $1.offset : 0) }
    var random = Seeded(UInt64(person.account.number) << 16 | mark)
    let token = Token(from: &random)
    let now = clock.now
    try await site.database.write { transaction in
      let tokens = APITokenStore(transaction)
      guard try tokens.find(token, at: now) == nil else { return }
      try tokens.create(
        token, id: site.ids.next(at: now), name: "test", account: person.account, appointment: person.appointment,
        scopes: scopes, until: now.adding(seconds: 86_400 * 3650), by: .program, at: now)
    }
    return token
  }
}

extension Answer {
  /// The answer as JSON.
  var json: Node {
    get throws { try JSON.read(Array(text.utf8), file: "answer") }
  }
}
