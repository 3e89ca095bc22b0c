import Notation
import Storage
import StorageFixtures
import Testing

/// What is put in comes out as it was, on every engine.
@Suite struct ValueTests {
  static let table = "CREATE TABLE sample (id BIGINT PRIMARY KEY, number BIGINT, words TEXT, content BYTEA)"
  static let texts = [
    "", " ", "均衡 · 集团化办学", "𠮷野家 👩‍🏫 \u{10FFFF}", "tab\tline\nreturn\r\\N \\. 'quote' \"double\" $1 ; --", "-1", "NULL",
    String(repeating: "学", count: 100_000),
  ]
  static let numbers: [Int64] = [0, 1, -1, .max, .min, 9_007_199_254_740_993]
  static let contents: [[UInt8]] = [[], [0], Array(0...255), Array(repeating: 0x5C, count: 70_000)]

  @Test(arguments: TestDatabases.engines)
  func `values come back as they went in`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      let found = try await database.write { transaction in
        try transaction.run(Self.table)
        var id: Int64 = 0
        func put(_ number: Value, _ words: Value, _ content: Value) throws {
          id += 1
          try transaction.run("INSERT INTO sample VALUES ($1, $2, $3, $4)", [.integer(id), number, words, content])
        }
        for number in Self.numbers { try put(.integer(number), .null, .null) }
        for text in Self.texts { try put(.null, .text(text), .null) }
        for content in Self.contents { try put(.null, .null, .bytes(content)) }
        return try transaction.rows("SELECT number, words, content FROM sample ORDER BY id").map(\.values)
      }
      var expected: [[Value]] = Self.numbers.map { [.integer($0), .null, .null] }
      expected += Self.texts.map { [.null, .text($0), .null] }
      expected += Self.contents.map { [.null, .null, .bytes($0)] }
      #expect(found == expected)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `rows are read by name and type`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      let row = try await database.read { transaction in
        try transaction.row(
          """
          SELECT CAST($2 AS BIGINT) AS id, CAST($1 AS TEXT) AS day, CAST($3 AS TEXT) AS points, CAST(NULL AS TEXT) AS none,
            1 = 1 AS yes, COUNT(*) AS n, SUM(CAST($2 AS BIGINT)) AS total
          """, ["2026-08-31", 12, "3.75"])
      }
      let found = try #require(row)
      #expect(try found.id("id") == ID(12))
      #expect(try found.optionalDay("day") == Day("2026-08-31"))
      #expect(try found.optionalExact("points") == Exact(decimal: "3.75"))
      #expect(try found.optionalText("none") == nil)
      #expect(try found.integer("yes") == 1)
      #expect(try found.integer("n") == 1)
      #expect(try found.integer("total") == 12)
      #expect(throws: DatabaseError.self) { try found.integer("day") }
      #expect(throws: DatabaseError.self) { try found.text("none") }
      #expect(throws: DatabaseError.self) { try found.text("nobody") }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a text with NUL is refused`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { try $0.run(Self.table) }
      await #expect(throws: DatabaseError.statement("a text holds the character NUL, which cannot be kept")) {
        try await database.write { transaction in
          try transaction.run("INSERT INTO sample VALUES ($1, NULL, $2, NULL)", [1, "before\0after"])
        }
      }
      await #expect(throws: DatabaseError.self) {
        try await database.copy(into: "sample", columns: ["id", "words"], rows: [[1, "before\0after"]])
      }
      await #expect(throws: DatabaseError.self) {
        try await database.write { $0.record(.of(1, "note", after: "before\0after")) }
      }
      #expect(try await database.count("sample") == 0)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `each parameter has its value, whatever their order`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      let row = try await database.read { transaction in
        try transaction.row(
          "SELECT CAST($3 AS TEXT) AS c, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS a2",
          ["a", "b", "c"])
      }
      #expect(row?.values == ["c", "a", "b", "a"])
      for values: [Value] in [[], [1, 2]] {
        await #expect(throws: DatabaseError.self) {
          try await database.read { try $0.rows("SELECT CAST($1 AS BIGINT) AS a", values) }
        }
      }
    }
  }
}
