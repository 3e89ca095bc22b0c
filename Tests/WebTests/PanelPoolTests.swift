import Cycles
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Which posts of an expert stand in the way.
@Suite struct PoolDaysTests {
  @Test(arguments: TestDatabases.engines)
  func `a post that ended before the year doesn't count, one held on any of its days does`(engine: Engine) async throws
  {
    try await TestSite.with(engine) { test in
      let (first, last) = (try #require(Day("2025-09-01")), try #require(Day("2026-08-31")))
      func ties(_ since: String, _ until: String?) async throws -> Int {
        let account = TestPerson.expertA.account
        try await test.site.database.write { transaction in
          try transaction.run("DELETE FROM appointment WHERE id = 9001")
          try transaction.run(
            """
            INSERT INTO appointment (id, account, role, school, since, until, created_at)
            VALUES (9001, $1, 'member', 22, $2, $3, 0)
            """, [.id(account), .text(since), .optional(until)])
        }
        let pool = try await test.site.database.read {
          try PanelStore.pool(
            within: TestPerson.city.appointment, during: first...last, on: test.clock.now.day, $0)
        }
        return pool.first { $0.account == account }?.ties.count { $0.seat.school == ID(22) } ?? -1
      }
      for (since, until, count) in [
        ("2020-01-01", "2025-09-01", 0), ("2020-01-01", "2025-09-02", 1), ("2026-08-31", nil, 1),
        ("2026-09-01", nil, 0),
      ] as [(String, String?, Int)] {
        let found = try await ties(since, until)
        #expect(found == count, "\(since)")
      }
    }
  }
}
