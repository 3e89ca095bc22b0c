import Fixtures
import Notation
import People
import Registry
import Storage
import StorageFixtures
import Testing

@Suite struct RegistryStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `what was imported is exported the same, and changes nothing when it comes again`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      try await database.read { transaction in
        let city = try Stored.id("authority", "610900", transaction)
        for table in RegistryTable.allCases {
          let stored = try RegistryRowsStore.rows(of: table, within: city, transaction).map(\.values)
          #expect(Set(stored) == Set(Stored.city[table] ?? []), "\(table)")
        }
        let again = try RegistryImport(transaction).plan(Stored.rows(Stored.city), for: .program)
        #expect(again.changes.isEmpty && again.problems.isEmpty)
        #expect(again.unchanged == Stored.city.values.reduce(0) { $0 + $1.count })
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `coverage counted by the database is the one counted by hand`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      try await database.read { transaction in
        let city = try Stored.id("authority", "610900", transaction)
        let (hanbin, zone) = (
          try Stored.id("authority", "610902", transaction), try Stored.id("authority", "610900G", transaction)
        )
        func coverage(_ day: String, area: String? = nil) throws -> [ID: Coverage] {
          try CoverageStore.coverage(
            within: city, on: #require(Day(day)), year: 2024, area: area, transaction)
        }
        let now = try coverage("2024-01-15")
        // 一小 in two groups counts once, 四小 is still there, 三中 counts with its junior pupils.
        #expect(now[hanbin]?.schools == 3 && now[hanbin]?.covered == 2 && now[hanbin]?.weak == 1)
        #expect(now[hanbin]?.coveredPupils == 880 && now[hanbin]?.pupils == 1180 && now[hanbin]?.uncounted == 1)
        #expect(now[zone]?.schools == 1 && now[zone]?.covered == 1 && now[zone]?.pupils == 700)
        #expect(now[city]?.schools == 1 && now[city]?.new == 1 && now[city]?.newCovered == 0)
        // After the merger, and after the second group was dissolved.
        #expect(try coverage("2024-03-01")[hanbin]?.schools == 2)
        #expect(try coverage("2025-01-01")[zone]?.covered == 0)
        // In 2022 二校 answered to the zone.
        #expect(try coverage("2022-10-01")[zone]?.schools == 2)
        #expect(try coverage("2024-01-15", area: "central").keys.sorted() == [hanbin])
        #expect(try coverage("1980-01-01").isEmpty)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the database and the plain values agree on every day, with its steps and without`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      #expect(try await database.read { try $0.rows("SELECT authority FROM coverage_fresh").count } == 3)
      try await agree(database)
      try await database.write { try $0.run("DELETE FROM coverage_fresh") }
      try await agree(database)
    }
  }

  private func agree(_ database: any Database) async throws {
    try await database.read { transaction in
      let city = try Stored.id("authority", "610900", transaction)
      let book = try RegistryBookStore.book(within: city, transaction)
      let years = try SchoolYearStore.years(within: city, 2000...2030, transaction)
      for month in 0..<60 {
        let day = Day(daysSince1970: 19_000 + month * 31)
        let then = book.on(day)
        var pupils: [ID: Int] = [:]
        let year = day.schoolYear(startingOn: DayOfYear(month: 9, day: 1))
        for school in then.schools {
          let registered = school.stages.isSubset(of: .compulsory) ? school.pupils : nil
          pupils[school.id] =
            years[year]?[school.id].map { $0.compulsoryPupils(school.stages) ?? nil } ?? registered
        }
        let plain = then.coverage(pupils: pupils)
        #expect(
          try CoverageStore.coverage(within: city, on: day, year: year, transaction) == plain, "\(day.text)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the book has the histories`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      try await database.read { transaction in
        let city = try Stored.id("authority", "610900", transaction)
        let book = try RegistryBookStore.book(within: city, transaction)
        #expect(book.authorities.count == 3 && book.authorities.contains { $0.isZone })
        let merged = try #require(book.schools.first { $0.code == "2161000004" })
        let kept = try #require(book.schools.first { $0.code == "2161000001" })
        let last = try #require(Day("2024-03-01"))
        #expect(merged.end == School.End(day: last, kind: .merged, successors: [kept.id]))
        let earlier = book.on(try #require(Day("2022-12-31")))
        let then = try #require(earlier.schools.first { $0.code == "2161000002" })
        #expect(then.name == "二校" && then.location == .rural)
        let group = try #require(book.groups.first { $0.code == "G1" })
        let summer = try #require(Day("2023-08-31"))
        #expect(group.form == "integrated" && group.on(summer)?.form == "entrusted")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `changes are taken over, rows removed, and each is in the log with its reason`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      let before = try await database.read { try $0.row("SELECT COUNT(*) AS n FROM audit")?.int("n") ?? 0 }
      try await database.write { transaction in
        var rows = Stored.rows([
          .schools: [
            Stored.school("2161000002", "第二小学", "610902", "primary", pupils: "310")
          ], .authorities: [["610900G", "高新区", "district", "610900", "yes", "2026-01-01", "610902"]],
        ])
        rows[.schoolFlags] = [RegistryRow(["2161000002", "weak", nil, "2020-01-01", nil], removes: true, line: 3)]
        let imports = RegistryImport(transaction)
        let plan = try imports.plan(rows, for: .program)
        #expect(plan.problems.isEmpty && plan.changes.map(\.state) == [.changed, .changed, .removed])
        try imports.store(plan, reason: "更名", ids: Stored.ids, by: .program, at: Stored.now)
      }
      try await database.read { transaction in
        let city = try Stored.id("authority", "610900", transaction)
        let book = try RegistryBookStore.book(within: city, transaction)
        let school = try #require(book.schools.first { $0.code == "2161000002" })
        #expect(school.name == "第二小学" && school.pupils == 310 && school.flags.isEmpty)
        #expect(book.authorities.first { $0.isZone }?.ended == Day("2026-01-01"))
        let rows = try transaction.rows("SELECT action, after_value FROM audit ORDER BY authority, number")
        #expect(rows.count == before + 3)
      }
    }
  }

  private func rename(_ code: String, _ name: String, in database: any Database) async throws {
    try await database.write { transaction in
      _ = try transaction.run("UPDATE school SET name = $1 WHERE code = $2", [.text(name), .text(code)])
      let city = try Stored.id("authority", "610900", transaction)
      transaction.record(
        AuditEntry(authority: city, at: Stored.now, actor: .program, action: "school.changed", object: "school/1"))
    }
  }

  private func planned(_ database: any Database) async throws -> AcceptedPlan {
    let school = Stored.school("2161000002", "第二小学", "610902", "primary", pupils: "310")
    let planned = try await database.read {
      try RegistryImport($0).planned(Stored.rows([.schools: [school]]), for: .program)
    }
    return try AcceptedPlan(planned, reason: "更名", ids: Stored.ids, by: .program, at: Stored.now)
  }

  private func names(_ database: any Database) async throws -> [String] {
    try await database.read { try $0.rows("SELECT name FROM school ORDER BY code").map { try $0.text("name") } }
  }

  @Test(arguments: TestDatabases.engines)
  func `a plan made before its write holds unless somebody changed what it names`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      try await Stored.fill(database)
      // Changed beneath it.
      let stale = try await planned(database)
      try await rename("2161000002", "二小学", in: database)
      await #expect(throws: RegistryMoved.self) {
        try await database.write { try RegistryImport($0).store(stale) }
      }
      let kept = try await names(database)
      #expect(kept.contains("二小学") && !kept.contains("第二小学"))
      // Somebody else's school.
      let sound = try await planned(database)
      try await rename("2161000001", "第一小学", in: database)
      try await database.write { try RegistryImport($0).store(sound) }
      let stored = try await names(database)
      #expect(stored.contains("第二小学") && stored.contains("第一小学"))
    }
  }

  @Test func `lists are narrowed, as of a day`() async throws {
    try await TestDatabases.with(.sqlite) { database in
      try await Stored.fill(database)
      try await database.read { transaction in
        let city = try Stored.id("authority", "610900", transaction)
        let post = Viewer.Post(
          appointment: ID(1), role: .office, authority: city, authorityName: "", level: "city", school: nil,
          schoolName: nil)
        let reach = RegistryReach(post)
        let day = try #require(Day("2024-01-15"))
        func schools(_ change: (inout RegistryFilter) -> Void) throws -> [String] {
          var filter = RegistryFilter()
          change(&filter)
          return try RegistryLists.schools(filter, on: day, for: reach, transaction).rows.map(\.name)
        }
        #expect(try schools { _ in }.count == 5)
        #expect(try schools { $0.state = .uncovered } == ["二小", "五校"])
        #expect(try schools { $0.state = .weak } == ["二小"])
        #expect(try schools { $0.words = "三" } == ["三中"])
        #expect(try schools { $0.stage = .junior } == ["五校", "三中"])
        let then = try RegistryLists.schools(
          RegistryFilter(), on: #require(Day("2022-10-01")), for: reach, transaction
        ).rows.map(\.name)
        #expect(then.contains("二校") && !then.contains("二小"))
        var beyond = RegistryFilter()
        beyond.page = 99
        let whole = try RegistryLists.schools(RegistryFilter(), on: day, for: reach, transaction).total
        let (late, none) = (
          try RegistryLists.schools(beyond, on: day, for: reach, transaction).total, try schools { $0.words = "_" }
        )
        #expect(late == whole && whole > 0 && none.isEmpty)
        let groups = try RegistryLists.groups(RegistryFilter(), on: day, for: reach, transaction)
        #expect(groups.total == 2 && groups.rows.map(\.schools) == [2, 2] && groups.rows.map(\.authorities) == [1, 2])
      }
    }
  }
}
