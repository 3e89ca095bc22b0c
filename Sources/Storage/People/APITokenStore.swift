public import Notation
public import People

/// An API token as lists show it. The token itself is shown once, when it is made.
public struct APITokenLine: Sendable {
  public let id: ID
  public let name: String
  public let appointment: ID
  public let scopes: Set<Scope>
  public let createdAt: Instant
  public let endsAt: Instant
  public let revokedAt: Instant?
}

/// Who a bearer token stands for, and for what.
public struct FoundAPIToken: Sendable {
  public let id: ID
  public let viewer: Viewer
  public let scopes: Set<Scope>

  /// What may be done with it: what both the post and the scopes allow.
  public var powers: Set<Power> {
    Set(scopes.flatMap(\.powers)).intersection(viewer.post?.role.powers ?? [])
  }
}

/// Tokens by which programs act in a person's post. Only hashes are kept.
public struct APITokenStore {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  public static let longestName = 100

  /// Makes a token for a post in force of the account, until the given moment.
  ///
  /// Throws `PeopleRefusal` where the post isn't the account's or not in force, or nothing is allowed.
  public func create(
    _ token: Token, id: ID, name: String, account: ID, appointment: ID, scopes: Set<Scope>, until end: Instant,
    by actor: Actor, at now: Instant
  ) throws {
    var problems: [Message] = []
    if !(1...Self.longestName).contains(name.unicodeScalars.count) {
      problems.append(Message("people.token.name", ["most": .count(Self.longestName)]))
    }
    if scopes.isEmpty {
      problems.append(Message("people.token.scopes", ["scopes": .known(Scope.allCases.map(\.rawValue))]))
    }
    if end <= now { problems.append(Message("people.token.end")) }
    let posts = try AppointmentStore(transaction).posts(of: account, on: now.day)
    if !posts.contains(where: { $0.appointment == appointment }) { problems.append(Message("people.token.post")) }
    guard problems.isEmpty else { throw PeopleRefusal(problems) }
    try transaction.run(
      """
      INSERT INTO api_token (token, id, account, appointment, name, scopes, created_at, ends_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        token.hash, .id(id), .id(account), .id(appointment), .text(name), .text(Scope.text(scopes)), .instant(now),
        .instant(end),
      ])
    record("token.issued", id, by: actor, at: now, after: "account/\(account) \(Scope.text(scopes))")
  }

  /// Who a token stands for at this moment, in one statement. Nil where it is unknown, revoked or over, the account
  /// closed, or the post not in force.
  public func find(_ token: Token, at now: Instant) throws -> FoundAPIToken? {
    try transaction.row(
      """
      SELECT \(SessionStore.viewer), t.id AS token_id, t.scopes
      FROM api_token t
      JOIN account a ON a.id = t.account AND a.closed_at IS NULL
      JOIN appointment p ON p.id = t.appointment AND p.account = t.account
        AND p.since <= $3 AND (p.until IS NULL OR p.until > $3)
      LEFT JOIN school k ON k.id = p.school
      JOIN authority u ON u.id = COALESCE(p.authority, k.authority)
      WHERE t.token = $1 AND t.revoked_at IS NULL AND t.ends_at > $2
      """, [token.hash, .instant(now), .day(now.day)]
    ).map { row in
      FoundAPIToken(
        id: try row.id("token_id"), viewer: try SessionStore.viewer(row), scopes: Scope.list(try row.text("scopes")))
    }
  }

  /// Ends a token of the account at once. False where it has none such.
  public func revoke(_ id: ID, of account: ID, by actor: Actor, at now: Instant) throws -> Bool {
    let count = try transaction.run(
      "UPDATE api_token SET revoked_at = $3 WHERE id = $1 AND account = $2 AND revoked_at IS NULL",
      [.id(id), .id(account), .instant(now)])
    if count == 1 { record("token.revoked", id, by: actor, at: now) }
    return count == 1
  }

  /// Ends every token of the account: who takes an account back takes it back from programs too.
  public func revokeAll(of account: ID, by actor: Actor, at now: Instant) throws {
    let rows = try transaction.rows(
      """
      UPDATE api_token SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL AND ends_at > $2 RETURNING id
      """, [.id(account), .instant(now)])
    for id in try rows.map({ try $0.id("id") }).sorted() { record("token.revoked", id, by: actor, at: now) }
  }

  /// The account's tokens, the newest first.
  public func list(of account: ID) throws -> [APITokenLine] {
    try transaction.rows(
      """
      SELECT id, name, appointment, scopes, created_at, ends_at, revoked_at FROM api_token
      WHERE account = $1 ORDER BY created_at DESC, id DESC
      """, [.id(account)]
    ).map {
      APITokenLine(
        id: try $0.id("id"), name: try $0.text("name"), appointment: try $0.id("appointment"),
        scopes: Scope.list(try $0.text("scopes")), createdAt: try $0.instant("created_at"),
        endsAt: try $0.instant("ends_at"), revokedAt: try $0.optionalInstant("revoked_at"))
    }
  }

  private func record(_ action: String, _ id: ID, by actor: Actor, at now: Instant, after: String? = nil) {
    transaction.record(
      AuditEntry(authority: ID(0), at: now, actor: actor, action: action, object: "token/\(id)", after: after))
  }
}
