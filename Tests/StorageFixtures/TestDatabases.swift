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
    try await withPlace(engine) { try await open($0, body) }
  }

  /// Runs something with a database that holds what `fill` writes; it is filled once and then copied by its name.
  public static func with<T>(
    _ engine: Engine, holding name: String, _ fill: @escaping @Sendable (any Transaction) throws -> Void,
    _ body: (any Database) async throws -> T
  ) async throws -> T {
    try await with(engine, built: name, { try await $0.write { try fill($0) } }, body)
  }

  /// The same where filling takes more than one transaction.
  public static func with<T>(
    _ engine: Engine, built name: String, _ build: @escaping @Sendable (any Database) async throws -> Void,
    _ body: (any Database) async throws -> T
  ) async throws -> T {
    if isDistributed(engine) {
      return try await with(engine) { database in
        try await build(database)
        return try await body(database)
      }
    }
    let template = try await Templates.shared.template(engine, holding: name, build)
    return try await with(engine, copying: template) { try await open($0, body) }
  }

  private static func open<T>(_ place: DatabasePlace, _ body: (any Database) async throws -> T) async throws -> T {
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

  /// Runs something with the place of a database, which can be opened as often as one likes; `empty`, it hasn't been
  /// migrated yet.
  public static func withPlace<T>(
    _ engine: Engine, empty: Bool = false, _ body: (DatabasePlace) async throws -> T
  ) async throws -> T {
    let isCopied = !empty && !isDistributed(engine)
    let template = isCopied ? try await Templates.shared.template(engine, holding: "") { _ in } : nil
    return try await with(engine, copying: template) { place in
      if !empty, isDistributed(engine) { try await place.distribute() }
      return try await body(place)
    }
  }

  /// A database with Citus is in use by Citus itself, and can't be copied.
  private static func isDistributed(_ engine: Engine) -> Bool { citus && engine == .postgres }

  private static func with<T>(
    _ engine: Engine, copying template: DatabasePlace.Template?, _ body: (DatabasePlace) async throws -> T
  ) async throws -> T {
    try await TestTurns.shared.take {
      let place = try await DatabasePlace.make(engine, copying: template)
      do {
        let result = try await body(place)
        await place.remove()
        return result
      } catch {
        await place.remove()
        throw error
      }
    }
  }
}

/// Migrated databases of each engine, made once for each content and copied for every test.
private actor Templates {
  static let shared = Templates()
  private var making: [String: Task<DatabasePlace.Template, any Error>] = [:]

  func template(
    _ engine: Engine, holding name: String, _ build: @escaping @Sendable (any Database) async throws -> Void
  ) async throws -> DatabasePlace.Template {
    let key = "\(engine) \(name)"
    if let task = making[key] { return try await task.value }
    let task = Task {
      let place = try await DatabasePlace.make(engine, copying: nil)
      let database = try await place.open()
      try await build(database)
      await database.close()
      return try await place.template()
    }
    making[key] = task
    return try await task.value
  }
}
