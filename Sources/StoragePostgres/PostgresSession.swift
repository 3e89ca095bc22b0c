import Storage

/// A connection that comes back after the server went away. What needs no answer travels with the next statement.
final class PostgresSession: Session {
  let engine = Engine.postgres
  private let address: String
  private var connection: PostgresConnection?
  private var waiting: [PostgresConnection.Command] = []
  /// Queries that go with the next one, and the answers of those that went.
  private var foretold: [PostgresConnection.Command] = []
  private var answers: [PostgresConnection.Command: [Row]] = [:]
  private var inTransaction = false
  /// A transaction that only read is over, and the server hasn't heard yet.
  private var hasRead = false
  private var closed = false
  private let onlyReads: Bool

  init(_ address: String, onlyReads: Bool = false) {
    self.address = address
    self.onlyReads = onlyReads
  }

  func rows(_ sql: String, _ values: [Value]) throws(SessionError) -> [Row] {
    try perform(sql, values)?.rows ?? []
  }

  func run(_ sql: String, _ values: [Value]) throws(SessionError) -> Int {
    try perform(sql, values)?.count ?? 0
  }

  func foretell(_ sql: String, _ values: [Value]) {
    foretold.append(PostgresConnection.Command(sql: sql, values: values))
  }

  func foretold(_ sql: String, _ values: [Value]) -> [Row]? {
    answers.isEmpty ? nil : answers.removeValue(forKey: PostgresConnection.Command(sql: sql, values: values))
  }

  func runLater(_ sql: String, _ values: [Value]) throws(SessionError) {
    waiting.append(PostgresConnection.Command(sql: sql, values: values))
    if waiting.count > 20 { try flush() }
  }

  func script(_ sql: String) throws(SessionError) {
    try flush()
    try connected().script(sql)
  }

  /// A write sees the database as it was when it began, and fails where another program's write would make that untrue:
  /// it is carried out again then, with the others kept out by a lock that readers don't feel.
  ///
  /// What waits for a row that another program is changing would fail once it has it: so nobody waits for long, and
  /// nobody gets to the point where two wait for each other.
  func begin(alone: Bool) throws(SessionError) {
    try begin("BEGIN ISOLATION LEVEL SERIALIZABLE")
    later("SET LOCAL lock_timeout = \(alone ? 0 : 20)")
    later("LOCK TABLE migration IN \(alone ? "EXCLUSIVE" : "ROW EXCLUSIVE") MODE")
  }

  func beginReading() throws(SessionError) { try begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") }

  func beginMigrating() throws(SessionError) {
    try begin("BEGIN")
    later("SELECT pg_advisory_xact_lock(\(Self.migrating))")
    try flush()
  }

  /// The number of the lock that programs hold while they migrate; chosen once, unlikely elsewhere.
  private static let migrating: Int64 = 5_286_220_260_831

  func mark() throws(SessionError) { later("SAVEPOINT write") }
  func keep() throws(SessionError) { later("RELEASE SAVEPOINT write") }

  func takeBack() throws(SessionError) {
    later("ROLLBACK TO SAVEPOINT write")
    later("RELEASE SAVEPOINT write")
  }

  func commit() throws(SessionError) {
    do throws(SessionError) {
      let answer = try perform("COMMIT", [])
      // A transaction that had failed unnoticed.
      guard answer?.word == "COMMIT" else { throw .down(.unavailable("the server didn't commit")) }
      inTransaction = false
    } catch {
      if connection == nil { throw .down(.unavailable("whether the change was kept is unknown: \(error.error)")) }
      throw error
    }
  }

  /// Ends a transaction that only read; the server hears of it with what comes next, or when nothing does (`rest`).
  func endReading() {
    forgetWaiting()
    hasRead = hasRead || inTransaction
    inTransaction = false
  }

  func rest() { if hasRead { rollback() } }

  func rollback() {
    forgetWaiting()
    guard inTransaction || hasRead else { return }
    inTransaction = false
    hasRead = false
    guard connection != nil else { return }
    do { _ = try perform("ROLLBACK", []) } catch { connection = nil }
  }

  func copy(_ insertion: Insertion) throws(SessionError) {
    try flush()
    let names = insertion.columns.joined(separator: ", ")
    try guarded { connection throws(SessionError) in
      try connection.copy("COPY \(insertion.table) (\(names)) FROM STDIN") { write throws(SessionError) in
        var portion: [UInt8] = []
        for row in insertion.rows {
          CopyText.write(row, to: &portion)
          guard portion.count > 1 << 16 else { continue }
          try write(portion)
          portion.removeAll(keepingCapacity: true)
        }
        try write(portion)
      }
    }
  }

  func close() {
    closed = true
    forgetWaiting()
    inTransaction = false
    hasRead = false
    connection = nil
  }

  private func begin(_ sql: String) throws(SessionError) {
    forgetWaiting()
    _ = try connected()
    inTransaction = true
    later(sql)
  }

  private func later(_ sql: String) { waiting.append(PostgresConnection.Command(sql: sql, values: [])) }

  private func flush() throws(SessionError) {
    guard !waiting.isEmpty else { return }
    let commands = ending() + waiting
    waiting = []
    _ = try guarded { connection throws(SessionError) in try connection.perform(commands, telling: 0) }
  }

  private func forgetWaiting() {
    waiting = []
    foretold = []
    answers = [:]
  }

  private func perform(_ sql: String, _ values: [Value]) throws(SessionError) -> Answer? {
    let asked = foretold + [PostgresConnection.Command(sql: sql, values: values)]
    let commands = ending() + waiting + asked
    forgetWaiting()
    var found = try guarded { connection throws(SessionError) in
      try connection.perform(commands, telling: asked.count)
    }
    let last = found.popLast()
    for (command, answer) in zip(asked, found) { answers[command] = answer.rows }
    return last
  }

  /// What the server has to hear first.
  private func ending() -> [PostgresConnection.Command] {
    guard hasRead else { return [] }
    hasRead = false
    return [PostgresConnection.Command(sql: "ROLLBACK", values: [])]
  }

  /// Gives up a connection that is lost.
  private func guarded<T>(_ body: (PostgresConnection) throws(SessionError) -> T) throws(SessionError) -> T {
    let connection = try connected()
    do throws(SessionError) {
      return try body(connection)
    } catch {
      if connection.isLost { self.connection = nil }
      throw error
    }
  }

  private func connected() throws(SessionError) -> PostgresConnection {
    if closed { throw .down(.unavailable("the database is closed")) }
    if let connection, !connection.isLost { return connection }
    // In the middle of a transaction a new connection would know nothing of its beginning.
    if inTransaction { throw .again(.unavailable("the connection to the server is lost")) }
    let fresh = try PostgresConnection(address)
    // An operator may have traded durability for speed; we never do.
    let settings = try fresh.perform(
      [
        .init(
          sql: """
            SELECT current_setting('server_encoding') AS encoding,
              CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END
            """, values: [])
      ], telling: 1)
    guard settings.first?.rows.first?.values.first == .text("UTF8") else {
      throw .down(.statement("the database isn't encoded in UTF8"))
    }
    // What goes in one journey without `BEGIN` is one transaction too, of one moment.
    if onlyReads {
      try fresh.script(
        "SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read'")
    }
    connection = fresh
    return fresh
  }
}
