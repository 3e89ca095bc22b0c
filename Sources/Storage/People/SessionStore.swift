public import Notation
public import People

/// A session found by its token.
public struct FoundSession: Sendable, Hashable {
  public let viewer: Viewer
  public let endsAt: Instant
  /// Whether the next write should note that it was seen (`SessionStore.touch`).
  public let isDueToTouch: Bool
  /// Messages that the account hasn't read.
  public let unread: Int
}

/// Where an account is signed in, for its owner to see. The token isn't in it.
public struct SessionLine: Sendable {
  public let address: String?
  public let createdAt: Instant
  public let seenAt: Instant
  /// Whether it is the one that asks.
  public let isHere: Bool
}

/// Who is signed in. Only hashes of tokens are kept.
public struct SessionStore {
  let transaction: any Transaction
  let terms: SessionTerms

  public init(_ transaction: any Transaction, terms: SessionTerms) {
    self.transaction = transaction
    self.terms = terms
  }

  /// The columns by which a `Viewer` is read, for a row that joins account `a` and the appointment in force `p`.
  static let viewer = """
    a.id AS account, a.name, a.language, p.id AS appointment, p.role, u.id AS authority, u.name AS authority_name,
      u.code AS authority_code, u.level, k.id AS school, k.name AS school_name
    """

  static func viewer(_ row: Row) throws -> Viewer {
    var post: Viewer.Post?
    if let appointment = try row.optionalID("appointment"), let role = Role(rawValue: try row.text("role")) {
      post = Viewer.Post(
        appointment: appointment, role: role, authority: try row.id("authority"),
        authorityName: try row.text("authority_name"), level: try row.text("level"),
        school: try row.optionalID("school"), schoolName: try row.optionalText("school_name"),
        authorityCode: try row.optionalText("authority_code"))
    }
    return Viewer(
      account: try row.id("account"), name: try row.text("name"), post: post, language: try row.text("language"))
  }

  /// Opens a session; the appointment was found in force.
  public func create(_ token: Token, account: ID, appointment: ID?, by actor: Actor, at now: Instant) throws {
    try transaction.run(
      """
      INSERT INTO session (token, account, appointment, created_at, seen_at, ends_at, address)
      VALUES ($1, $2, $3, $4, $4, $5, $6)
      """,
      [
        token.hash, .id(account), .id(appointment), .instant(now), .instant(terms.end(of: now)),
        .optional(actor.address),
      ])
    record("session.opened", account, by: actor, at: now)
  }

  /// Who a token stands for at this moment: account, appointment in force today, authority and school, in one
  /// statement. Nil where the session is unknown or over, or the account closed.
  public func find(_ token: Token, at now: Instant) throws -> FoundSession? {
    try transaction.row(
      """
      SELECT \(Self.viewer), s.ends_at, s.seen_at,
        (SELECT count(*) FROM message m WHERE m.account = a.id AND m.read_at IS NULL) AS unread
      FROM session s
      JOIN account a ON a.id = s.account AND a.closed_at IS NULL
      LEFT JOIN appointment p ON p.id = s.appointment AND p.account = s.account
        AND p.since <= $4 AND (p.until IS NULL OR p.until > $4)
      LEFT JOIN school k ON k.id = p.school
      LEFT JOIN authority u ON u.id = COALESCE(p.authority, k.authority)
      WHERE s.token = $1 AND s.ends_at > $2 AND s.seen_at > $3
      """, [token.hash, .instant(now), .instant(terms.idleLimit(at: now)), .day(now.day)]
    ).map { row in
      FoundSession(
        viewer: try Self.viewer(row), endsAt: try row.instant("ends_at"),
        isDueToTouch: try row.instant("seen_at") <= terms.touchLimit(at: now), unread: try row.int("unread"))
    }
  }

  /// Notes that a session was seen; nothing where it is over or was noted within the minute.
  public func touch(_ token: Token, at now: Instant) throws {
    try transaction.run(
      """
      UPDATE session SET seen_at = $2 WHERE token = $1 AND ends_at > $2 AND seen_at > $3 AND seen_at <= $4
      """,
      [token.hash, .instant(now), .instant(terms.idleLimit(at: now)), .instant(terms.touchLimit(at: now))])
  }

  /// Acts in another post of the account from now on, under a new token. False where the post isn't the account's, or
  /// not in force.
  public func choosePost(
    _ appointment: ID, in token: Token, to next: Token, by actor: Actor, at now: Instant
  ) throws -> Bool {
    // Opened anew, not renamed: a distributed table lets no row change the key by which it is spread.
    let row = try transaction.row(
      """
      DELETE FROM session
      WHERE token = $1 AND ends_at > $3 AND seen_at > $4 AND EXISTS (
        SELECT 1 FROM appointment p WHERE p.id = $2 AND p.account = session.account
          AND p.since <= $5 AND (p.until IS NULL OR p.until > $5))
      RETURNING account, created_at, ends_at, address
      """,
      [token.hash, .id(appointment), .instant(now), .instant(terms.idleLimit(at: now)), .day(now.day)])
    guard let row else { return false }
    let account = try row.id("account")
    try transaction.run(
      """
      INSERT INTO session (token, account, appointment, created_at, seen_at, ends_at, address)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        next.hash, .id(account), .id(appointment), .instant(try row.instant("created_at")), .instant(now),
        .instant(try row.instant("ends_at")), .optional(try row.optionalText("address")),
      ])
    record("session.postChosen", account, by: actor, at: now, after: "appointment/\(appointment)")
    return true
  }
}
