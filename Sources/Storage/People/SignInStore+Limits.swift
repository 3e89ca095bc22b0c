public import Notation
public import People

extension SignInStore {
  /// Where somebody's login is refused after too many failures in a row.
  public enum Refused: String, Sendable, Hashable {
    /// At addresses it isn't known at.
    case elsewhere
    /// At addresses it is known at, or one of them.
    case known
  }

  /// The accounts among these whose logins are refused, and where; one statement.
  public func refused(_ accounts: [Account]) throws -> [ID: Set<Refused>] {
    guard !accounts.isEmpty else { return [:] }
    let rows = try transaction.rows(
      """
      SELECT subject, account, failures FROM sign_in_failure
      WHERE failures >= $1 AND account IN (\(places(accounts.count, from: 2)))
      """,
      [.integer(min(lockout.mostElsewhere, lockout.mostKnown, lockout.mostAtKnownAddress))]
        + accounts.map { .id($0.id) })
    let logins = Dictionary(accounts.map { ($0.id, Subjects(login: $0.login, address: "")) }) { first, _ in first }
    return try rows.reduce(into: [:]) { refused, row in
      let (account, subject, failures) = (try row.id("account"), try row.text("subject"), try row.integer("failures"))
      let place: Refused = logins[account]?.login == subject ? .elsewhere : .known
      let most =
        place == .elsewhere
        ? lockout.mostElsewhere
        : logins[account]?.known == subject ? lockout.mostKnown : lockout.mostAtKnownAddress
      if failures >= most { refused[account, default: []].insert(place) }
    }
  }
}
