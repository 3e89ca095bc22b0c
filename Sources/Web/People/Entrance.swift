public import Notation
public import People
public import Storage

/// The way in: signing in, taking up an invitation, changing one's password. Pages and tests call the same functions.
public struct Entrance: Sendable {
  let database: any Database
  let hasher: PasswordHasher
  public let lockout: Lockout
  public let terms: SessionTerms

  public init(
    database: any Database, hasher: PasswordHasher, lockout: Lockout = Lockout(), terms: SessionTerms = SessionTerms()
  ) {
    self.database = database
    self.hasher = hasher
    self.lockout = lockout
    self.terms = terms
  }

  /// Where a request comes from, and the session it already carries: that one ends when another begins.
  public struct Arrival: Sendable {
    public let address: String
    public let request: String?
    public let session: Token?

    public init(address: String, request: String? = nil, session: Token? = nil) {
      self.address = address
      self.request = request
      self.session = session
    }

    func actor(_ account: ID?, appointment: ID? = nil) -> Actor {
      Actor(account: account, appointment: appointment, address: address, request: request)
    }
  }

  public enum Answer: Sendable {
    /// The session's token, for the cookie, and whose it is. Without a post in force the viewer may do nothing but leave.
    case entered(Token, Viewer)
    /// Why not, and after how many seconds trying again makes sense, where it is a matter of time.
    case refused([Message], wait: Int64?)
  }

  static func wait(until end: Instant, at now: Instant) -> Answer {
    let seconds = max(1, (end.milliseconds - now.milliseconds + 999) / 1000)
    let message =
      seconds < 60
      ? Message("people.signIn.waitSeconds", ["seconds": .count(Int(seconds))])
      : Message("people.signIn.waitMinutes", ["minutes": .count(Int((seconds + 59) / 60))])
    return .refused([message], wait: seconds)
  }

  static let busy = Answer.refused([Message("people.signIn.busy")], wait: 5)

  static let limit = Answer.refused([Message("people.signIn.limit")], wait: nil)

  /// Writes down that an attempt failed, and with the last one that the login is refused from now on.
  ///
  /// - Parameter account: whose login it is; nil: nobody's.
  static func recordFailure(
    _ attempt: SignInAttempt, of account: ID?, by actor: Actor, at now: Instant, in transaction: any Transaction
  ) {
    let object = "account/\(account ?? ID(0))"
    transaction.record(
      AuditEntry(authority: ID(0), at: now, actor: actor, action: "signIn.failed", object: object))
    guard attempt.isLast, account != nil else { return }
    transaction.record(
      AuditEntry(authority: ID(0), at: now, actor: actor, action: "signIn.refused", object: object))
  }

  /// Opens a session in the post held longest, under a new token; the one the arrival came with ends.
  func enter(
    _ account: AccountSecret, token: Token, post: ID? = nil, from arrival: Arrival, at now: Instant,
    in transaction: any Transaction
  ) throws -> Answer {
    let sessions = SessionStore(transaction, terms: terms)
    let posts = try AppointmentStore(transaction).posts(of: account.account, on: now.day)
    let chosen = posts.first { $0.appointment == post } ?? posts.first
    let actor = arrival.actor(account.account, appointment: chosen?.appointment)
    if let old = arrival.session { try sessions.revoke(old, by: actor, at: now) }
    try sessions.create(token, account: account.account, appointment: chosen?.appointment, by: actor, at: now)
    guard let found = try sessions.find(token, at: now) else {
      return .refused([Message("people.signIn.wrong")], wait: nil)
    }
    return .entered(token, found.viewer)
  }
}
