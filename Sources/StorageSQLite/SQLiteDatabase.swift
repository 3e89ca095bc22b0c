import GRDB
public import Notation
public import Storage

/// The embedded engine: one file, many readers beside one writer, and no commit that isn't on the disk.
public final class SQLiteDatabase: Storage.Database {
  public var engine: Engine { .sqlite }

  private let pool: DatabasePool
  private let waiting = WaitingWrites(most: 256)

  /// Opens a file, makes it where there is none, and brings its schema up to date.
  ///
  /// Throws `DatabaseError`: `unavailable` where the file cannot be opened, `statement` where it isn't ours.
  public static func open(path: String, at now: Instant) async throws -> SQLiteDatabase {
    let database = SQLiteDatabase(pool: try await pool(path))
    try await database.onWriter { session throws(Storage.DatabaseError) in
      do throws(SessionError) { try session.insistOnDurability() } catch { throw error.error }
      try Migration.bringUpToDate(session, at: now)
    }
    return database
  }

  private init(pool: DatabasePool) { self.pool = pool }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      pool.asyncRead { result in
        continuation.resume(
          with: Result {
            let session: SQLiteSession
            do { session = SQLiteSession(try result.get()) } catch { throw SQLiteProblem.opening(error) }
            let transaction = RunningTransaction(session, writes: false)
            defer { transaction.end() }
            let value = try body(transaction)
            if let failure = transaction.failure { throw failure.error }
            return value
          })
      }
    }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await waiting.write(body) {
      pool.asyncWriteWithoutTransaction { [waiting] connection in waiting.serve(on: SQLiteSession(connection)) }
    }
  }

  public func copy(into table: String, columns: [String], rows: [[Value]]) async throws {
    let insertion = try Insertion(into: table, columns: columns, rows: rows)
    try await write { transaction in
      for row in insertion.rows { try transaction.run(insertion.statement, row) }
    }
  }

  public func close() async {
    waiting.close()
    await withCheckedContinuation { continuation in
      pool.asyncBarrierWriteWithoutTransaction { [waiting] result in
        if let connection = try? result.get() { waiting.serve(on: SQLiteSession(connection)) }
        continuation.resume()
      }
    }
    try? pool.close()
  }

  private func onWriter(_ body: @escaping @Sendable (SQLiteSession) throws(Storage.DatabaseError) -> Void) async throws
  {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      pool.asyncWriteWithoutTransaction { connection in
        continuation.resume(with: Result { try body(SQLiteSession(connection)) })
      }
    }
  }

  private static func pool(_ path: String) async throws -> DatabasePool {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 8
    configuration.label = "junheng"
    // While another program makes the same new file, the change to WAL is refused without any waiting.
    var tries = 0
    while true {
      do {
        return try DatabasePool(path: path, configuration: configuration)
      } catch let error as GRDB.DatabaseError where error.resultCode == .SQLITE_BUSY && tries < 200 {
        tries += 1
        try await Task.sleep(for: .milliseconds(20))
      } catch {
        throw SQLiteProblem.opening(error)
      }
    }
  }
}
