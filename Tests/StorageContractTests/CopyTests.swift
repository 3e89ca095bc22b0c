import Notation
import Storage
import StorageFixtures
import Testing

@Suite struct CopyTests {
  @Test(arguments: TestDatabases.engines)
  func `50 000 rows arrive as they were sent`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(ValueTests.table)
      let texts = ValueTests.texts.filter { $0.count < 1000 }
      let rows: [[Value]] = (0..<50_000).map { id in
        [
          .integer(Int64(id)), id % 7 == 0 ? .null : .integer(Int64(id) * -3), .text(texts[id % texts.count]),
          id % 5 == 0 ? .null : .bytes([UInt8(id % 256), 0, 92]),
        ]
      }
      try await database.copy(into: "sample", columns: ["id", "number", "words", "content"], rows: rows)
      let found = try await database.read { transaction in
        try transaction.rows("SELECT id, number, words, content FROM sample ORDER BY id").map(\.values)
      }
      #expect(found == rows)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `one bad row keeps all others out`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.run(ValueTests.table)
      var rows: [[Value]] = (0..<1000).map { [.integer(Int64($0)), "a"] }
      rows[999] = [5, "twice"]
      let twice = rows
      await #expect(throws: DatabaseError.constraint("unique")) {
        try await database.copy(into: "sample", columns: ["id", "words"], rows: twice)
      }
      #expect(try await database.count("sample") == 0)
      await #expect(throws: DatabaseError.self) {
        try await database.copy(into: "sample", columns: ["id", "words"], rows: [[1]])
      }
      await #expect(throws: DatabaseError.self) {
        try await database.copy(into: "sample; DROP TABLE sample", columns: ["id"], rows: [[1]])
      }
      try await database.copy(into: "sample", columns: ["id"], rows: [])
      #expect(try await database.count("sample") == 0)
    }
  }
}
