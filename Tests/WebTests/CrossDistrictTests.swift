import HTTPTypes
import Notation
import Registry
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Group 31 answers to district 11, its lead school to district 12, one of its members to a third, 13.
@Suite struct CrossDistrictTests {
  /// The office of district 13.
  static let third = TestPerson.foreignCity

  private static func ready(_ test: TestSite) async throws -> TestYear {
    let now = test.clock.now
    try await test.site.database.write { transaction in
      try RegistryStore.add(
        Authority(id: ID(13), parent: ID(10), level: .district, code: "a13", name: "教育局13"), at: now, by: .program,
        transaction)
      try transaction.run("UPDATE school SET authority = 12 WHERE id = 21")
      try transaction.run("UPDATE school SET authority = 13 WHERE id = 23")
      try transaction.run("UPDATE appointment SET authority = 13 WHERE id = $1", [.id(third.appointment)])
    }
    return try TestYear.current(test)
  }

  @Test(arguments: TestDatabases.engines)
  func `both districts see the group, the lead school's evaluates it, a third sees nothing`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let year = try await Self.ready(test)
      try await year.submit(31, "self", by: .lead)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let people: [TestPerson] = [.district, .otherDistrict, Self.third]
      func statuses(_ path: String) async throws -> [Int] {
        var statuses: [Int] = []
        for person in people { statuses.append(try await test.ask(person, .get, path).status) }
        return statuses
      }
      let own = try await SheetTests.sheet(test, group: 31, stage: "self")
      let open = try await SheetTests.sheet(test, group: 31, stage: "preliminary")
      #expect(try await statuses(year.path("groups/31")) == [200, 200, 404])
      #expect(try await statuses("/sheets/10/\(own)") == [200, 200, 404])
      // What is open is the business of who carries it out.
      #expect(try await statuses("/sheets/10/\(open)") == [404, 200, 404])
      for (person, sees) in zip(people, [true, true, false]) {
        for path in [year.path("groups"), "/search?q=31"] {
          let page = try await test.ask(person, .get, path)
          // That one of its schools belongs to the group a district finds in the registry, as far as that goes.
          #expect(page.text.contains("\(year.path("groups/31"))\"") == sees, "\(person) \(path)")
        }
      }
      // On the start page and the dashboard it stands beside the district's own group, once.
      let dashboard = try await test.ask(.otherDistrict, .get, "/")
      #expect(dashboard.text.contains("第31教育集团") && dashboard.text.contains("第32教育集团"))
      let form = [("f:group/exchange_rate", "9"), ("v:group/exchange_rate", "0"), ("v:choice", "0")]
      for (person, status) in zip(people, [404, 303, 404]) {
        #expect(try await test.ask(person, .post, "/sheets/10/\(open)/items/4", form: form).status == status)
      }
      // Whoever reaches a group in two ways has it once.
      let editions = test.site.editions
      for (person, groups) in [(TestPerson.city, [33, 31, 32]), (.otherDistrict, [31, 32])] as [(TestPerson, [Int64])] {
        let ids = try await test.site.database.read { transaction in
          let cycle = try #require(try CycleStore.cycle(authority: TestSite.city, year.cycle, editions, transaction))
          return try OverviewStore.overview(of: cycle, for: person.appointment, at: test.clock.now, transaction)
            .groups.map(\.id.number)
        }
        #expect(ids == groups)
      }
    }
  }

  @Test func `the lead school's district recommends the group`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await year.handIn(31, "self")
      try await year.handIn(31, "preliminary", grade: "良好")
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let path = year.path("recommendation/recommend")
      for (person, status) in [(TestPerson.district, 403), (Self.third, 404), (.otherDistrict, 303)] {
        #expect(
          try await test.ask(person, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告另送")]).status == status,
          "\(person)")
      }
      #expect(try await year.sheets("final") == [31])
    }
  }
}
