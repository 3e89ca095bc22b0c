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

  static let policy = LedgerTown.policy("ankang-2022")

  /// So many groups of three schools with the records of a year, put in as they are kept.
  static func fill(_ database: any Database) async throws {
    try await database.write { transaction in
      try LedgerCity.fill(transaction)
      for group in 0..<groups {
        let id = 1_000 + Int64(group)
        try transaction.run(
          "INSERT INTO school_group (id, authority, code, name, created_at) VALUES ($1, 11, $2, $2, 0)",
          [.integer(id), .text("x\(group)")])
        for school in 1...3 as ClosedRange<Int64> {
          try transaction.run(
            "INSERT INTO membership (grp, school, role, since) VALUES ($1, $2, $3, '2020-09-01')",
            [.integer(id), .integer(school), .text(school == 1 ? "lead" : "member")])
        }
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
  func `the year of a whole city, read at once, says of each group what its own reading says`(
    engine: Engine
  ) async throws {
    try await TestDatabases.with(engine) { database in
      try await Self.fill(database)
      let (editions, bindings) = (PolicyEditions(), Binding.all(of: Self.policy))
      let ledgers = try await database.read {
        try #require(
          try LedgerStore.ledgers(of: .within(ID(10)), year: 2022, today: LedgerCity.today, editions, $0))
      }
      #expect(ledgers.count == Self.groups + 2)
      var values = 0
      for ledger in ledgers {
        let group = ledger.ground.group
        let alone = try await database.read { transaction in
          let ground = try #require(
            try LedgerStore.ground(
              group: group, year: 2022, for: LedgerCity.Person.city.appointment, today: LedgerCity.today, editions,
              transaction))
          return ground.year(try LedgerStore.found(group: group, ground.days, transaction))
        }
        let (one, other) = (YearFigure.all(bindings, ledger.year), YearFigure.all(bindings, alone))
        #expect(one.map { $0.reading?.value } == other.map { $0.reading?.value })
        #expect(one.map { Set($0.reading?.rows ?? []) } == other.map { Set($0.reading?.rows ?? []) })
        #expect(one.map { $0.school?.name } == other.map { $0.school?.name })
        values += one.count { $0.reading?.value != nil }
      }
      #expect(values >= Self.groups * 4)
    }
  }
}
