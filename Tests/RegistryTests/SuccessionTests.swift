import Fixtures
import Notation
import Registry
import Storage
import StorageFixtures
import Testing

/// Pupils of schools that were merged in the middle of a year.
@Suite struct SuccessionTests {
  /// 甲 (500) went to 乙 (900) on 1 March 2026, which went with them to the new 丙 on 1 September 2026; 丁 (80) was split
  /// to 乙 and 戊 (100, elsewhere).
  static func tables(_ later: [[String?]] = []) -> [RegistryTable: [[String?]]] {
    func school(_ number: Int, _ name: String, _ authority: String, _ pupils: String?, _ life: [String?]) -> [String?] {
      [
        "216100000\(number)", name, authority, "primary", "public", "urban", nil, nil, pupils, life[0], life[1],
        life[2],
      ]
    }
    func year(_ school: Int, _ year: String, _ pupils: String) -> [String?] {
      ["216100000\(school)", year, "primary", pupils, nil] + Array(repeating: nil, count: 7)
    }
    return [
      .authorities: [
        ["610900", "安康市", "city", nil, nil, nil, nil], ["610902", "汉滨区", "district", "610900", nil, nil, nil],
        ["610921", "汉阴县", "district", "610900", nil, nil, nil],
      ],
      .schools: [
        school(1, "甲", "610921", "450", [nil, "2026-03-01", "merged"]),
        school(2, "乙", "610902", "850", [nil, "2026-09-01", "merged"]),
        school(3, "丙", "610902", nil, ["2026-09-01", nil, nil]),
        school(4, "丁", "610902", "80", [nil, "2026-03-01", "split"]),
        school(5, "戊", "610921", "100", [nil, nil, nil]),
      ],
      .schoolSuccessors: [
        ["2161000001", "2161000002"], ["2161000002", "2161000003"], ["2161000004", "2161000002"],
        ["2161000004", "2161000005"],
      ],
      .groups: [["G1", "集团", "610902", nil, nil, nil, "2020-09-01", nil]],
      .memberships: [
        ["G1", "2161000002", "lead", "2020-09-01", nil], ["G1", "2161000003", "member", "2026-09-01", nil],
      ],
      .years: [year(1, "2026", "500"), year(2, "2026", "900")] + later,
    ]
  }

  static func with(
    _ engine: Engine, _ later: [[String?]] = [], _ body: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { transaction in
        let imports = RegistryImport(transaction)
        // One after another, as the registry grows: what is kept of coverage must follow.
        for table in RegistryTable.allCases {
          let plan = try imports.plan(
            Stored.rows(
              [table: tables(later)[table] ?? []].merging(
                table == .schools ? [.schoolSuccessors: tables()[.schoolSuccessors] ?? []] : [:]
              ) { a, _ in a }), for: .program)
          #expect(plan.problems.isEmpty, "\(plan.problems.map(\.what))")
          try imports.store(plan, reason: nil, ids: Stored.ids, by: .program, at: Stored.now)
        }
      }
      try await database.read { try body($0) }
      try await database.write { try $0.run("DELETE FROM coverage_fresh") }
      try await database.read { try body($0) }
    }
  }

  private static func sums(_ day: String, _ transaction: any Transaction) throws -> [String: [Int]] {
    let day = try #require(Day(day))
    let city = try Stored.id("authority", "610900", transaction)
    let year = day.schoolYear(startingOn: CoverageStepStore.start)
    let counts = try CoverageStore.coverage(within: city, on: day, year: year, transaction)
    return try ["610902", "610921"].reduce(into: [:]) { sums, code in
      let one = counts[try Stored.id("authority", code, transaction)] ?? Coverage()
      sums[code] = [one.pupils, one.coveredPupils, one.uncounted]
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `pupils of a merged school count with its successor until that counts its own`(engine: Engine) async throws {
    try await Self.with(engine) { transaction in
      let (before, after, next) = (
        try Self.sums("2026-02-28", transaction), try Self.sums("2026-03-01", transaction),
        try Self.sums("2026-09-01", transaction)
      )
      #expect(before == ["610902": [980, 900, 0], "610921": [600, 0, 0]])
      // 乙 takes 甲 and, as the first of two, 丁.
      #expect(after == ["610902": [1480, 1480, 0], "610921": [100, 0, 0]])
      // 丙 opened in place of 乙 and has no count yet.
      #expect(next == ["610902": [1480, 1480, 0], "610921": [100, 0, 0]])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `its next yearly count stands for itself`(engine: Engine) async throws {
    let own: [String?] = ["2161000003", "2027", "primary", "1400", nil] + Array(repeating: nil, count: 7)
    try await Self.with(engine, [own]) { transaction in
      let next = try Self.sums("2026-09-01", transaction)
      #expect(next == ["610902": [1400, 1400, 0], "610921": [100, 0, 0]])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the list behind says whose pupils some are`(engine: Engine) async throws {
    try await Self.with(engine) { transaction in
      let day = try #require(Day("2026-09-01"))
      let heir = try Stored.id("school", "2161000003", transaction)
      let counted = try #require(try CoverageStore.counted([heir], on: day, year: 2027, transaction)[heir])
      #expect(counted.pupils == 1480)
      #expect(counted.gone.map(\.name) == ["甲", "丁", "乙"] && counted.gone.map(\.pupils) == [500, 80, 900])
      let city = try Stored.id("authority", "610900", transaction)
      let book = try RegistryBookStore.book(within: city, transaction)
      let years = try SchoolYearStore.years(within: city, 2000...2030, transaction)
      let succession = Succession(book.schools, years: years)
      #expect(succession.gone(to: heir, on: day, year: 2027) == counted.gone)
    }
  }
}
