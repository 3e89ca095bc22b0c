public import Notation
public import People
import Storage

extension Entrance {
  /// Takes up an invitation: the person chooses a password and is signed in. The link works once, however often it is
  /// sent at the same time.
  ///
  /// Throws `DatabaseError`.
  public func takeUp(
    _ invitation: Token, password: Password, from arrival: Arrival, at now: Instant,
    random: inout some RandomNumberGenerator
  ) async throws -> Answer {
    let gone = Answer.refused([Message("people.invitation.gone")], wait: nil)
    let token = Token(from: &random)
    let salt = PasswordHasher.salt(from: &random)
    let found = try await database.read { transaction in
      try InvitationStore(transaction).find(invitation, at: now).map { invited in
        (invited, try AccountStore(transaction).words(of: invited.account))
      }
    }
    guard let (invited, words) = found else { return gone }
    if invited.isWaiting { return Answer.refused([Message("people.invitation.waiting")], wait: nil) }
    let problems = password.problems(words: words)
    guard problems.isEmpty else { return .refused(problems, wait: nil) }
    let secret: String
    do { secret = try await hasher.hash(password, salt: salt, from: arrival.address) } catch is WaitingLine.Busy {
      return Self.busy
    }
    return try await database.write { transaction in
      let accounts = AccountStore(transaction)
      let actor = arrival.actor(invited.account)
      guard try InvitationStore(transaction).use(invitation, by: actor, at: now) != nil,
        let account = try accounts.secret(of: invited.account), !account.isClosed
      else { return gone }
      try accounts.setSecret(secret, of: invited.account, by: actor, at: now)
      try SignInStore(transaction, lockout: lockout).welcome(
        login: invited.login, of: invited.account, address: arrival.address, at: now)
      return try enter(account, token: token, from: arrival, at: now, in: transaction)
    }
  }
}
