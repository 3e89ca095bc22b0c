public import Notation
public import People

/// An account with all its posts, as lists show it.
public struct AccountLine: Sendable {
  public let account: Account
  public let posts: [PostLine]
}

/// A post with its days and the names of its seat.
public struct PostLine: Sendable {
  public let appointment: Appointment
  public let authority: ID
  public let seatName: String
  public let seatCode: String
}

/// What a list of accounts is narrowed to.
public struct AccountFilter: Sendable {
  public enum State: String, Sendable, CaseIterable {
    /// Has a password and isn't closed.
    case open
    /// Its invitation wasn't taken up yet.
    case waiting
    case closed
  }

  /// Held by login or name.
  public var search: String
  public var state: State?

  public init(search: String = "", state: State? = nil) {
    self.search = search
    self.state = state
  }
}

extension AccountStore {
  private static let filter = """
    \(ReachSQL.covers("a.authority", by: "$1"))
      AND (\(isLike("a.login", "$2")) OR \(isLike("a.name", "$2")))
      AND ($3 = '' OR $3 = CASE
        WHEN a.closed_at IS NOT NULL THEN 'closed' WHEN a.secret IS NULL THEN 'waiting' ELSE 'open' END)
    """

  private static func values(_ filter: AccountFilter, _ actor: Actor) -> [Value] {
    [actor.reach, .text(pattern(filter.search)), .text(filter.state?.rawValue ?? "")]
  }

  /// The accounts the actor reaches, by login. At most `limit`, after the first `skip`.
  public func list(
    for actor: Actor, _ filter: AccountFilter = AccountFilter(), skip: Int = 0, limit: Int = 50
  ) throws -> [AccountLine] {
    let accounts = try transaction.rows(
      """
      SELECT \(Self.columns) FROM account a WHERE \(Self.filter) ORDER BY a.login LIMIT $4 OFFSET $5
      """, Self.values(filter, actor) + [.integer(limit), .integer(skip)]
    ).map(Self.account)
    guard !accounts.isEmpty else { return [] }
    let posts = try AppointmentStore(transaction).lines(of: accounts.map(\.id))
    return accounts.map { AccountLine(account: $0, posts: posts[$0.id] ?? []) }
  }

  /// How many there are in all.
  public func count(for actor: Actor, _ filter: AccountFilter = AccountFilter()) throws -> Int {
    try transaction.row("SELECT count(*) AS n FROM account a WHERE \(Self.filter)", Self.values(filter, actor))?
      .int("n") ?? 0
  }

  /// Open accounts the actor reaches that hold no post on a day or later, the newest first.
  public func withoutPost(for actor: Actor, on day: Day, limit: Int) throws -> [Account] {
    try transaction.rows(
      """
      SELECT \(Self.columns) FROM account a
      WHERE \(ReachSQL.covers("a.authority", by: "$1")) AND a.closed_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM appointment p WHERE p.account = a.id AND (p.until IS NULL OR p.until > $2))
      ORDER BY a.created_at DESC, a.login LIMIT $3
      """, [actor.reach, .day(day), .integer(limit)]
    ).map(Self.account)
  }

  static func pattern(_ search: String) -> String {
    let escaped = search.lowercased().filter { $0 != "\0" }.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
    return "%\(escaped)%"
  }
}

/// SQL: whether a text holds what is searched for, as `AccountStore.pattern` puts it into a parameter. With a bare
/// parameter of LIKE, SQLite would compile the whole statement anew each time.
func isLike(_ text: String, _ pattern: String) -> String {
  "lower(\(text)) LIKE CAST(\(pattern) AS TEXT) ESCAPE '!'"
}

/// `$2, $3, …` for so many values.
func places(_ count: Int, from first: Int = 1) -> String {
  (0..<count).map { "$\($0 + first)" }.joined(separator: ", ")
}
