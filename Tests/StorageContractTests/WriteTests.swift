import Notation
import Storage
import StorageFixtures
import Testing

/// A write is kept as a whole or not at all, whoever shares its commit.
@Suite struct WriteTests {
  static let table = "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL CHECK (n < 1000))"

  @Test(arguments: TestDatabases.engines)
  func `a body that throws takes back only itself`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.table)
      let outcomes = await withTaskGroup(of: (Int64, Bool).self, returning: [Int64: Bool].self) { group in
        for id in Int64(1)...200 {
          group.addTask {
            let kept: Void? = try? await database.write { transaction in
              try transaction.run("INSERT INTO counter VALUES ($1, 0)", [.integer(id)])
              transaction.record(.of(1, "counted", item: "\(id)"))
              if id % 3 == 0 { throw ChangeOfMind() }
              if id % 5 == 0 { try transaction.run("INSERT INTO counter VALUES ($1, 1000)", [.integer(id + 1000)]) }
            }
            return (id, kept != nil)
          }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      let kept = (Int64(1)...200).filter { $0 % 3 != 0 && $0 % 5 != 0 }
      #expect(outcomes.filter(\.value).keys.sorted() == kept)
      let (found, recorded) = try await database.read { transaction in
        (
          try transaction.rows("SELECT id FROM counter ORDER BY id").map { try $0.integer("id") },
          try transaction.rows("SELECT item FROM audit").map { try $0.text("item") }
        )
      }
      #expect(found == kept)
      #expect(Set(recorded) == Set(kept.map(String.init)))
      #expect(recorded.count == kept.count)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what the body throws is what the caller gets`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      await #expect(throws: ChangeOfMind.self) { try await database.write { _ in throw ChangeOfMind() } }
      await #expect(throws: ChangeOfMind.self) { try await database.read { _ in throw ChangeOfMind() } }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a write isn't kept after a statement failed, even if the body goes on`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.table)
      await #expect(throws: DatabaseError.constraint("check")) {
        try await database.write { transaction in
          try transaction.run("INSERT INTO counter VALUES (1, 0)")
          _ = try? transaction.run("INSERT INTO counter VALUES (2, 1000)")
          _ = try? transaction.run("INSERT INTO counter VALUES (3, 0)")
        }
      }
      await #expect(throws: ChangeOfMind.self) {
        try await database.write { transaction in
          do { try transaction.run("INSERT INTO counter VALUES (2, 1000)") } catch { throw ChangeOfMind() }
        }
      }
      #expect(try await database.count("counter") == 0)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `increments of 64 writers at once are all kept`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.table)
      try await database.run("INSERT INTO counter VALUES (1, 0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 1...64 {
          group.addTask {
            for _ in 1...10 {
              try await database.write { transaction in
                let n = try transaction.row("SELECT n FROM counter WHERE id = 1")?.integer("n") ?? 0
                try transaction.run("UPDATE counter SET n = $1 WHERE id = 1", [.integer(n + 1)])
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await database.read { try $0.row("SELECT n FROM counter")?.integer("n") } == 640)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `two programs on one database lose nothing to each other`(engine: Engine) async throws {
    try await TestDatabases.withPlace(engine) { place in
      let programs = [try await place.open(), try await place.open(), try await place.open()]
      try await programs[0].run(Self.table)
      try await programs[0].run("INSERT INTO counter VALUES (1, 0), (2, 0)")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<24 {
          let program = programs[writer % 3]
          group.addTask {
            for round in 0..<10 {
              let ids: [Value] = (writer + round) % 2 == 0 ? [1, 2] : [2, 1]
              try await program.write { transaction in
                for id in ids {
                  let n = try transaction.row("SELECT n FROM counter WHERE id = $1", [id])?.integer("n") ?? 0
                  try transaction.run("UPDATE counter SET n = $2 WHERE id = $1", [id, .integer(n + 1)])
                }
                transaction.record(.of(Int64(writer % 2), "counted"))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      let found = try await programs[1].read { try $0.rows("SELECT n FROM counter").map { try $0.integer("n") } }
      #expect(found == [240, 240])
      for authority: Int64 in [0, 1] {
        let verdict = try await AuditChain.verify(ID(authority), in: programs[2])
        #expect(verdict == AuditVerdict(authority: ID(authority), good: 120, fault: nil))
      }
      for program in programs { await program.close() }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what was kept is there after closing and opening`(engine: Engine) async throws {
    try await TestDatabases.withPlace(engine) { place in
      let first = try await place.open()
      try await first.run(Self.table)
      try await first.run("INSERT INTO counter VALUES (1, 5)")
      await first.close()
      await #expect(throws: DatabaseError.self) { try await first.count("counter") }
      await #expect(throws: DatabaseError.self) { try await first.run("DELETE FROM counter") }
      let second = try await place.open()
      #expect(try await second.count("counter") == 1)
      await second.close()
    }
  }
}
