public import Notation

/// A key that a client made for one request, so that sending it again never does the same twice.
public struct RequestKey: Sendable, Hashable {
  public let account: ID
  public let text: String
  /// Of all that was asked for: method, address, content, post.
  public let fingerprint: String

  public init(account: ID, text: String, fingerprint: String) {
    self.account = account
    self.text = text
    self.fingerprint = fingerprint
  }
}

/// What was answered to a request with a key.
public struct KeyedAnswer: Sendable, Hashable {
  public let status: Int
  /// JSON.
  public let text: String
  /// Whether it was answered before and is told again.
  public var isRepeated = false

  public init(status: Int, text: String) {
    self.status = status
    self.text = text
  }
}

/// The key was given with another request before.
public struct RequestKeyTaken: Error, Sendable { public init() {} }

/// The keys of clients, kept with their answers in the same write as what they did.
public enum RequestKeyStore {
  /// How long a key is remembered.
  public static let days = 7

  /// What was answered to the key's request before; nil: it is new.
  ///
  /// Throws `RequestKeyTaken` where the same key came with another request.
  public static func find(_ key: RequestKey, _ transaction: any Transaction) throws -> KeyedAnswer? {
    let row = try transaction.row(
      "SELECT fingerprint, status, answer FROM request_key WHERE account = $1 AND request_key = $2",
      [.id(key.account), .text(key.text)])
    guard let row else { return nil }
    guard try row.text("fingerprint") == key.fingerprint else { throw RequestKeyTaken() }
    var answer = KeyedAnswer(status: try row.int("status"), text: try row.text("answer"))
    answer.isRepeated = true
    return answer
  }

  /// Whether the account has used the key, whatever for.
  public static func isKnown(_ text: String, of account: ID, _ transaction: any Transaction) throws -> Bool {
    try transaction.row(
      "SELECT 1 AS one FROM request_key WHERE account = $1 AND request_key = $2", [.id(account), .text(text)]) != nil
  }

  /// Carries the body out unless the key's request was carried out before. Of two at once one finds the other's answer:
  /// looking first is what makes the engine notice.
  ///
  /// Throws `RequestKeyTaken`, `DatabaseError` and what the body throws; nothing is remembered then.
  public static func once(
    _ key: RequestKey?, at now: Instant, _ transaction: any Transaction, _ body: () throws -> KeyedAnswer
  ) throws -> KeyedAnswer {
    guard let key else { return try body() }
    if let known = try find(key, transaction) { return known }
    let answer = try body()
    try transaction.run(
      """
      INSERT INTO request_key (account, request_key, fingerprint, status, answer, at) VALUES ($1, $2, $3, $4, $5, $6)
      """,
      [
        .id(key.account), .text(key.text), .text(key.fingerprint), .integer(answer.status), .text(answer.text),
        .instant(now),
      ])
    return answer
  }

  /// Forgets keys older than `days`.
  public static func sweep(at now: Instant, _ transaction: any Transaction) throws {
    try transaction.run(
      "DELETE FROM request_key WHERE at < $1", [.instant(now.adding(seconds: -Int64(days) * 86_400))])
  }
}
