import Foundation
public import Storage
import StoragePostgres
import StorageSQLite

/// Where a test's database is: a file in a folder of its own, or a database on the tests' server.
public struct DatabasePlace: Sendable {
  public let engine: Engine
  /// A path or a `postgres://` address.
  public let address: String

  public func open() async throws -> any Database {
    switch engine {
    case .sqlite: try await SQLiteDatabase.open(path: address, at: TestDatabases.made)
    case .postgres: try await PostgresDatabase.open(address: address, at: TestDatabases.made, readers: 4)
    }
  }

  /// What a fresh database is copied from: a file's content, or the name of a database.
  enum Template: Sendable {
    case content(Data)
    case name(String)
  }

  /// This database as a template; a file is no longer needed then.
  func template() async throws -> Template {
    switch engine {
    case .sqlite:
      let content = try Data(contentsOf: URL(fileURLWithPath: address))
      await remove()
      return .content(content)
    case .postgres: return .name(Self.name(of: address))
    }
  }

  static func make(_ engine: Engine, copying template: Template?) async throws -> DatabasePlace {
    let name = "junheng_test_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
    switch engine {
    case .sqlite:
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let place = DatabasePlace(engine: .sqlite, address: folder + "/junheng.sqlite")
      if case .content(let content) = template { try content.write(to: URL(fileURLWithPath: place.address)) }
      return place
    case .postgres:
      let source = if case .name(let name) = template { name } else { "template0" }
      try await onServer("CREATE DATABASE \(name) TEMPLATE \(source) ENCODING 'UTF8'")
      return DatabasePlace(engine: .postgres, address: Self.address(ofDatabase: name))
    }
  }

  func remove() async {
    switch engine {
    case .sqlite: try? FileManager.default.removeItem(atPath: (address as NSString).deletingLastPathComponent)
    case .postgres: try? await Self.onServer("DROP DATABASE IF EXISTS \(Self.name(of: address)) WITH (FORCE)")
    }
  }

  /// Migrates the empty database and distributes its tables.
  func distribute() async throws {
    let lane = PostgresLane(address, label: "junheng.tests")
    defer { Task { await lane.close() } }
    try await lane.script("CREATE EXTENSION citus")
    let database = try await open()
    _ = try await Distribution.distribute(database)
    await database.close()
  }

  /// Ends every connection to the database, as a restart of the server does.
  public func disconnectEverybody() async throws {
    try await Self.onServer(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(Self.name(of: address))'")
  }

  private static func onServer(_ sql: String) async throws {
    let lane = PostgresLane(TestDatabases.postgres ?? "", label: "junheng.tests")
    defer { Task { await lane.close() } }
    try await lane.script(sql)
  }

  private static func name(of address: String) -> String {
    String(address.split(separator: "?")[0].split(separator: "/").last ?? "")
  }

  /// The server's address with another database.
  private static func address(ofDatabase name: String) -> String {
    let pieces = (TestDatabases.postgres ?? "").split(separator: "?", maxSplits: 1)
    let server = pieces.first.map { $0.prefix(through: $0.lastIndex(of: "/") ?? $0.startIndex) } ?? ""
    return server + name + (pieces.count > 1 ? "?" + pieces[1] : "")
  }
}
