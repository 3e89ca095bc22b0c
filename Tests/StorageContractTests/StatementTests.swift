import Notation
import Storage
import StorageFixtures
import Testing

/// The SQL that stores rely on means the same on every engine.
@Suite struct StatementTests {
  static let tries = "CREATE TABLE tries (subject TEXT PRIMARY KEY, n BIGINT NOT NULL)"
  static let place = """
    CREATE TABLE place (
      id BIGINT PRIMARY KEY, parent BIGINT REFERENCES place (id), level TEXT CHECK (level <> 'moon'), code TEXT UNIQUE,
      name TEXT NOT NULL
    )
    """

  @Test(arguments: TestDatabases.engines)
  func `an upsert tells what it left behind`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.tries)
      let versions = try await database.write { transaction in
        try (1...3).map { _ in
          try transaction.row(
            """
            INSERT INTO tries (subject, n) VALUES ($1, $2)
            ON CONFLICT (subject) DO UPDATE SET n = tries.n + excluded.n
            RETURNING n
            """, ["login:a", 1])?.integer("n")
        }
      }
      #expect(versions == [1, 2, 3])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `trees, windows and filters`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.place)
      try await database.write { transaction in
        for (id, parent, level) in [(1, nil, "province"), (2, 1, "city"), (3, 2, "district"), (4, 2, "district")]
          as [(Int64, Int64?, String)]
        {
          try transaction.run(
            "INSERT INTO place (id, parent, level, code, name) VALUES ($1, $2, $3, $4, $5)",
            [.integer(id), .optional(parent), .text(level), .text("c\(id)"), .text("n\(id)")])
        }
      }
      let (below, places, districts) = try await database.read { transaction in
        let below = try transaction.rows(
          """
          WITH RECURSIVE below (id) AS (
            SELECT id FROM place WHERE id = $1
            UNION ALL
            SELECT a.id FROM place a JOIN below b ON a.parent = b.id
          )
          SELECT id FROM below ORDER BY id
          """, [2])
        let places = try transaction.rows(
          "SELECT id, ROW_NUMBER() OVER (PARTITION BY level ORDER BY id DESC) AS place FROM place ORDER BY id")
        let districts = try transaction.row("SELECT COUNT(*) FILTER (WHERE level = 'district') AS n FROM place")
        return (try below.map { try $0.integer("id") }, try places.map { try $0.integer("place") }, districts)
      }
      #expect(below == [2, 3, 4])
      #expect(places == [1, 1, 2, 1])
      #expect(try districts?.integer("n") == 2)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a statement tells how many rows it touched`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.tries)
      let counts = try await database.write { transaction in
        let insert = "INSERT INTO tries (subject, n) VALUES ($1, 1) ON CONFLICT DO NOTHING"
        return [
          try transaction.run(insert, ["a"]), try transaction.run(insert, ["b"]), try transaction.run(insert, ["a"]),
          try transaction.run("UPDATE tries SET n = 2"),
          try transaction.run("DELETE FROM tries WHERE subject = $1", ["nobody"]),
          try transaction.run("CREATE TABLE other (id BIGINT)"),
          try transaction.run("DELETE FROM tries"),
        ]
      }
      #expect(counts == [1, 1, 0, 2, 0, 0, 2])
    }
  }

  static let wrongs: [(sql: String, error: DatabaseError)] = [
    ("INSERT INTO place VALUES (1, NULL, 'city', 'a', 'n')", .constraint("unique")),
    ("INSERT INTO place VALUES (2, NULL, 'city', 'one', 'n')", .constraint("unique")),
    ("INSERT INTO place VALUES (2, 99, 'city', 'a', 'n')", .constraint("foreign key")),
    ("INSERT INTO place VALUES (2, NULL, 'moon', 'a', 'n')", .constraint("check")),
    ("INSERT INTO place VALUES (2, NULL, 'city', 'a', NULL)", .constraint("not null")),
  ]

  @Test(arguments: TestDatabases.engines)
  func `the schema's rules have names`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(Self.place)
      try await database.run("INSERT INTO place VALUES (1, NULL, 'city', 'one', 'n')")
      for wrong in Self.wrongs {
        await #expect(throws: wrong.error, "\(wrong.sql)") { try await database.run(wrong.sql) }
      }
      await #expect(throws: DatabaseError.constraint("foreign key")) {
        try await database.write { transaction in
          try transaction.run("INSERT INTO place VALUES (5, 1, 'city', 'five', 'n')")
          try transaction.run("DELETE FROM place WHERE id = 1")
        }
      }
      #expect(try await database.count("place") == 1)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a statement at fault says so`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      for sql in ["SELEC 1", "SELECT * FROM nowhere", "SELECT 1; SELECT 2"] {
        let error = await #expect(throws: DatabaseError.self) { try await database.read { try $0.rows(sql) } }
        guard case .statement = error else {
          Issue.record("\(sql): \(error.map { "\($0)" } ?? "-")")
          continue
        }
      }
    }
  }
}
