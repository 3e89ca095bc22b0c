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

extension AccountStore {
  /// The accounts the actor reaches, by login, whose login or name holds the search; after the given login. At most
  /// `limit`.
  public func list(
    for actor: Actor, search: String = "", after login: String = "", limit: Int = 50
  ) throws -> [AccountLine] {
    let accounts = try transaction.rows(
      """
      SELECT \(Self.columns) FROM account a
      WHERE \(ReachSQL.covers("a.authority", by: "$1")) AND a.login > $2
        AND (a.login LIKE $3 ESCAPE '!' OR lower(a.name) LIKE $3 ESCAPE '!')
      ORDER BY a.login LIMIT $4
      """, [actor.reach, .text(login), .text(Self.pattern(search)), .integer(limit)]
    ).map(Self.account)
    guard !accounts.isEmpty else { return [] }
    let posts = try AppointmentStore(transaction).lines(of: accounts.map(\.id))
    return accounts.map { AccountLine(account: $0, posts: posts[$0.id] ?? []) }
  }

  static func pattern(_ search: String) -> String {
    let escaped = search.lowercased().filter { $0 != "\0" }.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
    return "%\(escaped)%"
  }
}

/// `$2, $3, …` for so many values.
func places(_ count: Int, from first: Int = 1) -> String {
  (0..<count).map { "$\($0 + first)" }.joined(separator: ", ")
}
