public import Notation
public import People

/// The link of an account that an import made.
public struct IssuedInvitation: Sendable {
  public let token: Token
  public let login: String
  public let name: String
  public let unit: String
  public let endsAt: Instant
}

/// Accounts from a workbook: what it would change, and the change as a whole.
public struct AccountsImport {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  /// What the rows would change within the actor's reach; stores nothing.
  public func plan(
    _ rows: [AccountRow], powers: Set<Power>, for actor: Actor, on today: Day
  ) throws -> AccountsPlan {
    AccountsPlan(rows, beside: try known(rows, actor), powers: powers, by: actor.account, on: today)
  }

  /// Carries out a plan that was shown and accepted, as a whole. `ids` gives one for each new account and each new
  /// appointment, `tokens` one for each new account.
  ///
  /// Throws `PeopleRefusal` where it has problems, or what it stands on has changed since it was shown.
  public func store(
    _ accepted: AccountsPlan, ids: [ID], tokens: [Token], by actor: Actor, at now: Instant
  ) throws -> [IssuedInvitation] {
    let plan = try plan(accepted.rows, powers: accepted.powers, for: actor, on: now.day)
    guard plan.problems.isEmpty else { throw PeopleRefusal(plan.problems.map(\.what)) }
    guard plan == accepted else { throw PeopleRefusal("people.import.meanwhile") }
    guard ids.count >= plan.newAccounts + plan.newAppointments, tokens.count >= plan.newAccounts else {
      throw DatabaseError.statement("an import of \(plan.lines.count) rows wasn't given enough numbers")
    }
    var ids = ids[...]
    var tokens = tokens[...]
    var accounts: [Login: ID] = [:]
    var issued: [IssuedInvitation] = []
    for line in plan.lines {
      switch line.account {
      case .new:
        guard let id = ids.popFirst(), let token = tokens.popFirst() else { continue }
        accounts[line.row.login] = id
        issued.append(try create(id, line, token, by: actor, at: now))
      case .renamed(let id, _):
        accounts[line.row.login] = id
        try AccountStore(transaction).rename(id, to: line.row.name, by: actor, at: now)
      case .unchanged(let id): accounts[line.row.login] = id
      case .sameAsAbove: break
      }
      guard let account = accounts[line.row.login] else { continue }
      let appointments = AppointmentStore(transaction)
      switch line.appointment {
      case .new:
        guard let id = ids.popFirst() else { continue }
        try appointments.insert(
          Appointment(
            id: id, account: account, role: line.row.role, seat: line.unit.seat, since: line.row.since,
            until: line.row.until), authority: line.unit.authority, by: actor, at: now)
      case .ends(let id, _): try appointments.setEnd(id, line.row.until, by: actor, at: now)
      case .unchanged, .left: break
      }
    }
    return issued
  }

  private func create(
    _ id: ID, _ line: AccountsPlan.Line, _ token: Token, by actor: Actor, at now: Instant
  ) throws -> IssuedInvitation {
    let account = Account(
      id: id, login: line.row.login.text, name: line.row.name, authority: line.unit.authority, createdAt: now)
    try AccountStore(transaction).create(account, by: actor, at: now)
    try InvitationStore(transaction).insert(token, to: id, by: actor, at: now)
    return IssuedInvitation(
      token: token, login: account.login, name: account.name, unit: line.unit.name,
      endsAt: InvitationTerms.end(of: now))
  }

  /// What is stored of everybody and everything the rows name, in a handful of statements however long the file.
  private func known(_ rows: [AccountRow], _ actor: Actor) throws -> KnownPeople {
    var known = KnownPeople()
    try eachPart(of: Set(rows.map(\.login.text))) { logins, places in
      let found = try transaction.rows(
        """
        SELECT \(AccountStore.columns), CASE WHEN \(ReachSQL.covers("a.authority", by: "$1")) THEN 1 ELSE 0 END AS reached
        FROM account a WHERE a.login IN (\(places))
        """, [actor.reach] + logins)
      let posts = try AppointmentStore(transaction).lines(of: found.map { try $0.id("id") })
      for row in found {
        let account = try AccountStore.account(row)
        guard let login = Login(account.login) else { continue }
        known.people[login] = KnownPeople.Person(
          account: account, appointments: (posts[account.id] ?? []).map(\.appointment),
          isReached: try row.int("reached") == 1)
      }
    }
    try eachPart(of: Set(rows.filter { !$0.role.isOfSchool }.map(\.unit))) { called, places in
      let found = try transaction.rows(
        """
        SELECT id, code, name FROM authority
        WHERE \(ReachSQL.covers("authority.id", by: "$1")) AND (code IN (\(places)) OR name IN (\(places)))
        """, [actor.reach] + called)
      for row in found {
        let id = try row.id("id")
        let unit = AccountsPlan.Unit(seat: .authority(id), authority: id, name: try row.text("name"))
        known.authorities.add(unit, code: try row.text("code"))
      }
    }
    try eachPart(of: Set(rows.filter(\.role.isOfSchool).map(\.unit))) { called, places in
      let found = try transaction.rows(
        """
        SELECT id, authority, code, name FROM school
        WHERE \(ReachSQL.covers("school.authority", by: "$1")) AND (code IN (\(places)) OR name IN (\(places)))
        """, [actor.reach] + called)
      for row in found {
        let unit = AccountsPlan.Unit(
          seat: .school(try row.id("id")), authority: try row.id("authority"), name: try row.text("name"))
        known.schools.add(unit, code: try row.text("code"))
      }
    }
    return known
  }

  private func eachPart(of texts: Set<String>, _ body: ([Value], String) throws -> Void) throws {
    let all = texts.filter { !$0.contains("\0") }.sorted()
    for start in stride(from: 0, to: all.count, by: 500) {
      let part = all[start..<min(start + 500, all.count)]
      try body(part.map { .text($0) }, places(part.count, from: 2))
    }
  }
}
