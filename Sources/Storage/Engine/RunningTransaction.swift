/// The transaction a body works with, on a session; it keeps the first failure and what is to be recorded.
package final class RunningTransaction: Transaction {
  private let session: any Session
  private let writes: Bool
  /// How many statements may still be carried out.
  private var left: Int
  private var ended = false
  package private(set) var entries: [AuditEntry] = []
  /// Whether anything was carried out that may have changed the database.
  package private(set) var hasChanged = false
  /// The first statement that failed; from then on every other fails alike.
  package private(set) var failure: SessionError?

  /// - Parameter most: how many statements may be carried out.
  package init(_ session: some Session, writes: Bool, most: Int = .max) {
    self.session = session
    self.writes = writes
    left = most
  }

  package var engine: Engine { session.engine }

  package func rows(_ sql: String, _ values: [Value]) throws -> [Row] {
    if writes, !sql.hasPrefix("SELECT") { hasChanged = true }
    if !ended, failure == nil, let rows = session.foretold(sql, values) { return rows }
    return try perform(values) { () throws(SessionError) in try session.rows(sql, values) }
  }

  package func foretell(_ sql: String, _ values: [Value]) {
    if !ended, failure == nil, !values.contains(where: \.hasNul) { session.foretell(sql, values) }
  }

  @discardableResult
  package func run(_ sql: String, _ values: [Value]) throws -> Int {
    hasChanged = true
    return try perform(values) { () throws(SessionError) in try session.run(sql, values) }
  }

  package func record(_ entry: AuditEntry) {
    guard writes else { return fail(.refused(.statement("a read records nothing"))) }
    if entry.hasNul { return fail(Self.nul) }
    entries.append(entry)
  }

  package func record(_ several: [AuditEntry]) {
    guard writes else { return fail(.refused(.statement("a read records nothing"))) }
    if several.contains(where: \.hasNul) { return fail(Self.nul) }
    // Hundreds of thousands aren't copied.
    if entries.isEmpty { entries = several } else { entries += several }
  }

  /// After this it is of no use to anyone who kept it.
  package func end() { ended = true }

  private static let nul = SessionError.refused(.statement("a text holds the character NUL, which cannot be kept"))

  private func fail(_ error: SessionError) { failure = failure ?? error }

  private func perform<T>(_ values: [Value], _ body: () throws(SessionError) -> T) throws -> T {
    if ended { throw DatabaseError.statement("the transaction has ended") }
    if values.contains(where: \.hasNul) { fail(Self.nul) }
    if left == 0 { fail(.refused(.statement("only one statement may be carried out here"))) }
    if let failure { throw failure.error }
    left -= 1
    do throws(SessionError) {
      return try body()
    } catch {
      fail(error)
      throw error.error
    }
  }
}

extension AuditEntry {
  /// Whether one of its texts can't be kept.
  fileprivate var hasNul: Bool {
    [actor.address, actor.request, action, object, item, before, after].contains { $0?.utf8.contains(0) ?? false }
  }
}

extension Value {
  /// PostgreSQL keeps no text with this character; so neither engine does.
  package var hasNul: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.contains(0)
  }
}
