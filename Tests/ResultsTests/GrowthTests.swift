import Notation
import Publishing
import StorageFixtures
import Testing

@testable import Storage

@Suite struct GrowthTests {
  private func total(_ group: Int64, _ district: String, _ year: Int, _ total: Exact) -> Growth.Total {
    Growth.Total(group: ID(group), name: "集团\(group)", district: district, year: year, total: total)
  }

  private var growth: Growth {
    Growth([
      total(1, "甲区", 2022, 60), total(2, "甲区", 2022, 80), total(3, "乙区", 2022, 70),
      total(1, "甲区", 2023, .decimal("71")), total(2, "甲区", 2023, .decimal("81.5")), total(3, "乙区", 2023, 66),
      total(4, "乙区", 2023, 90),
    ])
  }

  @Test func `a spread tells the highest, the median, the lowest and how far apart they are`() throws {
    let spread = try #require(Growth.Spread([80, 60, 70, 90]))
    #expect(spread.count == 4)
    #expect([spread.highest, spread.median, spread.lowest, spread.gap] == [90, 75, 60, 30])
    // The standard deviation is the root of 125, the mean 75.
    #expect(spread.coefficient == .decimal("0.1491"))
    #expect(Growth.Spread([]) == nil)
    #expect(Growth.Spread([50])?.coefficient == .zero)
    #expect(Growth.Spread([0, 0])?.coefficient == nil)
  }

  @Test func `a district grows by what its groups gained, and its gap is compared for the same groups`() throws {
    #expect(growth.years == [2022, 2023])
    // Of the second district only one group has both years.
    let district = try #require(growth.districts.first)
    #expect(growth.districts.count == 1 && district.name == "甲区" && district.count == 2)
    #expect(district.growth == .decimal("6.25"))
    // 10 ÷ 70 before, 5.25 ÷ 76.25 after.
    #expect(district.change == .decimal("0.0689") - .decimal("0.1429"))
  }

  @Test func `a group gains from the first year it has a total of`() {
    #expect(Growth.gain([2021: 70, 2023: .decimal("69.5")]) == .decimal("-0.5"))
    #expect(Growth.gain([2023: 70]) == nil)
    #expect(Growth([total(1, "甲区", 2022, 60)]).districts.isEmpty)
  }

  @Test(arguments: TestDatabases.engines)
  func `totals come from what is published: of the edition shown, and the last of the years before`(
    engine: Engine
  ) async throws {
    try await SmallCity.with(engine) { city in
      let first = try await city.open(2022)
      try await first.pass(ComputingTests.first)
      try await first.decideAll()
      try await first.confirm(at: first.day(11, 3))
      func totals(_ year: SmallYear, _ edition: Int) async throws -> [String] {
        let cycle = try await year.stored()
        return try await city.database.read { try ResultsStore.totals(upTo: cycle, edition: edition, $0) }
          .filter { $0.group == ID(32) }.map { "\($0.year) \($0.total.plain)" }
      }
      // A draft isn't published.
      #expect(try await totals(first, 1) == [])
      try await first.publish(at: first.day(11, 12))
      let told = try await totals(first, 1)
      #expect(told.count == 1)
      try await first.reopen(because: "集团32第1项漏计", at: first.day(11, 20))
      try await first.correct(32, SmallMarks(100, 20), at: first.day(11, 21))
      try await first.decideAll()
      try await first.confirm(at: first.day(11, 21))
      #expect(try await first.publish(because: "集团32第1项漏计", at: first.day(11, 22)) == 2)
      #expect(try await totals(first, 1) == told)
      let corrected = try await totals(first, 2)
      #expect(corrected.count == 1 && corrected != told)
      let second = try await city.open(2023)
      #expect(try await totals(second, 1) == corrected)
    }
  }
}
