import Synchronization

/// A write that waits for the next commit, and whoever waits for it.
package struct WaitingWrite: Sendable {
  /// Carries out the body; what came of it is told once the commit is known.
  let attempt: @Sendable (any Transaction) -> Attempt
  let fail: @Sendable (DatabaseError) -> Void

  struct Attempt {
    let threw: Bool
    let tell: @Sendable () -> Void
  }

  init<T: Sendable>(
    _ continuation: CheckedContinuation<T, any Error>, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) {
    attempt = { transaction in
      do {
        let value = try body(transaction)
        return Attempt(threw: false) { continuation.resume(returning: value) }
      } catch {
        return Attempt(threw: true) { continuation.resume(throwing: error) }
      }
    }
    fail = { continuation.resume(throwing: $0) }
  }
}

/// The writes that wait for an engine's one writer, first come, first served.
package final class WaitingWrites: Sendable {
  private struct Line {
    var writes: [WaitingWrite] = []
    var served = 0
    var beingServed = false
    var closed = false

    mutating func next() -> WaitingWrite? {
      guard served < writes.count else {
        writes.removeAll(keepingCapacity: true)
        served = 0
        return nil
      }
      defer { served += 1 }
      return writes[served]
    }
  }

  private let line = Mutex(Line())
  /// The most writes that share a commit.
  let most: Int
  /// How long a commit waits for others to join.
  let patience: Duration

  package init(most: Int, patience: Duration = .milliseconds(20)) {
    self.most = most
    self.patience = patience
  }

  /// Puts a write into the line and waits until it is durable; `serve` is called where nobody serves the line yet.
  package func write<T: Sendable>(
    _ body: @escaping @Sendable (any Transaction) throws -> T, serve: () -> Void
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let write = WaitingWrite(continuation, body)
      let (closed, starts) = line.withLock { line in
        if line.closed { return (true, false) }
        line.writes.append(write)
        defer { line.beingServed = true }
        return (false, !line.beingServed)
      }
      if closed { write.fail(.unavailable("the database is closed")) }
      if starts { serve() }
    }
  }

  /// The next in the line; where none is left and `ends`, whoever comes next has to call for service.
  func next(ends: Bool) -> WaitingWrite? {
    line.withLock { line in
      let next = line.next()
      if next == nil, ends { line.beingServed = false }
      return next
    }
  }

  /// Nobody may join the line any more.
  package func close() { line.withLock { $0.closed = true } }
}
