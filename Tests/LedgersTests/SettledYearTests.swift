import Documents
import Fixtures
import Ledgers
import Notation
import StorageFixtures
import Testing

@testable import Storage

/// A year that was declared complete, or whose results are confirmed, stays as it is on another year's page too; on both
/// engines.
@Suite struct SettledYearTests {
  static let lasting = LedgerCity.exchange.merging(["to": "2022-12-31"]) { $1 }
  static let charter = ["document": "集团办学章程", "adopted": "2021-09-10"]

  @Test(arguments: TestDatabases.engines)
  func `what reaches into a closed year isn't added or removed from a later year's page`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("exchange", LedgerCity.exchange.filter { $0.key != "to" }, school: "学校1", by: .lead)
      try await city.declare("exchange", ID(1), by: .lead)
      let added = try await city.conflict {
        try await city.save(
          "exchange", Self.lasting.merging(["teacher": "赵六"]) { $1 }, school: "学校1", by: .lead, in: 2023)
      }
      #expect(added == "ledger.fault.settled.closed")
      #expect(
        try await city.conflict { try await city.remove("exchange", id, in: 2023) } == "ledger.fault.stood.closed")
      let changed = try await city.conflict {
        try await city.save(
          "exchange", Self.lasting.merging(["backbone": "否"]) { $1 }, school: "学校1", by: .lead, over: id, in: 2023)
      }
      #expect(changed == "ledger.fault.settled.closed")
      // Within the closed year it ends no earlier.
      let earlier = try await city.conflict {
        try await city.save(
          "exchange", LedgerCity.exchange.merging(["teacher": "T1", "to": "2022-08-30"]) { $1 }, school: "学校1",
          by: .lead,
          over: id, in: 2022)
      }
      #expect(earlier == "ledger.fault.stood.closed")
      // A later end is told on the later year's page.
      try await city.save(
        "exchange", Self.lasting.merging(["teacher": "T1"]) { $1 }, school: "学校1", by: .lead, over: id, in: 2023)
      let last = try await city.found(.lead)?.year.records("exchange").map { $0.last }
      #expect(last == [Day("2022-12-31")])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a confirmed year stays, and what begins after a closed one may be added`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("exchange", Self.lasting, school: "学校1", by: .lead)
      try await city.declare("exchange", ID(1), by: .lead)
      try await city.save(
        "exchange", LedgerCity.exchange.merging(["teacher": "赵六", "from": "2022-09-01", "to": "2023-07-31"]) { $1 },
        school: "学校1", by: .lead, in: 2023)
      // Another school has declared nothing.
      try await city.save("exchange", Self.lasting.merging(["host": "学校1"]) { $1 }, school: "学校2", by: .lead, in: 2023)
      #expect(
        try await city.conflict { try await city.remove("exchange", id, in: 2023) } == "ledger.fault.stood.closed")
      try await city.declare("exchange", ID(1), nil, false, by: .lead)
      try await city.remove("exchange", id, in: 2023)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a standing record of a closed year has its last day, and stays in that year`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let base = ["baseYear": "2020", "of": "学校", "level": "市级", "awards": "3"]
      let id = try await city.save("baselines", base, school: "学校2", by: .member)
      try await city.declare("baselines", ID(2), by: .member)
      let changed = try await city.conflict {
        try await city.save(
          "baselines", base.merging(["awards": "4"]) { $1 }, school: "学校2", by: .member, over: id, in: 2023)
      }
      #expect(changed == "ledger.fault.settled.closed")
      #expect(
        try await city.conflict { try await city.remove("baselines", id, in: 2023, by: .member) }
          == "ledger.fault.settled.closed")
    }
  }

  @Test func `a document given up stands in the years before, and no more in its last`() {
    var town = LedgerTown("ankang-2022")
    town.document("charter")
    let kind = LedgerKinds.byID["documents"] ?? LedgerKinds.all[0]
    #expect(kind.endField?.id == "ended")
    func gaps(_ last: String?) -> Bool {
      let record = town.records[0]
      let ended = LedgerRecord(
        id: record.id, group: record.group, school: record.school, kind: record.kind, first: record.first,
        last: last.map { LedgerTown.day($0) }, values: record.values)
      let year = GroupYear(
        group: ID(9), days: LedgerTown.national, schools: LedgerTown.schools,
        asked: AskedDocument.all(of: town.policy), records: [ended], statements: [])
      return YearGaps(year).documents.contains { $0.document.id == "charter" && $0.found == 0 }
    }
    #expect(!gaps(nil) && !gaps("2022-12-01") && gaps("2022-03-01"))
  }

  @Test func `it isn't given up before it was adopted`() {
    let reading = RecordReadingTests().read("documents", Self.charter.merging(["ended": "2021-09-09"]) { $1 })
    #expect(reading.faults.map(\.message.key) == ["ledger.fault.ended"])
    let later = RecordReadingTests().read("documents", Self.charter.merging(["ended": "2022-01-31"]) { $1 })
    #expect(later.faults.isEmpty && later.last == Day("2022-01-31"))
  }

  @Test(arguments: TestDatabases.engines)
  func `a term is declared complete from its last weeks on`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      #expect(
        try await city.conflict { try await city.declare("meetings", nil, .spring, by: .lead) } == "ledger.fault.early")
      try await city.declare("meetings", nil, .autumn, by: .lead)
    }
    #expect(LedgerTown.national.declarable(.autumn) == Day("2021-12-24"))
    #expect(LedgerTown.national.declarable(.spring) == Day("2022-07-10"))
  }
}
