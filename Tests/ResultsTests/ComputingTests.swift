import Documents
import Fixtures
import Notation
import Outcomes
import Policies
import Publishing
import Scoring
import StorageFixtures
import Testing

@testable import Storage

@Suite struct ComputingTests {
  static let first = SmallYear(
    marks: [31: (95, 30, 2), 32: (80, 20, 0), 33: (80, 10, 1), 34: (20, 5, 0)])
  static let second = SmallYear(
    marks: [31: (90, 10, 0), 32: (95, 40, 0), 33: (85, 20, 0), 34: (10, 5, 0)], vetoes: [33])

  /// What is told of a result, without its reasons.
  static func told(_ result: GroupResult) -> String {
    let card = result.card
    return [
      result.id, "\(result.year)", "\(card.isEligible)", card.base.plain, card.bonus.plain, card.total.plain,
      result.grade ?? "—", "\(result.rank ?? 0)/\(result.ranked ?? 0)", "\(result.rankChange.map { "\($0)" } ?? "—")",
      "\(result.isLast)", result.granted.joined(separator: ","), result.pending.joined(separator: ","),
      card.group.vetoes.joined(separator: ","),
      (card.lines + card.bonusLines).map { "\($0.item.id)=\($0.score?.plain ?? "—")" }.joined(separator: " "),
    ].joined(separator: " | ")
  }

  @Test(arguments: TestDatabases.engines)
  func `a small city's years come out of the stores as they come out of their facts`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      var facts: [FactYear] = []
      for (year, made) in [(2022, Self.first), (2023, Self.second)] {
        let id = try await city.open(year)
        try await city.pass(id, made)
        facts.append(made.facts(year))
        let expected = Confirmation(policy: SmallCity.policy).results(FactYears(years: facts)).only(year)
        let computed = try await city.compute(id)
        #expect(computed.year.map(Self.told) == expected.all.map(Self.told))
        for choice in computed.waiting {
          for (place, group) in choice.groups.enumerated() {
            try await city.decide(
              id, choice.consequence, Int64(group) ?? 0, place == 0, at: SmallCity.day("\(year)-11-02"))
          }
        }
        // Later years stand on what was confirmed, decisions included; the facts alone know none.
        if year == 2022 {
          #expect(computed.waiting.map(\.consequence) == ["named"])
          try await city.confirm(id, at: SmallCity.day("\(year)-11-03"))
        }
      }
      let last = try await city.compute(ID(2023))
      #expect(last.earlier.map(\.year) == [2022])
      #expect(last.year.map { $0.granted } == [["award"], ["named", "once"], [], ["again"]])
      #expect(last.year.map(\.rankChange) == [-2, 1, 1, 0])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `computing again comes to the same record`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let id = try await city.open(2022)
      try await city.pass(id, Self.first)
      try await city.decide(id, "named", 31, true, at: SmallCity.day("2022-11-02"))
      let before = try await city.compute(id)
      try await city.confirm(id, at: SmallCity.day("2022-11-03"))
      try await city.publish(id, at: SmallCity.day("2022-11-12"))
      let after = try await city.compute(id)
      #expect(before.record == after.record)
      let kept = try await city.database.read {
        try $0.row("SELECT record, hash FROM edition WHERE cycle = 2022 AND number = 1")
      }
      #expect(try kept?.text("record") == after.record)
      #expect(try kept?.text("hash") == ComputedYear.hash(after.record))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a frozen sheet's score is found again from its facts`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let id = try await city.open(2022)
      try await city.pass(id, Self.first)
      let rows = try await city.database.read {
        try $0.rows("SELECT facts, card FROM submission WHERE authority = 10 ORDER BY sheet")
      }
      #expect(rows.count == 12)
      for row in rows {
        let group = try #require(SheetStore.facts(try row.text("facts"), year: 2022, policy: SmallCity.policy))
        let scorer = Scorer(policy: SmallCity.policy)
        let frozen = try #require(CardJSON.lines(try row.text("card")))
        let (card, faults) = scorer.card(group, year: 2022)
        #expect(faults.isEmpty)
        // Places are known only when all are in; everything else is the same at once.
        let judged = card.lines.first { $0.item.id == "1" }
        #expect(frozen.first { $0.item == "1" }?.score == judged?.score)
        #expect(frozen.first { $0.item == "1" }?.why == Catalogue.chinese.paragraph(judged?.reasons ?? []))
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a group that handed nothing in is unscored and holds nobody up`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let id = try await city.open(2022)
      try await city.pass(id, SmallYear(marks: [31: (85, 30, 0), 32: (70, 20, 0)], vetoes: [34]))
      let computed = try await city.confirm(id, at: SmallCity.day("2022-11-03"))
      #expect(computed.year.map(\.grade) == ["良好", "良好", nil, "不合格"])
      #expect(computed.year.map(\.rank) == [1, 2, nil, nil])
      #expect(computed.stages == [["final"], ["final"], [], []])
    }
  }
}
