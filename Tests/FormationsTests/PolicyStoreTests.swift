import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// Under which policy groups are formed.
@Suite struct FormationPolicyTests {
  @Test(arguments: TestDatabases.engines)
  func `the nearest authority's policy holds, the last one set before a cycle's`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      func holds(_ authority: Int64) async throws -> ID? {
        try await office.database.read { [editions = office.editions] in
          try FormationPolicyStore.inForce(for: ID(authority), editions, $0)?.authority
        }
      }
      let (near, far) = (try await holds(12), try await holds(19))
      #expect(near == ID(10) && far == nil)
      // What the city has set, its district doesn't leave.
      let left = await #expect(throws: CycleFault.self) {
        try await office.database.write { [editions = office.editions] in
          try FormationPolicyStore.set(
            PolicyEditions.Files(name: "x", files: [:]), title: "x", for: ID(202), at: Office.now, by: .program,
            editions, $0)
        }
      }
      #expect(left?.messages.map(\.key) == ["formation.fault.policyAbove"])
      await #expect(throws: CycleFault.forbidden) {
        try await office.database.write { [editions = office.editions] in
          try FormationPolicyStore.set(
            PolicyEditions.Files(name: "x", files: [:]), title: "x", for: ID(204), at: Office.now, by: .program,
            editions, $0)
        }
      }
    }
  }
}
