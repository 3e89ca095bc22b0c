/// The transaction a body works with, on a session; it keeps the first failure and what is to be recorded.
package final class RunningTransaction: Transaction {
  private let session: any Session
  private let writes: Bool
  private var ended = false
  package private(set) var entries: [AuditEntry] = []
  /// The first statement that failed; from then on every other fails alike.
  package private(set) var failure: SessionError?

  package init(_ session: some Session, writes: Bool) {
    self.session = session
    self.writes = writes
  }

  package var engine: Engine { session.engine }

  package func rows(_ sql: String, _ values: [Value]) throws -> [Row] {
    try perform(values) { () throws(SessionError) in try session.rows(sql, values) }
  }

  @discardableResult
  package func run(_ sql: String, _ values: [Value]) throws -> Int {
    try perform(values) { () throws(SessionError) in try session.run(sql, values) }
  }

  package func record(_ entry: AuditEntry) {
    guard writes else { return fail(.refused(.statement("a read records nothing"))) }
    if AuditRow(entry).values.contains(where: \.hasNul) { return fail(Self.nul) }
    entries.append(entry)
  }

  /// After this it is of no use to anyone who kept it.
  package func end() { ended = true }

  private static let nul = SessionError.refused(.statement("a text holds the character NUL, which cannot be kept"))

  private func fail(_ error: SessionError) { failure = failure ?? error }

  private func perform<T>(_ values: [Value], _ body: () throws(SessionError) -> T) throws -> T {
    if ended { throw DatabaseError.statement("the transaction has ended") }
    if values.contains(where: \.hasNul) { fail(Self.nul) }
    if let failure { throw failure.error }
    do throws(SessionError) {
      return try body()
    } catch {
      fail(error)
      throw error.error
    }
  }
}

extension Value {
  /// PostgreSQL keeps no text with this character; so neither engine does.
  package var hasNul: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.contains(0)
  }
}
