public import Notation
public import People
import Storage

extension Entrance {
  /// Changes the viewer's own password: the present one is asked for, every other session ends, this one goes on under a
  /// new token.
  ///
  /// Throws `DatabaseError`.
  public func changePassword(
    of viewer: Viewer, present: Password, new password: Password, from arrival: Arrival, at now: Instant,
    random: inout some RandomNumberGenerator
  ) async throws -> Answer {
    let token = Token(from: &random)
    let salt = PasswordHasher.salt(from: &random)
    let actor = arrival.actor(viewer.account, appointment: viewer.post?.appointment)
    let wrong = Answer.refused([Message("people.password.present")], wait: nil)
    let begun: (attempt: SignInAttempt, account: AccountSecret, words: [String])?
    do {
      begun = try await database.write { transaction in
        let accounts = AccountStore(transaction)
        guard let account = try accounts.secret(of: viewer.account), !account.isClosed else { return nil }
        // A stolen session must not be a way to guess the password.
        let attempt = try SignInStore(transaction, lockout: lockout)
          .begin(login: account.login, of: account.account, address: arrival.address, at: now)
        return (attempt, account, try accounts.words(of: account.account))
      }
    } catch let wait as SignInWait {
      return Self.wait(until: wait.until, at: now)
    } catch is SignInLimit {
      return Self.limit
    }
    guard let (attempt, account, words) = begun else { return wrong }
    let verdict: PasswordHasher.Verdict
    do {
      verdict = try await hasher.verdict(on: present, against: account.secret, from: arrival.address)
    } catch is WaitingLine.Busy {
      try await database.write { try SignInStore($0, lockout: lockout).withdraw(attempt) }
      return Self.busy
    }
    try await database.write { transaction in
      if verdict != .wrong {
        return try SignInStore(transaction, lockout: lockout).succeeded(attempt, of: account.account, at: now)
      }
      Self.recordFailure(attempt, of: account.account, by: actor, at: now, in: transaction)
    }
    if verdict == .wrong { return wrong }
    var problems = password.problems(words: words)
    if password.bytes == present.bytes { problems.append(Message("people.password.same")) }
    guard problems.isEmpty else { return .refused(problems, wait: nil) }
    let secret: String
    do { secret = try await hasher.hash(password, salt: salt, from: arrival.address) } catch is WaitingLine.Busy {
      return Self.busy
    }
    return try await database.write { transaction in
      let accounts = AccountStore(transaction)
      guard let current = try accounts.secret(of: account.account), !current.isClosed, current.secret == account.secret
      else {
        return wrong
      }
      try accounts.setSecret(secret, of: account.account, by: actor, at: now)
      return try enter(
        account, token: token, post: viewer.post?.appointment, from: arrival, at: now, in: transaction)
    }
  }
}
