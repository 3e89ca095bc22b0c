public import Notation
import Storage

extension Site {
  /// Lets go of sessions that are over and of failures that are forgotten.
  ///
  /// Throws `DatabaseError`.
  public func sweep(at now: Instant) async throws {
    let (terms, lockout) = (entrance.terms, entrance.lockout)
    try await database.write { transaction in
      try SessionStore(transaction, terms: terms).sweep(at: now)
      try SignInStore(transaction, lockout: lockout).sweep(at: now)
    }
  }
}
