import Crypto
public import Notation
public import People

/// Too many failures: nothing is tried before this moment.
public struct SignInWait: Error, Sendable, Hashable {
  public let until: Instant
}

/// A sign-in under way, counted as a failure until it went well: whoever tries many at once gains nothing.
public struct SignInAttempt: Sendable {
  struct Track: Sendable {
    let subject: String
    let lastAt: Instant
    let forgets: Int64
  }

  /// Of login and address together.
  let pair: String
  /// Counted as failures: the pair, and for a login not known at its address, login and address too.
  let tracks: [Track]
  let at: Instant
}

/// The failures of sign-ins, kept under hashes: people type passwords into the field for the login.
public struct SignInStore {
  let transaction: any Transaction
  let lockout: Lockout

  public init(_ transaction: any Transaction, lockout: Lockout) {
    self.transaction = transaction
    self.lockout = lockout
  }

  /// Before anything is written: throws `SignInWait` where one has to wait. Refusing ten thousand costs no write.
  public func check(login: String, address: String, at now: Instant) throws {
    let subjects = Subjects(login: login, address: address)
    let rows = try transaction.rows(
      "SELECT subject, clears_at, last_at, succeeded_at FROM sign_in_failure WHERE subject IN ($1, $2, $3)",
      subjects.all.map { .text($0) })
    _ = try open(rows, subjects, now)
  }

  /// Counts an attempt as failed, before its password is looked at.
  ///
  /// Throws `SignInWait` where one has to wait.
  public func begin(login: String, address: String, at now: Instant) throws -> SignInAttempt {
    let subjects = Subjects(login: login, address: address)
    // Always in the order address, login, pair, so that two attempts never wait for each other in a ring.
    let rows = try transaction.rows(
      """
      INSERT INTO sign_in_failure (subject, clears_at, last_at)
      VALUES ($1, CAST($4 AS BIGINT), CAST($4 AS BIGINT)), ($2, CAST($4 AS BIGINT), CAST($4 AS BIGINT)),
        ($3, CAST($4 AS BIGINT), CAST($4 AS BIGINT))
      ON CONFLICT (subject) DO UPDATE SET clears_at = sign_in_failure.clears_at
      RETURNING subject, clears_at, last_at, succeeded_at
      """, subjects.all.map { .text($0) } + [.instant(now)])
    let counted = try open(rows, subjects, now)
    for entry in counted {
      let record = entry.track.adding(to: entry.record, at: now)
      try transaction.run(
        "UPDATE sign_in_failure SET clears_at = $2, last_at = $3 WHERE subject = $1",
        [.text(entry.subject), .instant(record.clearsAt), .instant(record.lastAt)])
    }
    return SignInAttempt(
      pair: subjects.pair,
      tracks: counted.map { .init(subject: $0.subject, lastAt: $0.record.lastAt, forgets: $0.track.forgets) }, at: now)
  }

  /// The attempt went well: it was no failure, and the address is known for this login from now on.
  public func succeeded(_ attempt: SignInAttempt, at now: Instant) throws {
    try takeBack(attempt.tracks.filter { $0.subject != attempt.pair }, attempt.at)
    try know(attempt.pair, at: now)
  }

  /// The attempt was never looked at: it is as if it hadn't been made.
  public func withdraw(_ attempt: SignInAttempt) throws { try takeBack(attempt.tracks, attempt.at) }

  /// The person proved otherwise, by a one-time link, who they are: the login is free, and known at this address.
  public func welcome(login: String, address: String, at now: Instant) throws {
    try clear(login: login)
    try know(Subjects(login: login, address: address).pair, at: now)
  }

  private func know(_ pair: String, at now: Instant) throws {
    try transaction.run(
      """
      INSERT INTO sign_in_failure (subject, clears_at, last_at, succeeded_at) VALUES ($1, $2, $2, $2)
      ON CONFLICT (subject) DO UPDATE
      SET clears_at = excluded.clears_at, last_at = excluded.last_at, succeeded_at = excluded.succeeded_at
      """, [.text(pair), .instant(now)])
  }

  private func takeBack(_ tracks: [SignInAttempt.Track], _ made: Instant) throws {
    for track in tracks {
      try transaction.run(
        """
        UPDATE sign_in_failure
        SET clears_at = clears_at - $2, last_at = CASE WHEN last_at = $3 THEN CAST($4 AS BIGINT) ELSE last_at END
        WHERE subject = $1
        """, [.text(track.subject), .integer(track.forgets * 1000), .instant(made), .instant(track.lastAt)])
    }
  }

  /// Makes a login free again, for its owner at the keeper's desk. What it waited for at single addresses passes by itself.
  public func clear(login: String) throws {
    try transaction.run(
      "DELETE FROM sign_in_failure WHERE subject = $1", [.text(Subjects(login: login, address: "").login)])
  }

  /// Lets go of what is forgotten.
  public func sweep(at now: Instant) throws {
    try transaction.run(
      "DELETE FROM sign_in_failure WHERE clears_at <= $1 AND (succeeded_at IS NULL OR succeeded_at <= $2)",
      [.instant(now), .instant(now.adding(seconds: -Int64(lockout.knownDays) * 86_400))])
  }

  private typealias Counted = (subject: String, track: Lockout.Track, record: Lockout.Record)

  /// The tracks on which this attempt counts; throws where one of them isn't open yet.
  private func open(_ rows: [Row], _ subjects: Subjects, _ now: Instant) throws -> [Counted] {
    var records: [String: Lockout.Record] = [:]
    var isKnown = false
    for row in rows {
      let subject = try row.text("subject")
      records[subject] = Lockout.Record(clearsAt: try row.instant("clears_at"), lastAt: try row.instant("last_at"))
      if subject == subjects.pair {
        isKnown = lockout.isKnown(since: try row.optionalInstant("succeeded_at"), at: now)
      }
    }
    var counted: [Counted] = []
    for (subject, track) in zip(subjects.all, [lockout.address, lockout.login, lockout.pair]) {
      guard subject == subjects.pair || !isKnown, let record = records[subject] else { continue }
      let opens = track.opens(record)
      counted.append((subject, track, record))
      if opens > now { throw SignInWait(until: opens) }
    }
    return counted
  }

  struct Subjects {
    let address: String
    let login: String
    let pair: String

    init(login: String, address: String) {
      let folded = Login.folded(login)
      let place = Lockout.counted(address)
      self.address = Subjects.hash("address", place)
      self.login = Subjects.hash("login", folded)
      pair = Subjects.hash("pair", folded, place)
    }

    var all: [String] { [address, login, pair] }

    private static func hash(_ words: String...) -> String {
      let digest = SHA256.hash(data: Array(words.joined(separator: "\u{0}").utf8))
      return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
  }
}
