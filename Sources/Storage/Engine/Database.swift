/// Where everything is kept. Two engines carry it out, one text of SQL serves both.
///
/// Inside `read` and `write` a transaction reads from top to bottom: nothing in it waits for anything else. A statement
/// that fails ends it: whatever follows fails as well, and the write isn't kept even where the body catches the error.
/// What a write has read still holds when it is kept, whoever writes beside it.
public protocol Database: Sendable {
  var engine: Engine { get }

  /// What the body finds at one moment; it can't change anything. The body may be carried out again.
  ///
  /// Throws `DatabaseError`, and whatever the body throws.
  func read<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

  /// The same for a body of one statement, which needs no transaction around it; a second one fails.
  func readOne<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

  /// Carries out the body as a whole or not at all, durable when it returns. Writes that wait at the same time may share
  /// one commit; one that throws takes nothing with it. The body may be
  /// carried out again, where the engine asks for it, and so changes nothing but the database.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T

  /// Puts many rows into a table at once, as a whole or not at all; for what comes by the ten thousand.
  ///
  /// Throws `DatabaseError`.
  func copy(into table: String, columns: [String], rows: [[Value]]) async throws

  /// Waits for what is under way and lets go of files and connections; what comes later finds it unavailable.
  func close() async
}

public enum Engine: String, Sendable { case sqlite, postgres }

/// What went wrong below the SQL, in kinds that a caller treats differently.
public enum DatabaseError: Error, Sendable, Equatable {
  /// Cannot be reached, or the disk is full: nothing was changed, and trying again later may help. Only where the
  /// connection broke off in the middle of a commit it is unknown whether the change was kept.
  case unavailable(String)
  /// A rule of the schema was broken: `unique`, `foreign key`, `check`, `not null`.
  case constraint(String)
  /// The statement itself is at fault, or a row isn't as expected.
  case statement(String)
}
