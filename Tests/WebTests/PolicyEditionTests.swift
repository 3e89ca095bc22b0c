import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct PolicyEditionTests {
  @Test(arguments: TestDatabases.engines)
  func `of many who want a policy at once, one reads it`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let edition = try await test.site.database.read { transaction in
        try #require(try transaction.row("SELECT edition FROM cycle WHERE id = 500")).text("edition")
      }
      let editions = PolicyEditions()
      test.counter.reset()
      let titles = try await withThrowingTaskGroup(of: String.self) { group in
        for number in 0..<8 {
          group.addTask {
            try await test.site.database.read { transaction in
              if number % 2 == 0 { _ = try editions.items(edition, transaction) }
              return try editions.policy(edition, transaction).title
            }
          }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(titles.count == 1)
      #expect(test.counter.all.count { $0.contains("FROM policy_edition") } == 1)
    }
  }

  @Test func `one that isn't there is asked for again`() async throws {
    try await TestSite.with { test in
      let editions = PolicyEditions()
      test.counter.reset()
      for _ in 0..<2 {
        await #expect(throws: DatabaseError.self) {
          _ = try await test.site.database.read { try editions.policy("none", $0).title }
        }
      }
      #expect(test.counter.all.count { $0.contains("FROM policy_edition") } == 2)
    }
  }
}
