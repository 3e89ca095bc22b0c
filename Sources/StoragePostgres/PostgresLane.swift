import Dispatch
package import Storage

/// A connection with a thread of its own: libpq waits, and nobody else shall wait with it.
package actor PostgresLane {
  private let queue: LaneQueue
  private let session: PostgresSession

  package init(_ address: String, label: String, onlyReads: Bool = false) {
    queue = LaneQueue(label)
    session = PostgresSession(address, onlyReads: onlyReads)
  }

  nonisolated package var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  func perform<T: Sendable, Failure: Error>(
    _ body: @Sendable (PostgresSession) throws(Failure) -> T
  ) throws(Failure) -> T { try body(session) }

  /// Carries out statements outside any transaction, such as those that make a database.
  package func script(_ sql: String) throws(DatabaseError) {
    do throws(SessionError) { try session.script(sql) } catch { throw error.error }
  }

  package func close() { session.close() }
}

/// Jobs one after the other on a dispatch queue.
final class LaneQueue: SerialExecutor {
  private let queue: DispatchQueue

  init(_ label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
