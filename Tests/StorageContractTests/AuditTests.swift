import Notation
import Storage
import StorageFixtures
import Testing

/// The chain is whole after any number of writers, and tells where it was tampered with.
@Suite struct AuditTests {
  static func fill(_ database: any Database, rows: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for n in 0..<rows {
        group.addTask {
          try await database.write { transaction in
            transaction.record(.of(n % 2 == 0 ? 4 : 3, "mark.saved", item: "\(n)", before: nil, after: "\(n)\n"))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the chains of many writers are whole`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Self.fill(database, rows: 300)
      #expect(try await AuditChain.authorities(in: database) == [ID(3), ID(4)])
      for authority in [ID(3), ID(4)] {
        let verdict = try await AuditChain.verify(authority, in: database, portion: 40)
        #expect(verdict == AuditVerdict(authority: authority, good: 150, fault: nil))
      }
      let none = try await AuditChain.verify(ID(9), in: database)
      #expect(none == AuditVerdict(authority: ID(9), good: 0, fault: nil))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `many entries of one write stand in their order`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { transaction in
        for n in 0..<1000 { transaction.record(.of(Int64(n % 200), "bulk", item: "\(n)")) }
      }
      for authority: Int64 in [0, 77, 199] {
        let verdict = try await AuditChain.verify(ID(authority), in: database)
        #expect(verdict == AuditVerdict(authority: ID(authority), good: 5, fault: nil))
        let items = try await database.read { transaction in
          try transaction.rows("SELECT item FROM audit WHERE authority = $1 ORDER BY number", [.integer(authority)])
            .map { try $0.text("item") }
        }
        #expect(items == (0..<5).map { "\($0 * 200 + Int(authority))" })
      }
    }
  }

  static let tamperings: [(sql: [String], number: Int64, kind: AuditVerdict.Fault.Kind)] = [
    (["UPDATE audit SET after_value = 'x' WHERE authority = 4 AND number = 7"], 7, .changed),
    (["UPDATE audit SET at = at + 1 WHERE authority = 4 AND number = 1"], 1, .changed),
    (["UPDATE audit SET account = NULL WHERE authority = 4 AND number = 20"], 20, .changed),
    (
      ["UPDATE audit SET before_value = after_value, after_value = NULL WHERE authority = 4 AND number = 5"], 5,
      .changed
    ),
    (["DELETE FROM audit WHERE authority = 4 AND number = 11"], 11, .missing),
    (["DELETE FROM audit WHERE authority = 4 AND number = 20"], 20, .missing),
    (["DELETE FROM audit WHERE authority = 4 AND number = 1"], 1, .missing),
    (
      [
        "UPDATE audit SET number = 99 WHERE authority = 4 AND number = 3",
        "UPDATE audit SET number = 3 WHERE authority = 4 AND number = 4",
        "UPDATE audit SET number = 4 WHERE authority = 4 AND number = 99",
      ], 3, .changed
    ),
    (
      [
        "DELETE FROM audit WHERE authority = 4 AND number > 15",
        "UPDATE audit_head SET number = 15 WHERE authority = 4",
      ], 16, .head
    ),
    (["DELETE FROM audit_head WHERE authority = 4"], 1, .head),
    (
      [
        "INSERT INTO audit SELECT authority, 21, at, account, appointment, address, request, action, object, item, "
          + "before_value, after_value, hash FROM audit WHERE authority = 4 AND number = 20"
      ], 21, .head
    ),
  ]

  @Test(arguments: TestDatabases.engines)
  func `the first row that isn't as it was written is named`(engine: Engine) async throws {
    for tampering in Self.tamperings {
      try await TestDatabases.with(engine) { database in
        try await Self.fill(database, rows: 40)
        for sql in tampering.sql { try await database.run(sql) }
        let verdict = try await AuditChain.verify(ID(4), in: database, portion: 6)
        #expect(verdict.fault?.number == tampering.number, "\(tampering.sql)")
        #expect(verdict.fault?.kind == tampering.kind, "\(tampering.sql)")
        #expect(try await AuditChain.verify(ID(3), in: database).fault == nil)
      }
    }
  }
}
