public import Notation
public import People

extension SessionStore {
  /// Signs out.
  public func revoke(_ token: Token, by actor: Actor, at now: Instant) throws {
    let row = try transaction.row("DELETE FROM session WHERE token = $1 RETURNING account", [token.hash])
    if let account = try row?.id("account") { record("session.closed", account, by: actor, at: now) }
  }

  /// Signs an account out everywhere, but for one session where given; its programs' tokens end too.
  public func revokeAll(of account: ID, except token: Token? = nil, by actor: Actor, at now: Instant) throws {
    let count = try transaction.run(
      "DELETE FROM session WHERE account = $1 AND token <> $2", [.id(account), token?.hash ?? .bytes([])])
    if count > 0 { record("session.allClosed", account, by: actor, at: now) }
    try APITokenStore(transaction).revokeAll(of: account, by: actor, at: now)
  }

  /// The account's sessions that still hold, the last seen first.
  public func list(of account: ID, here token: Token? = nil, at now: Instant) throws -> [SessionLine] {
    try transaction.rows(
      """
      SELECT address, created_at, seen_at, CASE WHEN token = $4 THEN 1 ELSE 0 END AS here FROM session
      WHERE account = $1 AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC
      """, [.id(account), .instant(now), .instant(terms.idleLimit(at: now)), token?.hash ?? .bytes([])]
    ).map {
      SessionLine(
        address: try $0.optionalText("address"), createdAt: try $0.instant("created_at"),
        seenAt: try $0.instant("seen_at"), isHere: try $0.int("here") == 1)
    }
  }

  /// Lets go of sessions that are over.
  public func sweep(at now: Instant) throws {
    try transaction.run(
      "DELETE FROM session WHERE ends_at <= $1 OR seen_at <= $2",
      [.instant(now), .instant(terms.idleLimit(at: now))])
  }

  func record(_ action: String, _ account: ID, by actor: Actor, at now: Instant, after: String? = nil) {
    transaction.record(
      AuditEntry(
        authority: ID(0), at: now, actor: actor, action: action, object: "account/\(account)", after: after))
  }
}
