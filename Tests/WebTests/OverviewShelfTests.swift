import Cycles
import HTTPTypes
import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct OverviewShelfTests {
  /// The overview that is at hand, and the same read anew.
  private static func both(_ test: TestSite, _ shelf: OverviewShelf) async throws -> (CycleOverview, CycleOverview) {
    let (now, editions) = (test.clock.now, test.site.editions)
    return try await test.site.database.read { transaction in
      let key = (authority: TestSite.city, id: TestSite.cycle)
      let post = TestPerson.city.appointment
      let cycle = try #require(try CycleStore.choose(key, for: post, editions, transaction).cycle)
      return (
        try shelf.overview(of: cycle, for: post, at: now, transaction),
        try OverviewStore.overview(of: cycle, for: post, at: now, transaction)
      )
    }
  }

  private static func told(_ overview: CycleOverview) -> [String] {
    overview.groups.map { "\($0.id) \($0.sheets) \($0.vetoes) \($0.turn) \($0.progress)" } + ["\(overview.turn)"]
  }

  @Test(arguments: TestDatabases.engines)
  func `what is at hand says the same as what is read anew, and only changed groups are read`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let (year, shelf) = (try TestYear.current(test), OverviewShelf())
      let first = try await Self.both(test, shelf).0
      #expect(Set(first.groups.map(\.id)) == [ID(31), ID(32), ID(33)])
      let veto = try #require(year.policy.vetoes.first).id
      let laid = try await test.ask(
        .city, .post, year.path("vetoes"), form: [("group", "31"), ("veto", veto), ("reason", "停办")])
      #expect(laid.status == 303)
      let (second, anew) = try await Self.both(test, shelf)
      #expect(Self.told(second) == Self.told(anew))
      #expect(second.group(ID(31))?.vetoes.count == 1)
      #expect(second.group(ID(32)) === first.group(ID(32)) && second.group(ID(31)) !== first.group(ID(31)))
      let extended = try await test.ask(
        .city, .post, year.path("extensions"),
        form: [("stage", "self"), ("group", "33"), ("due", "2026-09-20"), ("reason", "停水")])
      #expect(extended.status == 303)
      let (third, again) = try await Self.both(test, shelf)
      #expect(Self.told(third) == Self.told(again))
      #expect(third.cycle.calendar.due("self", group: ID(33)) == Day("2026-09-20"))
      #expect(third.group(ID(31)) === second.group(ID(31)) && third.group(ID(33)) !== second.group(ID(33)))
      #expect(try await Self.both(test, shelf).0 === third)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `few groups and many are read alike`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (now, editions) = (test.clock.now, test.site.editions)
      for person in [TestPerson.city, .lead] {
        let told = try await test.site.database.read { transaction in
          let key = (authority: TestSite.city, id: TestSite.cycle)
          let cycle = try #require(try CycleStore.choose(key, for: person.appointment, editions, transaction).cycle)
          return try [(OverviewStore.Wanted.all, 64), (.all, 0), (.few, 64), (.few, 0)].map { wanted, most in
            Self.told(
              try OverviewStore.read(
                wanted, of: cycle, for: person.appointment, mostFew: most, at: now, transaction))
          }
        }
        #expect(Set(told).count == 1)
        #expect(told.first.map { $0.count > 1 } ?? false)
      }
    }
  }

  @Test func `what concerns the whole year is read as a whole`() async throws {
    try await TestSite.with { test in
      let (year, shelf) = (try TestYear.current(test), OverviewShelf())
      let first = try await Self.both(test, shelf).0
      let extended = try await test.ask(
        .city, .post, year.path("extensions"), form: [("stage", "self"), ("due", "2026-09-21"), ("reason", "停水")])
      #expect(extended.status == 303)
      let (second, anew) = try await Self.both(test, shelf)
      #expect(Self.told(second) == Self.told(anew))
      #expect(second.groups.allSatisfy { $0 !== first.group($0.id) })
    }
  }
}
