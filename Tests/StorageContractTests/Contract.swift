import Notation
import Storage
import StorageFixtures
import Testing

@Suite struct EngineTests {
  @Test(
    .enabled(
      if: TestDatabases.postgres != nil,
      "JUNHENG_TEST_POSTGRES names no server, so PostgreSQL isn't tested; tools/test.sh starts one"))
  func `PostgreSQL is tested as well`() { #expect(TestDatabases.engines == [.sqlite, .postgres]) }
}

extension Database {
  func count(_ table: String) async throws -> Int64 {
    try await read { try $0.row("SELECT COUNT(*) AS n FROM \(table)")?.integer("n") ?? -1 }
  }

  func run(_ sql: String, _ values: [Value] = []) async throws {
    try await write { try $0.run(sql, values) }
  }
}

extension AuditEntry {
  static func of(
    _ authority: Int64, _ action: String, item: String? = nil, before: String? = nil, after: String? = nil
  ) -> AuditEntry {
    AuditEntry(
      authority: ID(authority), at: TestDatabases.made, actor: Actor(account: ID(7), address: "192.0.2.1"),
      action: action, object: "sheet/12", item: item, before: before, after: after)
  }
}

struct ChangeOfMind: Error {}
