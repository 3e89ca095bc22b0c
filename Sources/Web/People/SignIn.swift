public import Notation
public import People
import Storage

extension Entrance {
  /// Signs in. An unknown login, a closed account, an account without a password and a wrong password are answered in the
  /// same words after the same work.
  ///
  /// Throws `DatabaseError`.
  public func signIn(
    login: String, password: Password, from arrival: Arrival, at now: Instant, random: inout some RandomNumberGenerator
  ) async throws -> Answer {
    let token = Token(from: &random)
    let salt = PasswordHasher.salt(from: &random)
    let attempt: SignInAttempt
    let found: AccountSecret?
    do {
      try await database.read {
        try SignInStore($0, lockout: lockout).check(login: login, address: arrival.address, at: now)
      }
      (attempt, found) = try await database.write { transaction in
        let found = try AccountStore(transaction).secret(login: login)
        let attempt = try SignInStore(transaction, lockout: lockout).begin(
          login: login, of: found?.account, address: arrival.address, at: now)
        return (attempt, found)
      }
    } catch let wait as SignInWait {
      return Self.wait(until: wait.until, at: now)
    } catch is SignInLimit {
      return Self.limit
    }
    let verdict: PasswordHasher.Verdict
    var stronger: String?
    do {
      verdict = try await hasher.verdict(on: password, against: found?.secret, from: arrival.address)
      if verdict == .rightButCheap { stronger = try await hasher.hash(password, salt: salt, from: arrival.address) }
    } catch is WaitingLine.Busy {
      try await database.write { try SignInStore($0, lockout: lockout).withdraw(attempt) }
      return Self.busy
    }
    let anew = stronger
    return try await database.write { transaction in
      // The account may have been closed, or its password changed, while this one was hashed.
      let present = try found.flatMap { try AccountStore(transaction).secret(of: $0.account) }
      guard verdict != .wrong, let present, !present.isClosed, let secret = present.secret, secret == found?.secret
      else {
        Self.recordFailure(attempt, of: found?.account, by: arrival.actor(nil), at: now, in: transaction)
        return .refused([Message("people.signIn.wrong")], wait: nil)
      }
      try SignInStore(transaction, lockout: lockout).succeeded(attempt, of: present.account, at: now)
      if let anew {
        try AccountStore(transaction)
          .strengthen(anew, in: secret, of: present.account, by: arrival.actor(present.account), at: now)
      }
      return try enter(present, token: token, from: arrival, at: now, in: transaction)
    }
  }
}
