import Dispatch
public import People

/// Hashes passwords beside the event loop, a few at a time: each takes 32 MiB and a quarter of a second, so that their
/// number bounds what a crowd of sign-ins can take from everybody else.
public actor PasswordHasher {
  /// So many wait already that one more would wait too long.
  public struct Busy: Error, Sendable {}

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
  private let most: Int
  private let mostWaiting: Int
  private let queue = DispatchQueue(label: "passwords", attributes: .concurrent)
  private var running = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// `most` work at once, `mostWaiting` stand in line. A lower cost is for tests only.
  public init(cost: HashCost = .standard, most: Int = 2, mostWaiting: Int = 64) {
    self.init(cost: cost, most: most, mostWaiting: mostWaiting) { try PasswordHash($0, cost: $1, salt: $2) }
  }

  init(cost: HashCost, most: Int = 2, mostWaiting: Int = 64, derive: @escaping Derivation) {
    self.cost = cost
    self.derive = derive
    self.most = max(1, most)
    self.mostWaiting = mostWaiting
  }

  public static func salt(from random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<PasswordHash.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  /// What is kept of a password. Throws `Busy`.
  public func hash(_ password: Password, salt: [UInt8]) async throws -> String {
    let (cost, derive) = (cost, derive)
    return try await perform { try derive(password, cost, salt).text }
  }

  /// Whether a password is the one whose hash was kept. Where there is none the same work is done for nothing, and where
  /// the hash cost less than today's, today's work on top, so that nobody learns by the clock who has an account. Throws
  /// `Busy`.
  public func verdict(on password: Password, against kept: String?) async throws -> Verdict {
    let (cost, derive) = (cost, derive)
    let hash = kept.flatMap { PasswordHash($0) }
    return try await perform {
      let salt = hash?.salt ?? [UInt8](repeating: 0, count: PasswordHash.saltLength)
      let tried = try derive(password, hash?.cost ?? cost, salt)
      guard let hash else { return .wrong }
      if hash.cost == cost { return hash.matches(tried) ? .right : .wrong }
      if hash.matches(tried) { return .rightButCheap }
      _ = try derive(password, cost, salt)
      return .wrong
    }
  }

  private func perform<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    if running < most {
      running += 1
    } else {
      guard waiting.count < mostWaiting else { throw Busy() }
      await withCheckedContinuation { waiting.append($0) }
    }
    defer { leave() }
    let queue = queue
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }

  /// The place is handed on, so that nobody slips in between.
  private func leave() {
    if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
  }
}
