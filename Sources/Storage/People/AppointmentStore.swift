public import Notation
public import People

/// Who holds which post from when to when.
public struct AppointmentStore {
  let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }

  /// A post's seat and whose chain of the audit log it belongs to: the authority itself, or the one the school answers to.
  static let select = "SELECT \(columns) \(joins)"
  static let columns = """
    p.id, p.account, p.role, p.authority AS seat, p.school, p.since, p.until,
      u.id AS authority, u.name AS authority_name, u.code AS authority_code, u.level,
      k.name AS school_name, k.code AS school_code
    """
  static let joins = """
    FROM appointment p
    LEFT JOIN school k ON k.id = p.school
    JOIN authority u ON u.id = COALESCE(p.authority, k.authority)
    """

  static func appointment(_ row: Row) throws -> Appointment? {
    // A role of another release is nobody's post.
    guard let role = Role(rawValue: try row.text("role")), let since = try row.optionalDay("since") else { return nil }
    let seat: Appointment.Seat =
      if let school = try row.optionalID("school") { .school(school) } else { .authority(try row.id("seat")) }
    return Appointment(
      id: try row.id("id"), account: try row.id("account"), role: role, seat: seat, since: since,
      until: try row.optionalDay("until"))
  }

  static func line(_ row: Row) throws -> PostLine? {
    guard let appointment = try appointment(row) else { return nil }
    let isSchool = try row.optionalID("school") != nil
    return PostLine(
      appointment: appointment, authority: try row.id("authority"),
      seatName: try row.text(isSchool ? "school_name" : "authority_name"),
      seatCode: try row.text(isSchool ? "school_code" : "authority_code"))
  }

  /// All posts of some accounts, past and coming ones too.
  public func lines(of accounts: [ID]) throws -> [ID: [PostLine]] {
    guard !accounts.isEmpty else { return [:] }
    let lines = try transaction.rows(
      "\(Self.select) WHERE p.account IN (\(places(accounts.count))) ORDER BY p.account, p.since, p.id",
      accounts.map { .id($0) }
    ).compactMap(Self.line)
    return Dictionary(grouping: lines, by: \.appointment.account)
  }

  public func appointments(of account: ID) throws -> [Appointment] {
    try transaction.rows("\(Self.select) WHERE p.account = $1 ORDER BY p.since, p.id", [.id(account)])
      .compactMap(Self.appointment)
  }

  /// The posts an account may act in on a day, the one held longest first.
  public func posts(of account: ID, on day: Day) throws -> [Viewer.Post] {
    try transaction.rows(
      """
      \(Self.select)
      WHERE p.account = $1 AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)
      ORDER BY p.since, p.id
      """, [.id(account), .day(day)]
    ).compactMap { row in
      guard let role = Role(rawValue: try row.text("role")) else { return nil }
      return Viewer.Post(
        appointment: try row.id("id"), role: role, authority: try row.id("authority"),
        authorityName: try row.text("authority_name"), level: try row.text("level"),
        school: try row.optionalID("school"), schoolName: try row.optionalText("school_name"))
    }
  }

  /// Makes an appointment, within the reach of who appoints.
  ///
  /// Throws `PeopleRefusal` with everything that stands against it.
  public func appoint(_ appointment: Appointment, by actor: Actor, at now: Instant) throws {
    // Taken first and changed nothing: of two who appoint the same person at once, the second sees what the first did.
    try transaction.run("UPDATE account SET login = login WHERE id = $1", [.id(appointment.account)])
    guard let account = try AccountStore(transaction).account(appointment.account, for: actor) else {
      throw PeopleRefusal("people.account.none")
    }
    var problems = appointment.problems(beside: try appointments(of: account.id), by: actor.account)
    if account.closedAt != nil { problems.append(Message("people.account.closed", ["login": .text(account.login)])) }
    let authority = try authority(of: appointment.seat, reachedBy: actor)
    if authority == nil { problems.append(Message("people.appointment.reach")) }
    guard problems.isEmpty, let authority else { throw PeopleRefusal(problems) }
    try insert(appointment, authority: authority, by: actor, at: now)
  }

  /// A link made while there was no post to take over waits from now on like one made now.
  func insert(_ appointment: Appointment, authority: ID, by actor: Actor, at now: Instant) throws {
    try transaction.run(
      """
      INSERT INTO appointment (id, account, role, authority, school, since, until, created_at, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .id(appointment.id), .id(appointment.account), .text(appointment.role.rawValue),
        .id(appointment.seat.authority), .id(appointment.seat.school), .day(appointment.since),
        .day(appointment.until), .instant(now), .id(actor.account),
      ])
    try InvitationStore(transaction).hold(appointment.account, at: now)
    record("appointment.made", appointment, authority, by: actor, at: now, after: appointment.words)
  }

  /// Ends an appointment: from that day on it no longer holds. With today, the person can do nothing in it any more at
  /// their next request.
  ///
  /// Throws `PeopleRefusal` where it is out of reach or the actor's own.
  public func end(_ id: ID, from day: Day, by actor: Actor, at now: Instant) throws {
    try setEnd(id, day, by: actor, at: now)
  }

  /// Gives an appointment another end, or none.
  func setEnd(_ id: ID, _ day: Day?, by actor: Actor, at now: Instant) throws {
    let row = try transaction.row(
      "\(Self.select) WHERE p.id = $1 AND \(ReachSQL.covers("u.id", by: "$2"))", [.id(id), actor.reach])
    guard let row, let before = try Self.appointment(row) else { throw PeopleRefusal("people.appointment.none") }
    if actor.account == before.account { throw PeopleRefusal("people.appointment.own") }
    let after = before.ending(day.map { max($0, before.since) })
    guard after != before else { return }
    try transaction.run("UPDATE appointment SET until = $2 WHERE id = $1", [.id(id), .day(after.until)])
    // One that had ended may hold again.
    if before.until != nil { try InvitationStore(transaction).hold(before.account, at: now) }
    record(
      "appointment.ended", after, try row.id("authority"), by: actor, at: now, before: before.words, after: after.words)
  }

  /// The authority a seat belongs to; nil where there is no such seat or the actor doesn't reach it.
  func authority(of seat: Appointment.Seat, reachedBy actor: Actor) throws -> ID? {
    let id =
      switch seat {
      case .authority(let authority): authority
      case .school(let school):
        try transaction.row("SELECT authority FROM school WHERE id = $1", [.id(school)])?.id("authority")
      }
    return try transaction.row(
      "SELECT u.id FROM authority u WHERE u.id = $1 AND \(ReachSQL.covers("u.id", by: "$2"))", [.id(id), actor.reach]
    )?.id("id")
  }

  func record(
    _ action: String, _ appointment: Appointment, _ authority: ID, by actor: Actor, at now: Instant,
    before: String? = nil, after: String?
  ) {
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: action, object: "appointment/\(appointment.id)",
        before: before, after: after))
  }
}

extension Appointment {
  /// As the audit log keeps it: `lead school/12 account/7 2026-09-01/`.
  var words: String {
    let place = seat.school.map { "school/\($0)" } ?? seat.authority.map { "authority/\($0)" } ?? ""
    return "\(role.rawValue) \(place) account/\(account) \(since.text)/\(until?.text ?? "")"
  }
}
