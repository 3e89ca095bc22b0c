public import Notation
public import People

/// Accounts, within the reach of who acts.
public struct AccountStore {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  static let columns = """
    a.id, a.login, a.name, a.authority, a.language, CASE WHEN a.secret IS NULL THEN 0 ELSE 1 END AS has_secret,
      a.created_at, a.closed_at
    """

  static func account(_ row: Row) throws -> Account {
    Account(
      id: try row.id("id"), login: try row.text("login"), name: try row.text("name"),
      authority: try row.optionalID("authority"), language: try row.text("language"),
      hasSecret: try row.int("has_secret") == 1, createdAt: try row.instant("created_at"),
      closedAt: try row.optionalInstant("closed_at"))
  }

  /// The account, where the actor reaches it.
  public func account(_ id: ID, for actor: Actor) throws -> Account? {
    try transaction.row(
      """
      SELECT \(Self.columns) FROM account a
      WHERE a.id = $1 AND \(ReachSQL.covers("a.authority", by: "$2"))
      """, [.id(id), actor.reach]
    ).map(Self.account)
  }

  /// The account, whose login is compared in its folded form; for the program's own use.
  public func account(login: Login) throws -> Account? {
    try transaction.row("SELECT \(Self.columns) FROM account a WHERE a.login = $1", [.text(login.text)])
      .map(Self.account)
  }

  /// Makes an account without a password; its invitation lets the person choose one.
  ///
  /// Throws `PeopleRefusal` where the login is taken, the name is none, or the actor doesn't reach the authority.
  public func create(_ account: Account, by actor: Actor, at now: Instant) throws {
    var problems = Account.problems(name: account.name)
    if Login(account.login)?.text != account.login { problems.append(Login.problem(account.login)) }
    if try !reaches(account.authority, actor) { problems.append(Message("people.account.reach")) }
    guard problems.isEmpty else { throw PeopleRefusal(problems) }
    let count = try transaction.run(
      """
      INSERT INTO account (id, login, name, authority, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (login) DO NOTHING
      """,
      [
        .id(account.id), .text(account.login), .text(account.name), .id(account.authority), .text(account.language),
        .instant(now),
      ])
    guard count == 1 else { throw PeopleRefusal("people.login.taken", ["login": .text(account.login)]) }
    record("account.created", account.id, by: actor, at: now, after: "\(account.login) \(account.name)")
  }

  /// Throws `PeopleRefusal` where the name is none or the account out of reach.
  public func rename(_ id: ID, to name: String, by actor: Actor, at now: Instant) throws {
    let problems = Account.problems(name: name)
    guard problems.isEmpty else { throw PeopleRefusal(problems) }
    let before = try reached(id, actor).name
    guard before != name else { return }
    try transaction.run("UPDATE account SET name = $2 WHERE id = $1", [.id(id), .text(name)])
    record("account.renamed", id, by: actor, at: now, before: before, after: name)
  }

  /// The language a person reads, chosen by themselves.
  public func setLanguage(_ language: String, of id: ID, by actor: Actor, at now: Instant) throws {
    try transaction.run("UPDATE account SET language = $2 WHERE id = $1", [.id(id), .text(language)])
    record("account.language", id, by: actor, at: now, after: language)
  }

  /// Closes an account: it signs in nowhere from this moment, its sessions, tokens and invitations end.
  ///
  /// Throws `PeopleRefusal` where it is out of reach, or the actor's own.
  public func close(_ id: ID, by actor: Actor, at now: Instant) throws {
    if actor.account == id { throw PeopleRefusal("people.account.own") }
    guard try reached(id, actor).closedAt == nil else { return }
    try transaction.run("UPDATE account SET closed_at = $2 WHERE id = $1", [.id(id), .instant(now)])
    try transaction.run("DELETE FROM session WHERE account = $1", [.id(id)])
    try transaction.run(
      "UPDATE api_token SET revoked_at = $2 WHERE account = $1 AND revoked_at IS NULL", [.id(id), .instant(now)])
    try InvitationStore(transaction).end(of: id, at: now)
    record("account.closed", id, by: actor, at: now)
  }

  public func reopen(_ id: ID, by actor: Actor, at now: Instant) throws {
    guard try reached(id, actor).closedAt != nil else { return }
    try transaction.run("UPDATE account SET closed_at = NULL WHERE id = $1", [.id(id)])
    record("account.reopened", id, by: actor, at: now)
  }

  func reached(_ id: ID, _ actor: Actor) throws -> Account {
    guard let account = try account(id, for: actor) else { throw PeopleRefusal("people.account.none") }
    return account
  }

  /// Whether the actor may keep accounts of an authority; those of none belong to the machine.
  private func reaches(_ authority: ID?, _ actor: Actor) throws -> Bool {
    try actor.account == nil
      || transaction.row(
        "SELECT id FROM authority WHERE id = $1 AND \(ReachSQL.covers("authority.id", by: "$2"))",
        [.id(authority), actor.reach]) != nil
  }

  func record(
    _ action: String, _ id: ID, by actor: Actor, at now: Instant, before: String? = nil, after: String? = nil
  ) {
    transaction.record(
      AuditEntry(
        authority: ID(0), at: now, actor: actor, action: action, object: "account/\(id)", before: before, after: after))
  }
}
