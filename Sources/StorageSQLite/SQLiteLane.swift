import GRDB
import Storage

/// A connection that only reads, with a queue of its own.
final class SQLiteLane: Sendable {
  private let queue: DatabaseQueue
  private nonisolated(unsafe) let statements = PreparedStatements()

  init(_ path: String, number: Int) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.label = "junheng.reader.\(number)"
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  func perform(_ body: @escaping @Sendable (SQLiteSession) -> Void) {
    queue.asyncWriteWithoutTransaction { [self] in body(SQLiteSession($0, statements)) }
  }

  /// On the caller's own thread.
  func performNow<T>(_ body: (SQLiteSession) throws -> T) rethrows -> T {
    try queue.unsafeReentrantWrite { try body(SQLiteSession($0, statements)) }
  }

  /// Once what is under way is done.
  func close() {
    queue.unsafeReentrantWrite { _ in statements.forget() }
    try? queue.close()
  }
}
