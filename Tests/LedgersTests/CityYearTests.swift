import Documents
import Fixtures
import Foundation
import Ledgers
import Notation
import Policies
import Rules
import StorageFixtures
import Testing

@testable import Storage

/// All figures of a city at once.
@Suite struct CityYearTests {
  static let groups = 46

  /// So many groups of three schools with the records of a year, put in as they are kept.
  static func fill(_ database: any Database) async throws {
    try await database.write { transaction in
      try LedgerCity.fill(transaction)
      for group in 0..<groups {
        let id = 1_000 + Int64(group)
        try transaction.run(
          "INSERT INTO school_group (id, authority, code, name, created_at) VALUES ($1, 11, $2, $2, 0)",
          [.integer(id), .text("x\(group)")])
        for row in 0..<120 {
          let kind = ["meetings", "research", "activities", "training", "guidance", "awards"][row % 6]
          let school: Int64 = kind == "awards" ? 1 + Int64(row % 3) : 0
          try transaction.run(
            """
            INSERT INTO ledger_record
              (authority, id, grp, school, kind, first_day, last_day, content, version, at)
            VALUES (11, $1, $2, $3, $4, '2021-10-08', '2021-10-08', $5, 1, 0)
            """,
            [
              .integer(id * 1_000 + Int64(row)), .integer(id), .integer(school), .text(kind),
              .text(
                """
                {"day":"2021-10-08","kind":["theme"],"title":"第\(row)次","subject":["chinese"],"recorded":true,\
                "schools":["1","2","3"],"of":["teachers"],"level":["city"]}
                """),
            ])
        }
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the year of a whole city is read in one statement, and every figure of it computed`(engine: Engine) async throws
  {
    try await TestDatabases.with(engine) { database in
      try await Self.fill(database)
      let policy = LedgerTown.policy("ankang-2022")
      let days = try #require(SchoolYearDays(2022, of: policy))
      let clock = ContinuousClock()
      let start = clock.now
      let found = try await database.read { try LedgerStore.found(within: ID(10), days, $0) }
      let read = clock.now
      #expect(found.values.count { !$0.records.isEmpty } == Self.groups)
      let bindings = Binding.all(of: policy)
      var values = 0
      for (group, one) in found {
        let year = GroupYear(
          group: group, days: days,
          schools: [1, 2, 3].map { LedgerSchool(id: ID($0), code: "", name: "", isLead: $0 == 1) },
          asked: AskedDocument.all(of: policy), terms: RecordTerms(policy), records: one.records,
          statements: one.statements)
        for binding in bindings {
          let scope = MetricScope(year, school: nil, need: binding.need, with: binding.with)
          if Binding.reading(from: binding.from, scope)?.value != nil { values += 1 }
        }
      }
      #expect(values >= Self.groups * 4)
      if ProcessInfo.processInfo.environment["JUNHENG_MEASURE"] != nil {
        print(
          "\(engine): \(found.values.map(\.records.count).reduce(0, +)) records read \(read - start), figures \(clock.now - read)"
        )
      }
    }
  }
}
