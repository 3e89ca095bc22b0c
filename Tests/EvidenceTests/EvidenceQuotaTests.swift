import Cycles
import Notation
import Storage
import StorageFixtures
import Testing

@Suite struct EvidenceQuotaTests {
  @Test(arguments: TestDatabases.engines)
  func `a group adds in a year's cycle no more than its quota, whichever year a file speaks for`(
    engine: Engine
  ) async throws {
    try await Year.with(engine) { year in
      let size = Year.file("甲").size
      let quota = size * 2
      let full = EvidenceFault.closed(Message("evidence.quota", ["used": .count(0), "most": .count(0)]))
      _ = try await year.add(.lead, "甲", as: 1, quota: quota)
      #expect(try await year.add(.lead, "甲", as: 2, to: [EvidencePlace(item: "5")], quota: quota).isKnown)
      _ = try await year.add(.lead, "乙", as: 3, year: 2023, quota: quota)
      await #expect(throws: full) { try await year.add(.member, "丙", as: 4, quota: quota) }
      await #expect(throws: full) { try await year.add(.lead, "丙", as: 4, year: 2025, quota: quota) }
      // What was withdrawn is kept, and counts.
      try await year.withdraw(.lead, 1)
      await #expect(throws: full) { try await year.add(.lead, "丙", as: 4, quota: quota) }
      #expect(try await year.add(.lead, "丙", as: 4, quota: quota + size).isKnown == false)
    }
  }
}
