import Foundation
public import Notation
public import Storage
import StoragePostgres
import StorageSQLite

/// Fresh databases on the engines there are, for tests: real files and a real server.
///
///     @Test(arguments: TestDatabases.engines)
///     func `keeps a school`(engine: Engine) async throws {
///       try await TestDatabases.with(engine) { database in … }
///     }
public enum TestDatabases {
  /// A superuser's address on a server where each test may make a database of its own.
  public static let postgres = ProcessInfo.processInfo.environment["JUNHENG_TEST_POSTGRES"].flatMap {
    $0.isEmpty ? nil : $0
  }

  /// Whether that server has Citus, and the tests' tables are to be distributed (`JUNHENG_TEST_CITUS=1`).
  public static let citus = ProcessInfo.processInfo.environment["JUNHENG_TEST_CITUS"] == "1"

  /// SQLite, and PostgreSQL where `JUNHENG_TEST_POSTGRES` says where it is.
  public static let engines: [Engine] = postgres == nil ? [.sqlite] : [.sqlite, .postgres]

  /// The moment at which test databases are made.
  public static let made = Instant(milliseconds: 1_780_272_000_000)

  /// Runs something with a migrated, empty database, which is removed afterwards.
  public static func with<T>(_ engine: Engine, _ body: (any Database) async throws -> T) async throws -> T {
    try await withPlace(engine) { place in
      let database = try await place.open()
      do {
        let result = try await body(database)
        await database.close()
        return result
      } catch {
        await database.close()
        throw error
      }
    }
  }

  /// Runs something with the place of a database, which can be opened as often as one likes; `empty`, it hasn't been
  /// migrated yet.
  public static func withPlace<T>(
    _ engine: Engine, empty: Bool = false, _ body: (DatabasePlace) async throws -> T
  ) async throws -> T {
    let isDistributed = citus && engine == .postgres && !empty
    let isCopied = !empty && !isDistributed
    let place = try await DatabasePlace.make(engine, copying: isCopied ? Templates.shared.template(engine) : nil)
    do {
      // A database with Citus is in use by Citus itself, and can't be copied.
      if isDistributed { try await place.distribute() }
      let result = try await body(place)
      await place.remove()
      return result
    } catch {
      await place.remove()
      throw error
    }
  }
}

/// A migrated database of each engine, made once and copied for every test.
private actor Templates {
  static let shared = Templates()
  private var making: [Engine: Task<DatabasePlace.Template, any Error>] = [:]

  func template(_ engine: Engine) async throws -> DatabasePlace.Template {
    if let task = making[engine] { return try await task.value }
    let task = Task {
      let place = try await DatabasePlace.make(engine, copying: nil)
      await (try place.open()).close()
      return try await place.template()
    }
    making[engine] = task
    return try await task.value
  }
}
