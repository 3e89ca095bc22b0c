import Crypto
import Documents
import Fixtures
import Notation
import Outcomes
import Publishing
import Scoring
import StorageFixtures
import Testing

@testable import Storage

@Suite struct EditionTests {
  /// A year up to the confirmation.
  private func confirmed(_ city: SmallCity) async throws -> SmallYear {
    let year = try await city.open(2022)
    try await year.pass(ComputingTests.first)
    try await year.decideAll()
    try await year.confirm(at: year.day(11, 3))
    return year
  }

  @Test(arguments: TestDatabases.engines)
  func `ties and choices wait for a recorded decision`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass([
        31: SmallMarks(95, 30), 32: SmallMarks(80, 20), 33: SmallMarks(80, 20), 34: SmallMarks(20, 5),
      ])
      let computed = try await year.compute()
      #expect(computed.waiting.map(\.consequence) == ["award", "named"])
      #expect(computed.waiting.first?.groups == ["32", "33"] && computed.waiting.first?.places == 1)
      #expect(
        try await year.refusal { try await year.confirm(at: year.day(11, 3)) }
          == ["results.refusal.waiting", "results.refusal.waiting"])
      try await year.decide("award", 32, true, at: year.day(11, 1))
      try await year.decide("award", 33, true, at: year.day(11, 1))
      #expect(try await year.compute().faults.map(\.item) == ["award"])
      try await year.decide("award", 32, false, at: year.day(11, 2))
      try await year.decide("named", 31, false, at: year.day(11, 2))
      let done = try await year.confirm(at: year.day(11, 3))
      #expect(done.year.map(\.granted) == [["once"], [], ["award"], []])
      #expect(try await year.refusal { try await year.confirm(at: year.day(11, 3)) } == ["results.refusal.confirmed"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nothing is published before the window of objections is over and all are answered`(engine: Engine) async throws
  {
    try await SmallCity.with(engine) { city in
      let year = try await confirmed(city)
      #expect(try await year.state().phase == .confirmed)
      let cycle = try await year.stored()
      let (lead, now) = (Worker.lead, year.day(11, 4))
      try await city.database.write {
        try ObjectionStore.raise(
          ID(801), text: "第1项有误", item: "1", group: ID(31), of: cycle, for: lead.appointment, at: now, by: lead.actor,
          $0)
      }
      #expect(
        try await year.refusal { try await year.publish(at: year.day(11, 8)) } == [
          "publishing.obstacle.window", "publishing.obstacle.unanswered",
        ])
      try await city.database.write {
        try ObjectionStore.answer(
          ID(801), upheld: true, reason: "属实", of: cycle, at: now, by: Worker.city.actor, $0)
      }
      // What was upheld must be put right first.
      #expect(
        try await year.refusal { try await year.publish(at: year.day(11, 20)) } == ["publishing.obstacle.upheld"])
      try await year.reopen(because: "第1项更正", at: year.day(11, 10))
      try await year.correct(31, SmallMarks(96, 30, 2), at: year.day(11, 11))
      try await year.confirm(at: year.day(11, 12))
      #expect(try await year.publish(at: year.day(11, 20)) == 1)
      #expect(try await year.state().phase == .published)
      let drafts = try await city.database.read { try ResultsStore.numbers(of: cycle, $0) }
      #expect(Set(drafts.map(\.number)) == [1, -1])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `objections are raised by the lead school of the group while the window is open`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await confirmed(city)
      let cycle = try await year.stored()
      func raise(_ worker: Worker, _ group: Int64, _ month: Int, _ day: Int, item: String? = nil) async throws
        -> [String]
      {
        let now = year.day(month, day)
        return try await year.refusal {
          try await city.database.write {
            try ObjectionStore.raise(
              ID(Int64(900 + day)), text: "异议", item: item, group: ID(group), of: cycle, for: worker.appointment,
              at: now, by: worker.actor, $0)
          }
        }
      }
      #expect(try await raise(.member, 31, 11, 4) == ["results.objection.group"])
      #expect(try await raise(.lead, 32, 11, 4) == ["results.objection.group"])
      #expect(try await raise(.city, 31, 11, 4) == ["results.objection.group"])
      #expect(try await raise(.lead, 31, 11, 9) == ["results.objection.closed"])
      #expect(try await raise(.lead, 31, 11, 4, item: "99") == ["results.objection.item"])
      #expect(try await raise(.lead, 31, 11, 8, item: "2") == [])
      for (reader, count) in [(Worker.lead, 1), (.otherLead, 0), (.east, 0), (.city, 1), (.supervisor, 1)] {
        let found = try await city.database.read { try ObjectionStore.list(cycle, for: reader.appointment, $0) }
        #expect(found.count == count, "\(reader)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a correction makes another edition that says what changed, and the old one stays`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await confirmed(city)
      try await year.publish(at: year.day(11, 12))
      let first = try await file(city, 1)
      try await year.reopen(because: "集团32第1项漏计", at: year.day(11, 20))
      #expect(try await year.state().phase == .correcting)
      try await year.correct(32, SmallMarks(100, 20), at: year.day(11, 21))
      try await year.decideAll()
      try await year.confirm(at: year.day(11, 22))
      #expect(try await year.state().phase == .corrected)
      #expect(
        try await year.refusal { try await year.publish(at: year.day(11, 22)) } == ["results.refusal.reason"])
      // Those who had their window needn't wait for another.
      #expect(try await year.publish(because: "集团32第1项漏计 16 分", at: year.day(11, 22)) == 2)
      let cycle = try await year.stored()
      let editions = try await city.database.read { try ResultsStore.published(cycle, $0) }
      let correction = try #require(editions.last?.correction)
      #expect(correction.reason == "集团32第1项漏计 16 分")
      let own = try #require(correction.groups.first)
      #expect(own.group == ID(32) && own.items.map(\.item) == ["1"] && own.isOwn)
      #expect(own.total == Correction.Change(old: Exact(79), new: Exact(95)))
      #expect(own.grade == Correction.Change(old: "良好", new: "优秀"))
      #expect(own.rank.isChange == false)
      // 33 moves up among those that get the award.
      #expect(correction.groups.dropFirst().map(\.group) == [ID(33)])
      #expect(try await file(city, 1) == first)
      let second = try JSON.read(Array(try await file(city, 2).utf8), file: "")
      #expect(second["previous"]?.text == ComputedYear.hash(first))
      #expect(second["correction"]?["reason"]?.text == "集团32第1项漏计 16 分")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a reopened year that comes to the same makes no new edition`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await confirmed(city)
      try await year.publish(at: year.day(11, 12))
      try await year.reopen(because: "核对", at: year.day(11, 20))
      try await year.confirm(at: year.day(11, 21))
      let state = try await year.state()
      #expect(state.phase == .published && state.published == 1 && !state.hasDraft)
    }
  }

  @Test func `the file of an edition has the hash that is told, and nothing that isn't public`() async throws {
    try await SmallCity.with(.sqlite) { city in
      let year = try await confirmed(city)
      try await year.publish(at: year.day(11, 12))
      let cycle = try await year.stored()
      let text = try await file(city, 1)
      let edition = try #require(try await city.database.read { try ResultsStore.published(cycle, $0) }.first)
      #expect(edition.fileHash == ComputedYear.hash(text))
      let tree = try JSON.read(Array(text.utf8), file: "")
      let groups = try #require(tree["results"]?.list)
      #expect(groups.compactMap { $0["rank"]?.integer } == [1, 2, 3, 4])
      #expect(groups.first?["items"]?.list?.compactMap { $0["score"]?.text } == ["76.00", "20.00", "2.00"])
      #expect(!text.contains("why") && !text.contains("explanation") && !text.contains("连续两年"))
      #expect(tree["record"]?.text == edition.hash)
    }
  }

  private func file(_ city: SmallCity, _ number: Int) async throws -> String {
    try await city.database.read {
      try $0.row("SELECT file FROM edition WHERE cycle = 2022 AND number = $1", [.integer(number)])?.text("file") ?? ""
    }
  }
}
