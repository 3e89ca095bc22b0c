import Notation
import Storage
import StorageFixtures
import Testing

@Suite struct ReadTests {
  @Test(arguments: TestDatabases.engines)
  func `a read changes nothing`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(StatementTests.tries)
      for sql in [
        "INSERT INTO tries VALUES ('a', 1)", "CREATE TABLE other (id BIGINT)", "DELETE FROM tries",
      ] {
        await #expect(throws: DatabaseError.self, "\(sql)") { try await database.read { try $0.run(sql) } }
      }
      await #expect(throws: DatabaseError.self) { try await database.read { $0.record(.of(1, "noted")) } }
      let left = (try await database.count("tries"), try await database.count("audit"))
      #expect(left == (0, 0))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a read sees one moment while others write`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run("CREATE TABLE pair (id BIGINT PRIMARY KEY, n BIGINT NOT NULL)")
      try await database.run("INSERT INTO pair VALUES (1, 0), (2, 0)")
      try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
          for _ in 1...100 { try await database.write { try $0.run("UPDATE pair SET n = n + 1") } }
          return true
        }
        for _ in 1...6 {
          group.addTask {
            for _ in 1...30 {
              let same = try await database.read { transaction in
                let first = try transaction.row("SELECT n FROM pair WHERE id = 1")?.integer("n")
                let second = try transaction.row("SELECT n FROM pair WHERE id = 2")?.integer("n")
                return first == second
              }
              if !same { return false }
            }
            return true
          }
        }
        for try await same in group { #expect(same) }
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a write that was acknowledged is seen by the next read`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(StatementTests.tries)
      for n in 1...50 {
        try await database.run("INSERT INTO tries VALUES ($1, 1)", [.text("s\(n)")])
        #expect(try await database.count("tries") == Int64(n))
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a read of one statement carries out no second one, and changes nothing`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(StatementTests.tries)
      #expect(try await database.readOne { try $0.row("SELECT 1 AS n")?.integer("n") } == 1)
      await #expect(throws: DatabaseError.self) {
        try await database.readOne { transaction in
          _ = try transaction.rows("SELECT 1 AS n")
          return try transaction.rows("SELECT 2 AS n").count
        }
      }
      // What stands before it on the same connection is over by then.
      for _ in 1...20 {
        _ = try await database.read { try $0.rows("SELECT 1 AS n") }
        await #expect(throws: DatabaseError.self) {
          try await database.readOne { try $0.run("INSERT INTO tries VALUES ('a', 1)") }
        }
        await #expect(throws: DatabaseError.self) { try await database.readOne { try $0.rows("SELECT nothing") } }
      }
      #expect(try await database.count("tries") == 0)
    }
  }
}
