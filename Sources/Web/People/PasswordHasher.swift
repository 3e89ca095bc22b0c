import Foundation
public import People

/// Hashes passwords beside everything that answers requests, a few at a time: each takes 32 MiB and a quarter of a second,
/// so that their number bounds what a crowd of sign-ins can take from everybody else.
public struct PasswordHasher: Sendable {
  public enum Verdict: Sendable, Hashable {
    case wrong
    case right
    /// Right, but hashed at less cost than today's; to be hashed anew.
    case rightButCheap
  }

  /// How a password becomes a hash; `PasswordHash` itself but where a test counts the work.
  typealias Derivation = @Sendable (Password, HashCost, [UInt8]) throws -> PasswordHash

  let cost: HashCost
  private let derive: Derivation
  private let line: WaitingLine

  /// `most` work at once, `mostWaiting` stand in line, address by address. A lower cost is for tests only.
  public init(cost: HashCost = .standard, most: Int = 2, mostWaiting: Int = 64) {
    self.init(cost: cost, most: most, mostWaiting: mostWaiting) { try PasswordHash($0, cost: $1, salt: $2) }
  }

  init(cost: HashCost, most: Int = 2, mostWaiting: Int = 64, derive: @escaping Derivation) {
    self.cost = cost
    self.derive = derive
    line = WaitingLine(most: most, mostWaiting: mostWaiting)
  }

  public static func salt(from random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<PasswordHash.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  /// What is kept of a password.
  ///
  /// - Parameter address: where it comes from; nobody waits for more than one of each of the other addresses.
  /// Throws `WaitingLine.Busy`.
  public func hash(_ password: Password, salt: [UInt8], from address: String? = nil) async throws -> String {
    let (cost, derive) = (cost, derive)
    return try await perform(from: address) { try derive(password, cost, salt).text }
  }

  /// Whether a password is the one whose hash was kept. Where there is none the same work is done for nothing, and where
  /// the hash cost less than today's, today's work on top, so that nobody learns by the clock who has an account. Throws
  /// `WaitingLine.Busy`.
  public func verdict(
    on password: Password, against kept: String?, from address: String? = nil
  ) async throws -> Verdict {
    let (cost, derive) = (cost, derive)
    let hash = kept.flatMap { PasswordHash($0) }
    return try await perform(from: address) {
      let salt = hash?.salt ?? [UInt8](repeating: 0, count: PasswordHash.saltLength)
      let tried = try derive(password, hash?.cost ?? cost, salt)
      guard let hash else { return .wrong }
      if hash.cost == cost { return hash.matches(tried) ? .right : .wrong }
      if hash.matches(tried) { return .rightButCheap }
      _ = try derive(password, cost, salt)
      return .wrong
    }
  }

  private func perform<T: Sendable>(
    from address: String?, _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await line.pass(address ?? "") {
      try await withCheckedThrowingContinuation { continuation in
        PasswordHasher.beside { continuation.resume(with: Result { try work() }) }
      }
    }
  }

  /// How much less than pages the work is worth to the machine, on the scale of `nice`.
  static let patience: Int32 = 5

  /// On a thread of its own: queues share their threads with everything that answers requests, so that two passwords
  /// would keep all pages waiting on a machine of two cores. The work itself takes a thousand times as long as its thread.
  private static func beside(_ work: @escaping @Sendable () -> Void) {
    let thread = Thread {
      // On Linux this is the thread's own.
      _ = nice(patience)
      work()
    }
    thread.name = "password"
    thread.start()
  }
}
