import GRDB
import GRDBSQLite
import Storage

/// A connection to the file; statements are prepared once and bound by the names of their parameters.
final class SQLiteSession: Session {
  let engine = Engine.sqlite
  private let connection: GRDB.Database
  private let statements: PreparedStatements

  init(_ connection: GRDB.Database, _ statements: PreparedStatements) {
    self.connection = connection
    self.statements = statements
  }

  func rows(_ sql: String, _ values: [Value]) throws(SessionError) -> [Storage.Row] {
    let prepared = try bound(sql, values)
    let (statement, columns) = (prepared.handle, prepared.columns)
    defer { sqlite3_reset(statement) }
    var rows: [Storage.Row] = []
    while try step(statement) {
      rows.append(
        Storage.Row(
          columns: columns, values: (0..<Int32(columns.names.count)).map { SQLiteValue.read(statement, $0) }))
    }
    return rows
  }

  func run(_ sql: String, _ values: [Value]) throws(SessionError) -> Int {
    let statement = try bound(sql, values).handle
    defer { sqlite3_reset(statement) }
    let handle = connection.sqliteConnection
    let before = sqlite3_total_changes(handle)
    while try step(statement) {}
    // The count of the last statement stays where this one changes nothing.
    return sqlite3_total_changes(handle) == before ? 0 : Int(sqlite3_changes(handle))
  }

  func runLater(_ sql: String, _ values: [Value]) throws(SessionError) { _ = try run(sql, values) }

  func script(_ sql: String) throws(SessionError) {
    do { try connection.execute(sql: sql) } catch { throw SQLiteProblem.of(error) }
  }

  func begin(alone: Bool) throws(SessionError) {
    do throws(SessionError) {
      try command("BEGIN IMMEDIATE")
    } catch {
      throw .down(.unavailable(error.error.reason))
    }
  }

  /// A read-only transaction: what it finds is of one moment.
  func beginReading() throws(SessionError) { try command("BEGIN DEFERRED") }

  func beginMigrating() throws(SessionError) { try begin(alone: true) }
  func mark() throws(SessionError) { try command("SAVEPOINT write") }
  func keep() throws(SessionError) { try command("RELEASE write") }

  func takeBack() throws(SessionError) {
    try command("ROLLBACK TO write")
    try command("RELEASE write")
  }

  func commit() throws(SessionError) { try command("COMMIT") }

  func rollback() {
    // A full disk may have rolled it back already.
    if connection.isInsideTransaction { try? command("ROLLBACK") }
  }

  /// Throws where a commit could be lost in a power cut.
  func insistOnDurability() throws(SessionError) {
    // GRDB's pool has set NORMAL by now.
    try script("PRAGMA synchronous = FULL")
    let synchronous = try rows("PRAGMA synchronous", []).first?.values.first
    let journal = try rows("PRAGMA journal_mode", []).first?.values.first
    guard synchronous == .integer(2), journal == .text("wal") else {
      throw .down(.unavailable("the file cannot be written durably: synchronous isn't FULL or the journal isn't WAL"))
    }
  }

  /// Lets a write hold its changed pages until it ends: an import that had to put them aside wrote each five times.
  func holdPages() throws(SessionError) { try script("PRAGMA cache_size = -\(Self.heldKibibytes)") }

  private static let heldKibibytes = 96 * 1024

  private func command(_ sql: String) throws(SessionError) { _ = try run(sql, []) }

  private func bound(_ sql: String, _ values: [Value]) throws(SessionError) -> PreparedStatements.Prepared {
    let prepared = try statements.prepared(sql, on: connection)
    guard prepared.count == values.count else {
      throw .refused(.statement("\(values.count) values are given, $1 to $\(prepared.count) are used"))
    }
    sqlite3_reset(prepared.handle)
    for (place, value) in prepared.places.enumerated() {
      guard SQLiteValue.bind(values[value], to: prepared.handle, at: Int32(place + 1)) == SQLITE_OK else {
        throw SQLiteProblem.of(connection)
      }
    }
    return prepared
  }

  /// True where a row was found.
  private func step(_ statement: OpaquePointer) throws(SessionError) -> Bool {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLiteProblem.of(connection)
    }
  }
}
