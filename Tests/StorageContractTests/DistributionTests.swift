import Fixtures
import Notation
import StorageFixtures
import Testing

@testable import Storage

@Suite struct DistributionTests {
  @Test func `every table of the schema has its place exactly once`() async throws {
    let tables = try await TestDatabases.with(.sqlite) { database in
      try await database.read { transaction in
        try transaction.rows(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).map { try $0.text("name") }
      }
    }
    #expect(Distribution.tables.sorted() == tables)
  }

  @Test func `a table that is distributed by the authority is led by it`() async throws {
    try await TestDatabases.with(.sqlite) { database in
      for (table, key) in Distribution.byAuthority.map({ ($0, "authority") }) + Distribution.byOwnKey {
        let first = try await database.read { transaction in
          try transaction.row("SELECT name FROM pragma_table_info($1) WHERE pk = 1", [.text(table)])?.text("name")
        }
        #expect(first == key, "\(table)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `without Citus nothing is done, and it is said`(engine: Engine) async throws {
    let outcome = try await TestDatabases.with(engine) { try await Distribution.distribute($0) }
    let key = engine == .sqlite ? "storage.distribution.sqlite" : "storage.distribution.citus"
    #expect(outcome == .impossible(Message(key)))
  }
}

@Suite struct AddressTests {
  @Test func `reads addresses`() throws {
    #expect(try DatabaseAddress.parse("sqlite:/var/a b.sqlite") == .sqlite(path: "/var/a b.sqlite"))
    #expect(try DatabaseAddress.parse("sqlite:junheng.sqlite").shown == "sqlite:junheng.sqlite")
    #expect(try DatabaseAddress.parse("postgresql://h/d") == .postgres(address: "postgresql://h/d"))
  }

  @Test(
    arguments: [
      ("", "scheme"), ("mysql://u:secret@h/d", "scheme"), ("/var/junheng.sqlite", "scheme"), ("sqlite:", "path"),
      ("sqlite:///var/a", "slashes"), ("sqlite::memory:", "memory"), ("postgres://", "server"), ("sqlite:a\0b", "nul"),
    ])
  func `says what is wrong with an address, and never a password`(text: String, key: String) {
    let problem = #expect(throws: DatabaseAddress.Problem.self) { try DatabaseAddress.parse(text) }
    #expect(problem?.message.key == "storage.address.\(key)")
    #expect(problem.map { "\($0.message)".contains("secret") } == false)
  }

  @Test(
    arguments: [
      ("postgres://u:secret@h:5432/d?sslmode=require&password=secret", "postgres://u@h:5432/d"),
      ("postgres://u:a@secret@h/d", "postgres://u@h/d"), ("postgres://h/d?password=secret", "postgres://h/d"),
    ])
  func `an address is shown without its password`(text: String, shown: String) throws {
    #expect(try DatabaseAddress.parse(text).shown == shown)
  }
}
