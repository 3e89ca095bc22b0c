public import Notation
public import Storage

/// The engine when one machine is not enough: one connection that writes, shared by all writes that wait, a few that
/// read, one for what comes in bulk.
public final class PostgresDatabase: Database {
  public var engine: Engine { .postgres }

  private let writer: PostgresLane
  private let bulk: PostgresLane
  private let reads: WaitingReads<PostgresLane, PostgresSession>
  /// PostgreSQL remembers the savepoints of 64 at no cost to those who read beside it.
  private let waiting = WaitingWrites(most: 60)

  /// Connects, as the address (`postgres://…`) says, and brings the schema up to date.
  ///
  /// Throws `DatabaseError`: `unavailable` where the server cannot be reached, `statement` where the database isn't ours.
  public static func open(
    address: String, at now: Instant, readers: Int = 8
  ) async throws -> PostgresDatabase {
    let database = PostgresDatabase(address, readers: readers)
    do {
      try await database.writer.perform { session throws(DatabaseError) in
        try Migration.bringUpToDate(session, at: now)
      }
    } catch {
      await database.close()
      throw error
    }
    return database
  }

  private init(_ address: String, readers: Int) {
    writer = PostgresLane(address, label: "junheng.postgres.writer")
    bulk = PostgresLane(address, label: "junheng.postgres.bulk")
    reads = WaitingReads(
      (1...max(readers, 1)).map {
        PostgresLane(address, label: "junheng.postgres.reader.\($0)", onlyReads: true)
      })
  }

  public func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await onReader { session in
      try Self.carryOut(body, on: session, most: .max) { () throws(SessionError) in try session.beginReading() }
    }
  }

  public func readOne<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await onReader { try Self.carryOut(body, on: $0, most: 1) {} }
  }

  private func onReader<T: Sendable>(_ body: @escaping @Sendable (PostgresSession) throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let known = reads.add { session in
        continuation.resume(with: Result { try body(session) })
        // Whoever asked has their answer by now.
        session.endReading()
      } start: { [reads] lane, read in
        Task { await lane.perform { reads.serve(read, on: $0, of: lane) { $0.rest() } } }
      }
      if !known { continuation.resume(throwing: DatabaseError.unavailable("the database is closed")) }
    }
  }

  /// Once more where the connection had gone stale.
  private static func carryOut<T>(
    _ body: @Sendable (any Transaction) throws -> T, on session: PostgresSession, most: Int,
    begin: () throws(SessionError) -> Void
  ) throws -> T {
    var round = 0
    while true {
      do throws(SessionError) { try begin() } catch { throw error.error }
      let transaction = RunningTransaction(session, writes: false, most: most)
      let result = Result { try body(transaction) }
      transaction.end()
      if case .again = transaction.failure, round == 0 {
        round += 1
        session.rollback()
        continue
      }
      let value = try result.get()
      if let failure = transaction.failure { throw failure.error }
      return value
    }
  }

  @discardableResult
  public func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await waiting.write(body) {
      Task { [waiting, writer] in await writer.perform { waiting.serve(on: $0) } }
    }
  }

  public func copy(into table: String, columns: [String], rows: [[Value]]) async throws {
    let insertion = try Insertion(into: table, columns: columns, rows: rows)
    try await bulk.perform { session throws(DatabaseError) in
      var round = 0
      while true {
        do throws(SessionError) {
          try session.begin(alone: round > 0)
          try session.copy(insertion)
          try session.commit()
          return
        } catch {
          session.rollback()
          guard case .again = error, round < 4 else { throw error.error }
          round += 1
        }
      }
    }
  }

  public func close() async {
    waiting.close()
    await writer.perform { [waiting] session in waiting.serve(on: session) }
    await writer.close()
    reads.close()
    for lane in reads.lanes { await lane.close() }
    await bulk.close()
  }
}
