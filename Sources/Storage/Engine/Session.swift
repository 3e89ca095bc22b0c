/// One connection of an engine with one transaction at a time, used from one thread at a time. What the engines do
/// differently lies behind it.
package protocol Session: AnyObject {
  var engine: Engine { get }

  func rows(_ sql: String, _ values: [Value]) throws(SessionError) -> [Row]
  func run(_ sql: String, _ values: [Value]) throws(SessionError) -> Int
  /// A query that will be asked soon, and its answer once it is there.
  func foretell(_ sql: String, _ values: [Value])
  func foretold(_ sql: String, _ values: [Value]) -> [Row]?
  /// Carries out a statement whose outcome nobody reads; it may travel with the next one, and its error with it.
  func runLater(_ sql: String, _ values: [Value]) throws(SessionError)
  /// Several statements without values, one after the other.
  func script(_ sql: String) throws(SessionError)

  /// Begins to write; `alone`, nobody else writes until the commit.
  func begin(alone: Bool) throws(SessionError)
  /// Begins to change the schema; nobody else does so until the commit.
  func beginMigrating() throws(SessionError)
  /// The point a write can be taken back to.
  func mark() throws(SessionError)
  func keep() throws(SessionError)
  func takeBack() throws(SessionError)
  func commit() throws(SessionError)
  /// Forgets everything since `begin`; does nothing outside a transaction.
  func rollback()
}

extension Session {
  // Where no journey is saved, there is nothing to do.
  package func foretell(_ sql: String, _ values: [Value]) {}
  package func foretold(_ sql: String, _ values: [Value]) -> [Row]? { nil }
}

/// What an error means for the transaction it happened in.
package enum SessionError: Error, Equatable {
  /// The statement was refused; what was done before it can still be kept.
  case refused(DatabaseError)
  /// The transaction is gone and nothing of it was kept; it may succeed when it is carried out again.
  case again(DatabaseError)
  /// The transaction is gone, and carrying it out again now won't help.
  case down(DatabaseError)

  package var error: DatabaseError {
    switch self {
    case .refused(let error), .again(let error), .down(let error): error
    }
  }
}
