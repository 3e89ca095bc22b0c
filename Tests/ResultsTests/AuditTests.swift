import Notation
import StorageFixtures
import Testing

@testable import Storage

@Suite struct AuditTests {
  @Test(arguments: TestDatabases.engines)
  func `everything about results stands in the chain, which is gone through in portions`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(ComputingTests.first)
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 3))
      try await year.reopen(because: "核对", at: year.day(11, 4))
      try await year.confirm(at: year.day(11, 5))
      try await year.publish(at: year.day(11, 15))
      func lines(_ filter: AuditFilter) async throws -> [AuditLine] {
        try await city.database.read { try AuditStore.rows(of: SmallCity.authority, filter, $0) }
      }
      let about = try await lines(AuditFilter(object: "cycle/2022", count: 20))
      #expect(
        about.map(\.action) == [
          "results.published", "results.confirmed", "results.reopened", "results.confirmed", "cycle.opened",
        ])
      #expect(try await lines(AuditFilter(account: "city", action: "tie.decided", count: 9)).count == 1)
      #expect(
        try await lines(AuditFilter(object: "cycle", from: Day("2022-11-04"), to: Day("2022-11-04"), count: 9)).count
          == 1)
      let page = try await lines(AuditFilter(count: 3))
      #expect(try await lines(AuditFilter(before: page[2].number, count: 1)).first?.number == page[2].number - 1)
      let names = try await city.database.read {
        try AuditStore.names(of: ["cycle/2022", "account/1", "group/31"], $0)
      }
      #expect(names.names == ["cycle/2022": "2022", "account/1": "city city", "group/31": "第31教育集团"])
      let end = try #require(page.first?.number)
      let now = year.day(12, 1)
      let part = try #require(
        try await AuditChecks.goOn(SmallCity.authority, at: now, by: .program, most: 7, in: city.database))
      #expect(part.good == 7 && !part.isFinished && part.last == end)
      let whole = try #require(
        try await AuditChecks.goOn(SmallCity.authority, at: now, by: .program, most: 5000, in: city.database))
      #expect(whole.isFinished && whole.fault == nil && whole.good == end)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a changed row is found and named`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(ComputingTests.first)
      try await city.database.write {
        try $0.run("UPDATE audit SET after_value = 'x' WHERE authority = 10 AND number = 9")
      }
      let check = try await AuditChecks.goOn(
        SmallCity.authority, at: year.day(12, 1), by: .program, most: 5000, in: city.database)
      #expect(check?.good == 8 && check?.fault == .changed && check?.isFinished == true)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `chains are read within the authority's bounds`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      _ = try await city.open(2022)
      func chains(_ worker: Worker) async throws -> [Int64] {
        try await city.database.read { try AuditStore.chains(for: worker.appointment, $0).map(\.authority.number) }
      }
      #expect(try await chains(.supervisor) == [10, 11, 12])
      #expect(try await chains(.foreignSupervisor) == [90])
      #expect(try await chains(.city) == [])
    }
  }
}
