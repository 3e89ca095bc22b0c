public import Notation
import People

/// A new link that waits for a second person.
public struct WaitingLink: Sendable {
  public let account: ID
  public let login: String
  public let name: String
  /// Who made it; nil: it was made on the machine.
  public let issuer: String?
  public let at: Instant
  public let endsAt: Instant
  /// What its holder is, now or to come.
  public let posts: [PostLine]
}

/// The latest link of an account, for who made it.
public struct LatestLink: Sendable, Hashable {
  public enum State: String, Sendable, CaseIterable { case used, refused, waiting, over, open }

  public let state: State
  public let at: Instant
  /// When it was used, was refused, ran out or will.
  public let until: Instant
  /// Who refused it.
  public let who: String?
}

/// A link to an account that is in use lets whoever holds it become that account. Who keeps the accounts makes it, who
/// hands out the posts allows it: neither of the two becomes an office alone.
extension InvitationStore {
  /// Whether a link made by somebody on the pages has to wait: the account has a password and a post, now or to come.
  func asks(_ account: Account, by actor: Actor, at now: Instant) throws -> Bool {
    guard actor.account != nil, actor.account != account.id, account.hasSecret else { return false }
    return try AppointmentStore(transaction).appointments(of: account.id).contains { post in
      post.until.map { $0 > now.day } ?? true
    }
  }

  /// Lets open links of an account that is in use wait from now on, but those its holder or the machine made.
  func hold(_ account: ID, at now: Instant) throws {
    try transaction.run(
      """
      UPDATE invitation SET asks = 1
      WHERE account = $1 AND asks = 0 AND used_at IS NULL AND ends_at > $2 AND created_by <> $1
        AND account IN (SELECT a.id FROM account a WHERE a.id = $1 AND a.secret IS NOT NULL)
      """, [.id(account), .instant(now)])
  }

  /// Those that wait, within the actor's reach, the oldest first.
  public func waiting(for actor: Actor, at now: Instant) throws -> [WaitingLink] {
    let rows = try transaction.rows(
      """
      SELECT a.id, a.login, a.name, b.name AS issuer, i.created_at, i.ends_at
      FROM invitation i
      JOIN account a ON a.id = i.account
      LEFT JOIN account b ON b.id = i.created_by
      WHERE i.asks = 1 AND i.allowed_at IS NULL AND i.used_at IS NULL AND i.ends_at > $2 AND a.closed_at IS NULL
        AND \(ReachSQL.covers("a.authority", by: "$1"))
      ORDER BY i.created_at, a.id
      """, [actor.reach, .instant(now)])
    let accounts = try rows.map { try $0.id("id") }
    let posts = accounts.isEmpty ? [:] : try AppointmentStore(transaction).lines(of: accounts)
    return try rows.map { row in
      let id = try row.id("id")
      return WaitingLink(
        account: id, login: try row.text("login"), name: try row.text("name"),
        issuer: try row.optionalText("issuer"), at: try row.instant("created_at"), endsAt: try row.instant("ends_at"),
        posts: (posts[id] ?? []).filter { line in line.appointment.until.map { $0 > now.day } ?? true })
    }
  }

  /// What became of an account's latest link. The caller has found the account within reach.
  public func latest(of account: ID, at now: Instant) throws -> LatestLink? {
    try transaction.row(
      """
      SELECT i.created_at, i.ends_at, i.used_at, i.refused_at, b.name AS who,
        CASE WHEN i.asks = 1 AND i.allowed_at IS NULL THEN 1 ELSE 0 END AS waits
      FROM invitation i LEFT JOIN account b ON b.id = i.refused_by
      WHERE i.account = $1
      ORDER BY i.created_at DESC LIMIT 1
      """, [.id(account)]
    ).map { row in
      let (used, refused) = (try row.optionalInstant("used_at"), try row.optionalInstant("refused_at"))
      let ends = try row.instant("ends_at")
      let state: LatestLink.State =
        if used != nil { .used } else if refused != nil { .refused } else if ends <= now {
          .over
        } else if try row.int("waits")
          == 1
        { .waiting } else { .open }
      return LatestLink(
        state: state, at: try row.instant("created_at"), until: used ?? refused ?? ends,
        who: try row.optionalText("who"))
    }
  }

  /// Of the links that somebody made, how many wait, and how many were refused since a moment.
  public func own(of actor: Actor, since: Instant, at now: Instant) throws -> (waiting: Int, refused: Int) {
    let row = try transaction.row(
      """
      SELECT count(CASE WHEN i.asks = 1 AND i.allowed_at IS NULL AND i.refused_at IS NULL AND i.ends_at > $2 THEN 1 END)
          AS waiting,
        count(CASE WHEN i.refused_at > $3 THEN 1 END) AS refused
      FROM invitation i
      WHERE i.created_by = $1 AND i.used_at IS NULL AND i.created_at > $3
      """, [.id(actor.account), .instant(now), .instant(since)])
    return (try row?.int("waiting") ?? 0, try row?.int("refused") ?? 0)
  }

  /// Allows an account's waiting link, or refuses it.
  ///
  /// Throws `PeopleRefusal` where the account is out of reach or the actor made the link.
  ///
  /// - Returns: whether any waited.
  public func settle(_ account: ID, allows: Bool, by actor: Actor, at now: Instant) throws -> Bool {
    let found = try AccountStore(transaction).reached(account, actor)
    guard let link = try waiting(for: actor, at: now).first(where: { $0.account == found.id }) else { return false }
    let settled = try transaction.run(
      """
      UPDATE invitation
      SET allowed_at = CASE WHEN CAST($3 AS BIGINT) = 1 THEN CAST($2 AS BIGINT) END,
        allowed_by = CASE WHEN CAST($3 AS BIGINT) = 1 THEN CAST($4 AS BIGINT) END,
        refused_at = CASE WHEN CAST($3 AS BIGINT) = 0 THEN CAST($2 AS BIGINT) END,
        refused_by = CASE WHEN CAST($3 AS BIGINT) = 0 THEN CAST($4 AS BIGINT) END,
        ends_at = CASE WHEN CAST($3 AS BIGINT) = 1 THEN ends_at ELSE CAST($2 AS BIGINT) END
      WHERE account = $1 AND asks = 1 AND allowed_at IS NULL AND used_at IS NULL AND ends_at > $2
        AND (created_by IS NULL OR created_by <> $4)
      """, [.id(account), .instant(now), .integer(allows ? 1 : 0), .id(actor.account)])
    guard settled > 0 else { throw PeopleRefusal("people.invitation.own", ["login": .text(link.login)]) }
    record(allows ? "invitation.allowed" : "invitation.refused", account, by: actor, at: now)
    return true
  }
}
