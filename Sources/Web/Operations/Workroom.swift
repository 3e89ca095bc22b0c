import Foundation
import HTTPTypes
import Notation
import People

/// Carries out what takes long, such as reading and writing workbooks or trying a policy on a past year, beside everything
/// that answers requests: on threads of its own, a few at a time, never two for the same visitor, behind a short line.
/// However many ask, pages don't wait for it.
actor Workroom {
  private struct Waiting {
    let visitor: String
    let enter: CheckedContinuation<Void, Never>
  }

  /// The name of its threads.
  static let threads = "workroom"
  /// How much less than pages the work is worth to the machine, on the scale of `nice`.
  static let patience: Int32 = 5

  private let most: Int
  private let mostWaiting: Int
  private let mostOfOne: Int
  private var atWork: Set<String> = []
  private var line: [Waiting] = []
  /// Works begun so far.
  private(set) var begun = 0

  /// `most` work at once, `mostWaiting` stand in line, of them `mostOfOne` for the same visitor.
  init(most: Int = 2, mostWaiting: Int = 16, mostOfOne: Int = 2) {
    self.most = max(1, most)
    self.mostWaiting = mostWaiting
    self.mostOfOne = mostOfOne
  }

  /// Carries out the work when its turn has come, for an account or an address.
  ///
  /// Throws `Refusal.busy` where too many wait already, and what the work throws.
  func perform<T: Sendable>(for visitor: String, _ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await enter(visitor)
    defer { leave(visitor) }
    begun += 1
    return try await withCheckedThrowingContinuation { continuation in
      Workroom.beside { continuation.resume(with: Result { try work() }) }
    }
  }

  /// How many stand in line.
  var waiting: Int { line.count }

  private func enter(_ visitor: String) async throws {
    if atWork.count < most, !atWork.contains(visitor) {
      atWork.insert(visitor)
      return
    }
    guard line.count < mostWaiting, line.count(where: { $0.visitor == visitor }) < mostOfOne else {
      throw Refusal.busy
    }
    await withCheckedContinuation { line.append(Waiting(visitor: visitor, enter: $0)) }
  }

  /// The place is handed on to the first in line whose turn it may be, so that nobody slips in between.
  private func leave(_ visitor: String) {
    atWork.remove(visitor)
    guard let next = line.firstIndex(where: { !atWork.contains($0.visitor) }) else { return }
    let waiting = line.remove(at: next)
    atWork.insert(waiting.visitor)
    waiting.enter.resume()
  }

  /// On a thread of its own: queues share theirs with everything that answers requests. The work takes a thousand times
  /// as long as its thread.
  private static func beside(_ work: @escaping @Sendable () -> Void) {
    let thread = Thread {
      // On Linux this is the thread's own.
      _ = nice(patience)
      work()
    }
    thread.name = threads
    thread.stackSize = 8 << 20
    thread.start()
  }
}

extension Visit {
  /// Carries out what takes long beside everything that answers requests.
  ///
  /// Throws `Refusal.busy`.
  func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await site.workroom.perform(for: viewer.map { $0.account.description } ?? address ?? "-", work)
  }
}
