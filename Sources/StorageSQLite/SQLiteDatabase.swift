import GRDB
public import Notation
public import Storage

/// The embedded engine: one file, many readers beside one writer, and no commit that isn't on the disk.
public final class SQLiteDatabase: Storage.Database {
  public var engine: Engine { .sqlite }

  private let writer: DatabasePool
  private nonisolated(unsafe) let statements = PreparedStatements()
  private let waiting = WaitingWrites(most: 256)
  private let reads: WaitingReads<SQLiteLane, SQLiteSession>

  /// Opens a file, makes it where there is none, and brings its schema up to date.
  ///
  /// Throws `DatabaseError`: `unavailable` where the file cannot be opened, `statement` where it isn't ours.
  public static func open(path: String, at now: Instant) async throws -> SQLiteDatabase {
    let writer = try await writer(path)
    let lanes: [SQLiteLane]
    do { lanes = try (1...8).map { try SQLiteLane(path, number: $0) } } catch { throw SQLiteProblem.opening(error) }
    let database = SQLiteDatabase(writer, lanes)
    try await database.onWriter { session throws(Storage.DatabaseError) in
      do throws(SessionError) {
        try session.insistOnDurability()
        try session.holdPages()
      } catch {
        throw error.error
      }
      try Migration.bringUpToDate(session, at: now)
    }
    return database
  }

  private init(_ writer: DatabasePool, _ lanes: [SQLiteLane]) {
    self.writer = writer
    reads = WaitingReads(lanes)
  }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await onReader { session in
      do throws(SessionError) { try session.beginReading() } catch { throw error.error }
      return try Self.carryOut(body, on: session, most: .max)
    }
  }

  public func readOne<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    // One statement takes less time than waking another thread for it.
    guard let lane = reads.take() else { return try await onReader { try Self.carryOut(body, on: $0, most: 1) } }
    defer { reads.giveBack(lane, start: start) }
    return try lane.performNow { try Self.carryOut(body, on: $0, most: 1) }
  }

  private static func carryOut<T>(
    _ body: @Sendable (any Transaction) throws -> T, on session: SQLiteSession, most: Int
  ) throws -> T {
    let transaction = RunningTransaction(session, writes: false, most: most)
    defer { transaction.end() }
    let value = try body(transaction)
    if let failure = transaction.failure { throw failure.error }
    return value
  }

  private func onReader<T: Sendable>(_ body: @escaping @Sendable (SQLiteSession) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let known = reads.add(
        { session in
          continuation.resume(with: Result { try body(session) })
          session.rollback()
        }, start: start)
      if !known { continuation.resume(throwing: Storage.DatabaseError.unavailable("the database is closed")) }
    }
  }

  private func start(_ lane: SQLiteLane, _ read: @escaping WaitingReads<SQLiteLane, SQLiteSession>.Read) {
    lane.perform { [reads] in reads.serve(read, on: $0, of: lane) }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await waiting.write(body) {
      writer.asyncWriteWithoutTransaction { [self] connection in
        waiting.serve(on: SQLiteSession(connection, statements))
      }
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
    reads.close()
    await withCheckedContinuation { continuation in
      writer.asyncWriteWithoutTransaction { [self] connection in
        waiting.serve(on: SQLiteSession(connection, statements))
        statements.forget()
        continuation.resume()
      }
    }
    for lane in reads.lanes { lane.close() }
    try? writer.close()
  }

  private func onWriter(_ body: @escaping @Sendable (SQLiteSession) throws(Storage.DatabaseError) -> Void) async throws
  {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      writer.asyncWriteWithoutTransaction { [self] connection in
        continuation.resume(with: Result { try body(SQLiteSession(connection, statements)) })
      }
    }
  }

  private static func writer(_ path: String) async throws -> DatabasePool {
    // A pool makes the journal a WAL; its own readers are never asked.
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
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
