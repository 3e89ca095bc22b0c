import Foundation
import Fixtures
import Notation
import Storage
import StorageFixtures
import StoragePostgres
import StorageSQLite
import Synchronization
import Testing

/// What is acknowledged stays, whatever goes away meanwhile.
@Suite struct OutageTests {
  static let table = "CREATE TABLE kept (id BIGINT PRIMARY KEY, words TEXT)"

  @Test(.enabled(if: TestDatabases.postgres != nil, "JUNHENG_TEST_POSTGRES names no server"))
  func `goes on after the server has ended all connections`() async throws {
    try await TestDatabases.withPlace(.postgres) { place in
      let database = try await place.open()
      try await database.run(Self.table)
      for id in Int64(1)...5 {
        _ = try await database.count("kept")
        try await place.disconnectEverybody()
        try await database.run("INSERT INTO kept (id) VALUES ($1)", [.integer(id)])
        try await place.disconnectEverybody()
        #expect(try await database.count("kept") == id)
        try await place.disconnectEverybody()
        try await database.copy(into: "kept", columns: ["id"], rows: [[.integer(-id)]])
        try await database.run("DELETE FROM kept WHERE id < 0")
      }
      await database.close()
    }
  }

  final class Tally: Sendable {
    let state = Mutex<(acknowledged: Set<Int64>, failures: Int)>(([], 0))
  }

  /// Runs tools/postgres.sh; its output, or nil where it failed.
  static func server(_ arguments: String...) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Repository.path("tools/postgres.sh"))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    do { try Programs.start(process) } catch { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text : nil
  }

  @Test(.enabled(if: TestDatabases.postgres != nil, "JUNHENG_TEST_POSTGRES names no server"))
  func `a server that crashes in a burst loses nothing that was acknowledged`() async throws {
    let started = try #require(Self.server("start")).split(whereSeparator: \.isWhitespace).map(String.init)
    defer { _ = Self.server("stop", started[0]) }
    let database = try await PostgresDatabase.open(address: started[1], at: TestDatabases.made)
    try await database.run(Self.table)
    let tally = Tally()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in Int64(0)..<32 {
        group.addTask {
          for round in Int64(0)..<100 {
            do {
              try await database.write { transaction in
                try transaction.run("INSERT INTO kept (id) VALUES ($1)", [.integer(writer * 1000 + round)])
                transaction.record(.of(writer % 4, "kept"))
              }
              tally.state.withLock { _ = $0.acknowledged.insert(writer * 1000 + round) }
            } catch DatabaseError.unavailable {
              tally.state.withLock { $0.failures += 1 }
              try await Task.sleep(for: .milliseconds(20))
            }
          }
        }
      }
      group.addTask {
        for _ in 1...3 {
          try await Task.sleep(for: .milliseconds(50))
          _ = Self.server("halt", started[0])
          _ = Self.server("resume", started[0])
        }
      }
      try await group.waitForAll()
    }
    let kept = try await database.read { try $0.rows("SELECT id FROM kept").map { try $0.integer("id") } }
    let (acknowledged, failures) = tally.state.withLock { $0 }
    #expect(acknowledged.subtracting(kept) == [])
    // Only what was on its way when the connection broke may be there without having been acknowledged.
    #expect(failures >= kept.count - acknowledged.count)
    #expect(!acknowledged.isEmpty)
    for authority in try await AuditChain.authorities(in: database) {
      #expect(try await AuditChain.verify(authority, in: database).fault == nil)
    }
    await database.close()
  }

  @Test func `a server that isn't there is unavailable`() async {
    let error = await #expect(throws: DatabaseError.self) {
      _ = try await PostgresDatabase.open(address: "postgres://junheng@127.0.0.1:1/none", at: TestDatabases.made)
    }
    guard case .unavailable = error else {
      Issue.record("\(error.map { "\($0)" } ?? "-")")
      return
    }
  }

  @Test func `a file that cannot be made is unavailable, and a file that isn't ours is refused`() async throws {
    await #expect(throws: DatabaseError.self) {
      _ = try await SQLiteDatabase.open(path: "/nowhere/junheng.sqlite", at: TestDatabases.made)
    }
    try await TestDatabases.withPlace(.sqlite, empty: true) { place in
      try Repository.writeFile(String(repeating: "not a database\n", count: 1000), at: place.address)
      let error = await #expect(throws: DatabaseError.self) { _ = try await place.open() }
      guard case .statement = error else {
        Issue.record("\(error.map { "\($0)" } ?? "-")")
        return
      }
    }
  }
}
