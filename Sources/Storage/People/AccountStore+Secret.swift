public import Notation
import People

/// What a sign-in needs to know of an account.
public struct AccountSecret: Sendable {
  public let account: ID
  public let login: String
  public let name: String
  /// The hash with its salt and parameters; nil before the first password.
  public let secret: String?
  public let isClosed: Bool
}

extension AccountStore {
  /// What a login's password is held against; nil where there is no such login.
  public func secret(login: String) throws -> AccountSecret? {
    try Login(login).flatMap { try secret("login = $1", .text($0.text)) }
  }

  public func secret(of id: ID) throws -> AccountSecret? { try secret("id = $1", .id(id)) }

  private func secret(_ condition: String, _ value: Value) throws -> AccountSecret? {
    try transaction.row("SELECT id, login, name, secret, closed_at FROM account WHERE \(condition)", [value]).map {
      AccountSecret(
        account: try $0.id("id"), login: try $0.text("login"), name: try $0.text("name"),
        secret: try $0.optionalText("secret"), isClosed: try $0.optionalInstant("closed_at") != nil)
    }
  }

  /// A new password: its hash is kept, every session and every token of the account ends.
  ///
  /// Throws `PeopleRefusal` where the account is closed or gone.
  public func setSecret(_ secret: String, of id: ID, by actor: Actor, at now: Instant) throws {
    let count = try transaction.run(
      "UPDATE account SET secret = $2, secret_at = $3 WHERE id = $1 AND closed_at IS NULL",
      [.id(id), .text(secret), .instant(now)])
    guard count == 1 else { throw PeopleRefusal("people.account.none") }
    try transaction.run("DELETE FROM session WHERE account = $1", [.id(id)])
    record("account.passwordSet", id, by: actor, at: now, after: Self.trace(of: secret))
    try APITokenStore(transaction).revokeAll(of: id, by: actor, at: now)
  }

  /// The same password under stronger parameters; nothing where another was set meanwhile.
  public func strengthen(_ secret: String, in place: String, of id: ID, by actor: Actor, at now: Instant) throws {
    let count = try transaction.run(
      "UPDATE account SET secret = $2 WHERE id = $1 AND secret = $3", [.id(id), .text(secret), .text(place)])
    guard count == 1 else { return }
    record("account.passwordRehashed", id, by: actor, at: now, after: Self.trace(of: secret))
  }

  /// By the hash of the hash it is seen whether another's was put in its place; nothing else can be learnt from it.
  private static func trace(of secret: String) -> String {
    JSONText.object([("secret", .text(AuditRecords.hash(secret)))]).text
  }

  /// The names that a password of this account mustn't lean on: login, name, authorities and schools of its posts.
  public func words(of id: ID) throws -> [String] {
    try transaction.rows(
      """
      SELECT login AS word FROM account WHERE id = $1
      UNION SELECT name FROM account WHERE id = $1
      UNION SELECT u.name FROM appointment p JOIN authority u ON u.id = p.authority WHERE p.account = $1
      UNION SELECT s.name FROM appointment p JOIN school s ON s.id = p.school WHERE p.account = $1
      """, [.id(id)]
    ).map { try $0.text("word") }
  }
}
