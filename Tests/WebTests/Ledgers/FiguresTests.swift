import Documents
import Fixtures
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledgers
import NIOCore
import Notation
import Policies
import Rules
import Storage
import StorageFixtures
import Testing

@testable import Web

/// The figures of all groups within reach, in one workbook.
@Suite struct FiguresTests {
  @Test(arguments: TestDatabases.engines)
  func `what is read of many groups at once is what is read of each`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.ask(.lead, .post, LedgerPageTests.of("meetings"), form: LedgerPageTests.meeting)
      _ = try await test.ask(.lead, .post, LedgerPageTests.of("exchange"), form: LedgerPageTests.exchange)
      for person in [TestPerson.city, .district, .otherDistrict, .lead, .member, .supervisor] {
        let (today, editions) = (test.clock.now.day, test.site.editions)
        let ledgers = try await test.site.database.read {
          try #require(
            try LedgerStore.ledgers(of: .reach(person.appointment), year: 2026, today: today, editions, $0))
        }
        #expect(!ledgers.isEmpty, "\(person)")
        for ledger in ledgers {
          let group = ledger.ground.group
          let (ground, found) = try await test.site.database.read { transaction in
            let ground = try #require(
              try LedgerStore.ground(
                group: group, year: 2026, for: person.appointment, today: today, editions, transaction))
            return (ground, try LedgerStore.found(group: group, ground.days, transaction))
          }
          #expect(ledger.ground.policy?.id == ground.policy?.id && ledger.ground.days == ground.days)
          #expect(ledger.ground.schools == ground.schools && ledger.ground.name == ground.name)
          let bindings = ground.policy.map { Binding.all(of: $0) } ?? []
          #expect(!bindings.isEmpty)
          let (one, other) = (YearFigure.all(bindings, ledger.year), YearFigure.all(bindings, ground.year(found)))
          #expect(one.map { $0.reading?.value } == other.map { $0.reading?.value }, "\(person)")
          #expect(one.map(\.state) == other.map(\.state))
        }
      }
    }
  }

  @Test func `the workbook comes in few statements, to those who read records`() async throws {
    try await TestSite.with { test in
      for person in [TestPerson.city, .district, .lead, .member, .supervisor] {
        let answer = try await test.fetch(person, .get, "/records/metrics.xlsx?year=2026")
        #expect(answer.status == .ok && answer.body.readableBytes > 5_000, "\(person)")
        #expect(test.counter.count <= 8, "\(test.counter.all)")
      }
      #expect(try await test.ask(.expertA, .get, "/records/metrics.xlsx").status == 403)
      #expect(try await test.ask(.city, .get, "/records?year=2026").text.contains("/records/metrics.xlsx?year=2026"))
    }
  }

  @Test func `a line says group, input, value, how far it stands and on how many records`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.lead, .post, LedgerPageTests.of("meetings"), form: LedgerPageTests.meeting)
      let (today, editions) = (test.clock.now.day, test.site.editions)
      func groups(_ person: TestPerson) async throws -> Set<ID> {
        let ledgers = try await test.site.database.read {
          try #require(
            try LedgerStore.ledgers(of: .reach(person.appointment), year: 2026, today: today, editions, $0))
        }
        return Set(ledgers.map(\.ground.group))
      }
      let (city, district, other) = (
        try await groups(.city), try await groups(.district), try await groups(.otherDistrict)
      )
      #expect(city == [ID(31), ID(32), ID(33)] && district == [ID(31)] && other == [ID(32)])
      let ledgers = try await test.site.database.read {
        try #require(
          try LedgerStore.ledgers(of: .within(ID(11)), year: 2026, today: today, editions, $0))
      }
      let parts = ledgers.map { ledger in
        FigureTable.Part(
          authority: ledger.ground.authorityName, group: ledger.ground.name, year: ledger.year,
          figures: YearFigure.all(ledger.ground.policy.map { Binding.all(of: $0) } ?? [], ledger.year))
      }
      let table = FigureTable(parts, words: test.site.words(nil))
      #expect(table.heads.prefix(3) == ["主管部门", "集团", "学校"])
      let autumn = try #require(table.rows.first { $0[5] == .text("第一学期工作会议次数") })
      #expect(autumn[3] == .text("3") && autumn[6] == .number("1") && autumn[7] == .text("已记，还可补记"))
      #expect(autumn[11] == .number("1") && autumn[12] != .text(""))
      #expect(table.csv.hasPrefix("\u{FEFF}主管部门,集团,学校,指标编号,"))
      #expect(table.csv.split(separator: "\r\n").count == table.rows.count + 1)
    }
  }
}
