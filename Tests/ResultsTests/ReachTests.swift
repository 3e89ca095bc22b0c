import Notation
import Policies
import Publishing
import StorageFixtures
import Testing

@testable import Storage

/// Who sees which results from when.
@Suite struct ReachTests {
  private func seen(_ city: SmallCity, _ edition: Int, by worker: Worker?) async throws -> [Int64] {
    try await city.database.read {
      try ResultsStore.list(
        edition, authority: SmallCity.authority, cycle: ID(2022), ResultFilter(count: 50), within: .all,
        for: worker?.appointment, $0
      ).rows.map(\.group.number).sorted()
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a draft is seen by the office and supervision, and its own row by the lead school`(engine: Engine) async throws
  {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(ComputingTests.first)
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 3))
      let all: [Int64] = [31, 32, 33, 34]
      let expected: [(Worker?, [Int64])] = [
        (.city, all), (.supervisor, all), (.lead, [31]), (.otherLead, [33]), (.member, []), (.east, []), (.west, []),
        (.stranger, []), (.foreignSupervisor, []), (nil, []),
      ]
      for (worker, groups) in expected {
        #expect(try await seen(city, 0, by: worker) == groups, "\(String(describing: worker))")
      }
      try await year.publish(at: year.day(11, 12))
      for worker in Worker.allCases { #expect(try await seen(city, 1, by: worker) == all) }
      #expect(try await seen(city, 1, by: nil) == all)
      // A correction under way is nobody's but the office's, the lead school's included.
      try await year.reopen(because: "更正", at: year.day(11, 20))
      try await year.correct(31, SmallMarks(90, 30), at: year.day(11, 21))
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 22))
      #expect(try await seen(city, 0, by: .lead) == [])
      #expect(try await seen(city, 0, by: nil) == [])
      #expect(try await seen(city, 0, by: .city) == all)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `schools see their own years, the draft only while it may be objected to`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(ComputingTests.first)
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 3))
      func own(_ worker: Worker) async throws -> [String] {
        try await city.database.read {
          try ResultsStore.ownYears(for: worker.appointment, $0).map { "\($0.result.group)/\($0.year)/\($0.edition)" }
        }
      }
      #expect(try await own(.lead) == ["31/2022/0"])
      #expect(try await own(.member) == [])
      try await year.publish(at: year.day(11, 12))
      #expect(try await own(.lead) == ["31/2022/1"])
      #expect(try await own(.member) == ["31/2022/1"])
      #expect(try await own(.otherLead) == ["33/2022/1"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `lists filter, count and page in the database`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(ComputingTests.first)
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 3))
      try await year.publish(at: year.day(11, 12))
      func list(_ filter: ResultFilter) async throws -> ([Int64], Int) {
        try await city.database.read {
          let list = try ResultsStore.list(
            1, authority: SmallCity.authority, cycle: ID(2022), filter, within: .all, for: nil, $0)
          return (list.rows.map(\.group.number), list.matching)
        }
      }
      #expect(try await list(ResultFilter(count: 2)) == ([31, 32], 4))
      #expect(try await list(ResultFilter(offset: 2, count: 2)) == ([33, 34], 4))
      #expect(try await list(ResultFilter(district: "教育局12", count: 9)) == ([33, 34], 2))
      #expect(try await list(ResultFilter(form: "loose", count: 9)) == ([34], 1))
      #expect(try await list(ResultFilter(grade: "良好", count: 9)) == ([32, 33], 2))
      #expect(try await list(ResultFilter(name: "第3%", count: 9)) == ([], 0))
      #expect(try await list(ResultFilter(name: "第3", count: 9)).1 == 4)
      let facets = try await city.database.read {
        try ResultsStore.facets(1, authority: SmallCity.authority, cycle: ID(2022), for: nil, $0)
      }
      #expect(facets.count == 4 && facets.count(grade: "良好") == 2 && facets.districts == ["教育局11", "教育局12"])
    }
  }
}
