public import Notation
public import People

/// A post with who holds it.
public struct HeldPost: Sendable {
  public let line: PostLine
  public let login: String
  public let name: String
}

/// What a list of posts is narrowed to.
public struct PostFilter: Sendable {
  /// Held by the login or name of the person, or by the name of the authority or school.
  public var search: String
  public var role: Role?
  /// Only those not yet over on this day.
  public var from: Day?

  public init(search: String = "", role: Role? = nil, from: Day? = nil) {
    self.search = search
    self.role = role
    self.from = from
  }
}

extension AppointmentStore {
  private static let filter = """
    \(ReachSQL.covers("u.id", by: "$1")) AND ($2 = '' OR p.role = $2)
      AND ($3 = '' OR p.until IS NULL OR p.until > $3)
      AND ($4 = '%%' OR \(isLike("a.login", "$4")) OR \(isLike("a.name", "$4"))
        OR \(isLike("u.name", "$4")) OR \(isLike("k.name", "$4")))
    """

  private static func values(_ filter: PostFilter, _ actor: Actor) -> [Value] {
    [
      actor.reach, .text(filter.role?.rawValue ?? ""), .text(filter.from?.text ?? ""),
      .text(AccountStore.pattern(filter.search)),
    ]
  }

  /// The posts at the authorities and schools the actor reaches, by login. At most `limit`, after the first `skip`.
  public func list(for actor: Actor, _ filter: PostFilter, skip: Int = 0, limit: Int = 50) throws -> [HeldPost] {
    try transaction.rows(
      """
      SELECT \(Self.columns), a.login, a.name \(Self.joins) JOIN account a ON a.id = p.account
      WHERE \(Self.filter) ORDER BY a.login, p.since, p.id LIMIT $5 OFFSET $6
      """, Self.values(filter, actor) + [.integer(limit), .integer(skip)]
    ).compactMap(Self.held)
  }

  /// How many there are in all.
  public func count(for actor: Actor, _ filter: PostFilter) throws -> Int {
    try transaction.row(
      "SELECT count(*) AS n \(Self.joins) JOIN account a ON a.id = p.account WHERE \(Self.filter)",
      Self.values(filter, actor))?.int("n") ?? 0
  }

  /// One post, where the actor reaches it.
  public func post(_ id: ID, for actor: Actor) throws -> HeldPost? {
    try transaction.row(
      """
      SELECT \(Self.columns), a.login, a.name \(Self.joins) JOIN account a ON a.id = p.account
      WHERE p.id = $1 AND \(ReachSQL.covers("u.id", by: "$2"))
      """, [.id(id), actor.reach]
    ).flatMap(Self.held)
  }

  private static func held(_ row: Row) throws -> HeldPost? {
    try line(row).map { HeldPost(line: $0, login: try row.text("login"), name: try row.text("name")) }
  }
}
