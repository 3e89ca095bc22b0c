import Documents
import Notation
import Outcomes
import Policies
import Scoring
import StorageFixtures
import Testing

@testable import Storage

@Suite struct ComputingTests {
  static let first: [Int64: SmallMarks] = [
    31: SmallMarks(95, 30, 2), 32: SmallMarks(80, 20), 33: SmallMarks(80, 10, 1), 34: SmallMarks(20, 5),
  ]
  static let second: [Int64: SmallMarks] = [
    31: SmallMarks(90, 10), 32: SmallMarks(95, 40), 33: SmallMarks(85, 20), 34: SmallMarks(10, 5),
  ]

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
      for (number, marks, vetoes) in [(2022, Self.first, []), (2023, Self.second, [33])] as [(_, _, [Int64])] {
        let year = try await city.open(number)
        try await year.pass(marks, vetoes: vetoes)
        facts.append(try await year.facts(marks, vetoes: vetoes))
        let expected = Confirmation(policy: SmallCity.policy).results(FactYears(years: facts)).only(number)
        let computed = try await year.compute()
        #expect(computed.year.map(Self.told) == expected.all.map(Self.told))
        #expect(computed.waiting.map(\.consequence) == ["named"])
        try await year.decideAll()
        // Later years stand on what was confirmed, decisions included; the facts alone know none.
        if number == 2022 { try await year.confirm(at: year.day(11, 3)) }
        guard number == 2023 else { continue }
        let last = try await year.compute()
        #expect(last.earlier.map(\.year) == [2022])
        #expect(last.year.map { $0.granted } == [["award"], ["named", "once"], [], ["again"]])
        #expect(last.year.map(\.rankChange) == [-2, 1, 1, 0])
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `computing again comes to the same record`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(Self.first)
      try await year.decideAll()
      let before = try await year.compute()
      try await year.confirm(at: year.day(11, 3))
      try await year.publish(at: year.day(11, 12))
      let after = try await year.compute()
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
      let year = try await city.open(2022)
      try await year.pass(Self.first)
      let rows = try await city.database.read {
        try $0.rows("SELECT facts, card FROM submission WHERE authority = 10 ORDER BY sheet")
      }
      #expect(rows.count == 12)
      for row in rows {
        let group = try #require(try SheetStore.facts(row.text("facts"), year: 2022, policy: SmallCity.policy))
        let frozen = try #require(CardJSON.lines(try row.text("card")))
        let (card, faults) = Scorer(policy: SmallCity.policy).card(group, year: 2022)
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
      let year = try await city.open(2022)
      try await year.pass([31: SmallMarks(85, 30), 32: SmallMarks(70, 20)], vetoes: [34])
      let computed = try await year.confirm(at: year.day(11, 3))
      #expect(computed.year.map(\.grade) == ["良好", "良好", nil, "不合格"])
      #expect(computed.year.map(\.rank) == [1, 2, nil, nil])
      #expect(computed.stages == [["final"], ["final"], [], []])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the highest stage a group has completed counts`(engine: Engine) async throws {
    try await SmallCity.with(engine) { city in
      let year = try await city.open(2022)
      try await year.pass(Self.first)
      try await city.database.write {
        try $0.run("UPDATE sheet SET submission = NULL WHERE cycle = 2022 AND stage = 'final' AND grp = 32")
        try $0.run("UPDATE sheet SET submission = NULL WHERE cycle = 2022 AND stage <> 'self' AND grp = 33")
      }
      // A self-evaluation alone never counts where somebody above evaluates.
      #expect(try await year.compute().stages == [["final"], ["first"], [], ["final"]])
    }
  }
}
