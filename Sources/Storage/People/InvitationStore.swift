public import Notation
public import People

/// Whom a one-time link invites.
public struct Invited: Sendable, Hashable {
  public let account: ID
  public let login: String
  public let name: String
  public let endsAt: Instant
  /// Whether somebody else has to allow the link before it can be used.
  public let isWaiting: Bool
}

/// One-time links by which a person chooses a password. Only their hashes are kept.
public struct InvitationStore {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  /// Issues a link; earlier ones of the account end.
  ///
  /// Throws `PeopleRefusal` where the account is out of reach or closed, or its holder is one of the three that are kept
  /// apart from who issues it: by a link one would become the other. Theirs are issued on the machine.
  ///
  /// - Returns: whether it waits until a second person allows it.
  @discardableResult
  public func issue(_ token: Token, to account: ID, by actor: Actor, at now: Instant) throws -> Bool {
    let found = try AccountStore(transaction).reached(account, actor)
    if found.closedAt != nil { throw PeopleRefusal("people.account.closed", ["login": .text(found.login)]) }
    if actor.account != nil, actor.account != account, let role = try apart(from: actor, of: account) {
      throw PeopleRefusal("people.invitation.apart", ["role": .message(role.title)])
    }
    let asks = try asks(found, by: actor, at: now)
    try end(of: account, at: now)
    try insert(token, to: account, asks: asks, by: actor, at: now)
    return asks
  }

  /// A role the account holds or held that nobody else of the three may take over.
  private func apart(from actor: Actor, of account: ID) throws -> Role? {
    let appointments = AppointmentStore(transaction)
    let own = try actor.account.map { Set(try appointments.appointments(of: $0).map(\.role)) } ?? []
    return try appointments.appointments(of: account).map(\.role)
      .first { Role.apart.contains($0) && !own.contains($0) }
  }

  func insert(_ token: Token, to account: ID, asks: Bool = false, by actor: Actor, at now: Instant) throws {
    try transaction.run(
      "INSERT INTO invitation (token, account, created_at, created_by, ends_at, asks) VALUES ($1, $2, $3, $4, $5, $6)",
      [
        token.hash, .id(account), .instant(now), .id(actor.account), .instant(InvitationTerms.end(of: now)),
        .integer(asks ? 1 : 0),
      ])
    record(asks ? "invitation.asked" : "invitation.issued", account, by: actor, at: now)
  }

  /// Whom a link invites; nil where it is unknown, used or over, or the account closed.
  public func find(_ token: Token, at now: Instant) throws -> Invited? {
    try transaction.row(
      """
      SELECT a.id, a.login, a.name, i.ends_at, CASE WHEN i.asks = 1 AND i.allowed_at IS NULL THEN 1 ELSE 0 END AS waits
      FROM invitation i JOIN account a ON a.id = i.account
      WHERE i.token = $1 AND i.used_at IS NULL AND i.ends_at > $2 AND a.closed_at IS NULL
      """, [token.hash, .instant(now)]
    ).map {
      Invited(
        account: try $0.id("id"), login: try $0.text("login"), name: try $0.text("name"),
        endsAt: try $0.instant("ends_at"), isWaiting: try $0.int("waits") == 1)
    }
  }

  /// Uses a link up. Of two at once only one gets the account: the row itself is the lock.
  public func use(_ token: Token, by actor: Actor, at now: Instant) throws -> ID? {
    let row = try transaction.row(
      """
      UPDATE invitation SET used_at = $2
      WHERE token = $1 AND used_at IS NULL AND ends_at > $2 AND (asks = 0 OR allowed_at IS NOT NULL)
      RETURNING account
      """,
      [token.hash, .instant(now)])
    guard let account = try row?.id("account") else { return nil }
    record("invitation.used", account, by: actor, at: now)
    return account
  }

  /// Ends all links of an account that weren't used.
  func end(of account: ID, at now: Instant) throws {
    try transaction.run(
      "UPDATE invitation SET ends_at = $2 WHERE account = $1 AND used_at IS NULL AND ends_at > $2",
      [.id(account), .instant(now)])
  }

  func record(_ action: String, _ account: ID, by actor: Actor, at now: Instant) {
    transaction.record(
      AuditEntry(authority: ID(0), at: now, actor: actor, action: action, object: "account/\(account)"))
  }
}
