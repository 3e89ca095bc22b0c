import Fixtures
import Foundation
import Notation
import StorageFixtures
import Testing

@testable import Storage

@Suite struct MigrationTests {
  static let rooms = [
    "registry", "people", "cycles", "evidence", "results", "audit", "registry-history", "ledgers", "formation", "tasks",
    "recorded", "recommendation-papers", "links", "divisions", "open-cases", "given-numbers",
    "conferences-off", "memberships-end", "drafts-refusals", "coverage-anew",
  ]

  @Test func `the migrations stand in their order`() {
    #expect(Migration.all.map(\.name) == Self.rooms)
    let numbers = Migration.all.map(\.number)
    #expect(numbers == Array(Set(numbers)).sorted() && numbers.first == 1)
    let words = ["CREATE TABLE", "ALTER TABLE", "CREATE INDEX", "UPDATE ", "DELETE FROM "]
    #expect(Migration.all.allSatisfy { one in words.contains { one.sql.contains($0) } })
  }

  @Test func `every file of the folder is carried out`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path("Sources/Storage/Migrations"))
    let numbers = files.filter { $0.hasSuffix(".sql") }.compactMap { Int64($0.prefix(4)) }.sorted()
    #expect(numbers == Migration.all.map(\.number))
  }

  @Test(arguments: TestDatabases.engines)
  func `four programs that start at once make one schema`(engine: Engine) async throws {
    try await TestDatabases.withPlace(engine, empty: true) { place in
      let programs = try await withThrowingTaskGroup(of: (any Database).self) { group in
        for _ in 1...4 { group.addTask { try await place.open() } }
        return try await group.reduce(into: [any Database]()) { $0.append($1) }
      }
      for program in programs {
        #expect(try await program.count("migration") == Int64(Self.rooms.count))
        #expect(try await program.count("audit") == 0)
        await program.close()
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a second start changes nothing`(engine: Engine) async throws {
    try await TestDatabases.withPlace(engine) { place in
      let first = try await place.open()
      let before = try await first.read { try $0.rows("SELECT * FROM migration ORDER BY number").map(\.values) }
      await first.close()
      let second = try await place.open()
      let after = try await second.read { try $0.rows("SELECT * FROM migration ORDER BY number").map(\.values) }
      #expect(before == after)
      await second.close()
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a database of a newer or another program is refused in words`(engine: Engine) async throws {
    for (change, words) in [
      ("INSERT INTO migration VALUES (99, 'surveys', 'abc', 0)", "newer than this program"),
      ("UPDATE migration SET hash = 'abc' WHERE number = 2", "migration 2 people"),
    ] {
      try await TestDatabases.withPlace(engine) { place in
        let database = try await place.open()
        try await database.run(change)
        await database.close()
        let error = await #expect(throws: DatabaseError.self) { _ = try await place.open() }
        guard case .statement(let reason) = error else {
          Issue.record("not refused: \(change)")
          return
        }
        #expect(reason.contains(words))
      }
    }
  }
}
