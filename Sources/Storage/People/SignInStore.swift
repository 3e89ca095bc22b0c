import Crypto
public import Notation
public import People

/// Too many failures: nothing is tried before this moment.
public struct SignInWait: Error, Sendable, Hashable {
  public let until: Instant
}

/// Too many failures in a row: nothing is tried here before the login has signed in elsewhere, or has a new link.
public struct SignInLimit: Error, Sendable, Hashable {}

/// A sign-in under way, counted as a failure until it went well: whoever tries many at once gains nothing.
public struct SignInAttempt: Sendable {
  struct Track: Sendable {
    let subject: String
    let lastAt: Instant
    let forgets: Int64
  }

  let login: String
  /// Of login and address together.
  let pair: String
  /// Counted as failures: the pair, and for a login not known at its address, login and address too.
  let tracks: [Track]
  /// Where it is counted among the failures in a row.
  let counters: [String]
  /// Whether the login is refused here from now on, should it fail.
  public let isLast: Bool
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

  /// Before anything is written: throws `SignInWait` where one has to wait, `SignInLimit` where the login is refused.
  /// Refusing ten thousand costs no write.
  public func check(login: String, address: String, at now: Instant) throws {
    let subjects = Subjects(login: login, address: address)
    let rows = try transaction.rows(
      """
      SELECT subject, clears_at, last_at, succeeded_at, failures FROM sign_in_failure WHERE subject IN ($1, $2, $3, $4)
      """, subjects.all.map { .text($0) })
    _ = try open(rows, subjects, now)
  }

  /// Counts an attempt as failed, before its password is looked at.
  ///
  /// Throws `SignInWait` where one has to wait, `SignInLimit` where the login is refused.
  /// - Parameter account: whose login it is; nil: nobody's.
  public func begin(login: String, of account: ID?, address: String, at now: Instant) throws -> SignInAttempt {
    let subjects = Subjects(login: login, address: address)
    // Always in the order address, login, pair, known, so that two attempts never wait for each other in a ring.
    let rows = try transaction.rows(
      """
      INSERT INTO sign_in_failure (subject, clears_at, last_at, account)
      VALUES ($1, CAST($5 AS BIGINT), CAST($5 AS BIGINT), NULL),
        ($2, CAST($5 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT)),
        ($3, CAST($5 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT)),
        ($4, CAST($5 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT))
      ON CONFLICT (subject) DO UPDATE
      SET account = coalesce(sign_in_failure.account, excluded.account)
      RETURNING subject, clears_at, last_at, succeeded_at, failures
      """, subjects.all.map { .text($0) } + [.instant(now), .id(account)])
    let (counted, row) = try open(rows, subjects, now)
    for entry in counted {
      let record = entry.track.adding(to: entry.record, at: now)
      try transaction.run(
        "UPDATE sign_in_failure SET clears_at = $2, last_at = $3 WHERE subject = $1",
        [.text(entry.subject), .instant(record.clearsAt), .instant(record.lastAt)])
    }
    for subject in row.counters {
      try transaction.run(
        "UPDATE sign_in_failure SET failures = failures + 1, last_at = $2 WHERE subject = $1",
        [.text(subject), .instant(now)])
    }
    return SignInAttempt(
      login: subjects.login, pair: subjects.pair,
      tracks: counted.map { .init(subject: $0.subject, lastAt: $0.record.lastAt, forgets: $0.track.forgets) },
      counters: row.counters, isLast: row.left == 1, at: now)
  }

  /// The attempt went well: it was no failure, it ends the row of them, and the address is known for this login from now
  /// on.
  public func succeeded(_ attempt: SignInAttempt, of account: ID, at now: Instant) throws {
    try takeBack(attempt.tracks.filter { $0.subject != attempt.pair }, attempt.at)
    // The login first, as every attempt takes them.
    try transaction.run("UPDATE sign_in_failure SET failures = 0 WHERE subject = $1", [.text(attempt.login)])
    try endRow(of: account)
    try know(attempt.pair, of: account, at: now)
  }

  /// The attempt was never looked at: it is as if it hadn't been made.
  public func withdraw(_ attempt: SignInAttempt) throws {
    try takeBack(attempt.tracks, attempt.at)
    for subject in attempt.counters {
      try transaction.run(
        "UPDATE sign_in_failure SET failures = failures - 1 WHERE subject = $1 AND failures > 0", [.text(subject)])
    }
  }

  /// The person proved otherwise, by a one-time link, who they are: the login is free, and known at this address.
  public func welcome(login: String, of account: ID, address: String, at now: Instant) throws {
    try clear(login: login)
    try endRow(of: account)
    try know(Subjects(login: login, address: address).pair, of: account, at: now)
  }

  private func know(_ pair: String, of account: ID, at now: Instant) throws {
    try transaction.run(
      """
      INSERT INTO sign_in_failure (subject, clears_at, last_at, succeeded_at, account) VALUES ($1, $2, $2, $2, $3)
      ON CONFLICT (subject) DO UPDATE
      SET clears_at = excluded.clears_at, last_at = excluded.last_at, succeeded_at = excluded.succeeded_at,
        account = excluded.account
      """, [.text(pair), .instant(now), .id(account)])
  }

  private func endRow(of account: ID) throws {
    try transaction.run(
      "UPDATE sign_in_failure SET failures = 0 WHERE account = $1 AND failures > 0", [.id(account)])
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
    let subjects = Subjects(login: login, address: "")
    for subject in [subjects.login, subjects.known] {
      try transaction.run("DELETE FROM sign_in_failure WHERE subject = $1", [.text(subject)])
    }
  }

  /// Lets go of what is forgotten. Failures in a row of somebody's login are kept until it signs in; of a login that is
  /// nobody's, so long that it can hardly be told from one that is.
  public func sweep(at now: Instant) throws {
    let old = now.adding(seconds: -Int64(lockout.knownDays) * 86_400)
    try transaction.run(
      """
      DELETE FROM sign_in_failure
      WHERE clears_at <= $1 AND (succeeded_at IS NULL OR succeeded_at <= $2)
        AND (failures = 0 OR (account IS NULL AND (failures < 5 OR last_at <= $2)))
      """, [.instant(now), .instant(old)])
  }

  private typealias Counted = (subject: String, track: Lockout.Track, record: Lockout.Record)

  /// The tracks on which this attempt counts, where it counts among the failures in a row, and how many are left; throws
  /// where one of the tracks isn't open yet, or none is left.
  private func open(
    _ rows: [Row], _ subjects: Subjects, _ now: Instant
  ) throws -> (tracks: [Counted], row: (counters: [String], left: Int64)) {
    var records: [String: Lockout.Record] = [:]
    var failures: [String: Int64] = [:]
    var isKnown = false
    for row in rows {
      let subject = try row.text("subject")
      records[subject] = Lockout.Record(clearsAt: try row.instant("clears_at"), lastAt: try row.instant("last_at"))
      failures[subject] = try row.integer("failures")
      if subject == subjects.pair {
        isKnown = lockout.isKnown(since: try row.optionalInstant("succeeded_at"), at: now)
      }
    }
    let limits =
      isKnown
      ? [(subjects.pair, lockout.mostAtKnownAddress), (subjects.known, lockout.mostKnown)]
      : [(subjects.login, lockout.mostElsewhere)]
    let left = limits.map { $1 - (failures[$0] ?? 0) }.min() ?? 0
    guard left > 0 else { throw SignInLimit() }
    var counted: [Counted] = []
    for (subject, track) in zip(subjects.all, [lockout.address, lockout.login, lockout.pair]) {
      guard subject == subjects.pair || !isKnown, let record = records[subject] else { continue }
      // What a clock wrote that ran ahead and was put back holds nobody up; the failures still count.
      let isAhead = record.isAhead(of: now)
      counted.append((subject, track, isAhead ? record.moved(to: now) : record))
      if !isAhead, track.opens(record) > now { throw SignInWait(until: track.opens(record)) }
    }
    return (counted, (limits.map(\.0), left))
  }

  struct Subjects {
    let address: String
    let login: String
    let pair: String
    /// The login at all addresses it is known at.
    let known: String

    init(login: String, address: String) {
      let folded = Login.folded(login)
      let place = Lockout.counted(address)
      self.address = Subjects.hash("address", place)
      self.login = Subjects.hash("login", folded)
      pair = Subjects.hash("pair", folded, place)
      known = Subjects.hash("known", folded)
    }

    var all: [String] { [address, login, pair, known] }

    private static func hash(_ words: String...) -> String {
      let digest = SHA256.hash(data: Array(words.joined(separator: "\u{0}").utf8))
      return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
  }
}
