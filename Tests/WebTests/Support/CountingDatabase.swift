import Storage
import Synchronization

/// How many statements were carried out since the last reset.
final class StatementCounter: Sendable {
  private let statements = Mutex<[String]>([])

  var all: [String] { statements.withLock { $0 } }
  var count: Int { all.count }
  func reset() { statements.withLock { $0 = [] } }
  func note(_ sql: String) { statements.withLock { $0.append(sql) } }
}

/// A database that notes every statement.
struct CountingDatabase: Database {
  let inner: any Database
  let counter: StatementCounter

  init(_ inner: any Database, _ counter: StatementCounter) {
    self.inner = inner
    self.counter = counter
  }

  var engine: Engine { inner.engine }

  func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await inner.read { try body(CountingTransaction(inner: $0, counter: counter)) }
  }

  func readOne<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await inner.readOne { try body(CountingTransaction(inner: $0, counter: counter)) }
  }

  func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await inner.write { try body(CountingTransaction(inner: $0, counter: counter)) }
  }

  func copy(into table: String, columns: [String], rows: [[Value]]) async throws {
    try await inner.copy(into: table, columns: columns, rows: rows)
  }

  func close() async { await inner.close() }
}

struct CountingTransaction: Transaction {
  let inner: any Transaction
  let counter: StatementCounter

  var engine: Engine { inner.engine }

  func rows(_ sql: String, _ values: [Value]) throws -> [Row] {
    counter.note(sql)
    return try inner.rows(sql, values)
  }

  func run(_ sql: String, _ values: [Value]) throws -> Int {
    counter.note(sql)
    return try inner.run(sql, values)
  }

  func record(_ entry: AuditEntry) { inner.record(entry) }
}
