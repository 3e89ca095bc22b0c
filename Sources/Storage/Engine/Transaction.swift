/// What a body given to `read` or `write` works with. Valid only while the body runs; never kept, never shared.
public protocol Transaction {
  var engine: Engine { get }

  /// The rows of a query. Values are bound as `$1`, `$2`, … and never written into the text.
  ///
  /// Throws `DatabaseError`.
  func rows(_ sql: String, _ values: [Value]) throws -> [Row]

  /// Says that this query will be asked next but one: it may travel with the next one then, and its answer waits. Nothing
  /// else changes.
  func foretell(_ sql: String, _ values: [Value])

  /// Carries out a statement and tells how many rows it touched.
  ///
  /// Throws `DatabaseError`.
  @discardableResult
  func run(_ sql: String, _ values: [Value]) throws -> Int

  /// Writes to the audit chain when this write is kept, and not when it isn't.
  func record(_ entry: AuditEntry)

  /// The same of several, in their order.
  func record(_ entries: [AuditEntry])
}

extension Transaction {
  public func foretell(_ sql: String, _ values: [Value]) {}
  public func record(_ entries: [AuditEntry]) { for entry in entries { record(entry) } }
  public func rows(_ sql: String) throws -> [Row] { try rows(sql, []) }
  /// The first row; nil where there is none.
  public func row(_ sql: String, _ values: [Value] = []) throws -> Row? { try rows(sql, values).first }
  @discardableResult
  public func run(_ sql: String) throws -> Int { try run(sql, []) }
}
