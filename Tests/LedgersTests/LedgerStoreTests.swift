import Documents
import Fixtures
import Ledgers
import Notation
import StorageFixtures
import Testing

@testable import Storage

/// Records in a database, on both engines.
@Suite struct LedgerStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `what is kept is found again, and every change is in the chain`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("meetings", LedgerCity.meeting, by: .lead)
      let first = try #require(try await city.found(.lead)?.year.records("meetings").first)
      #expect(first.id == id && first.version == 1 && first.first == Day("2021-10-08") && first.school == nil)
      #expect(first.schools("schools") == [ID(1), ID(2)])
      try await city.save("meetings", LedgerCity.meeting.merging(["title": "改"]) { $1 }, by: .lead, over: id)
      let second = try #require(try await city.found(.lead)?.year.records("meetings").first)
      #expect(second.version == 2 && second.text("title") == "改")
      let actions = try await city.database.read { transaction in
        try transaction.rows(
          "SELECT action, before_value, after_value FROM audit WHERE object = 'group/31' AND action LIKE 'ledger%' ORDER BY number"
        ).map { "\(try $0.text("action")) \(try $0.optionalText("before_value") != nil)" }
      }
      #expect(actions == ["ledger.added false", "ledger.changed true"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `two who change one record don't overwrite each other`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("meetings", LedgerCity.meeting, by: .lead)
      try await city.save("meetings", LedgerCity.meeting.merging(["title": "甲"]) { $1 }, by: .lead, over: id, seen: 1)
      let second = try await city.conflict {
        try await city.save("meetings", LedgerCity.meeting.merging(["title": "乙"]) { $1 }, by: .lead, over: id, seen: 1)
      }
      #expect(second == "changed")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a member keeps its own, the lead school the group's, the authority nothing`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      #expect(
        try await city.conflict { try await city.save("meetings", LedgerCity.meeting, by: .member) } == "forbidden")
      #expect(
        try await city.conflict {
          try await city.save("staffing", ["teachers": "20"], school: "学校3", by: .member)
        } == "forbidden")
      try await city.save("staffing", ["teachers": "20"], school: "学校2", by: .member)
      try await city.save("staffing", ["teachers": "30"], school: "学校3", by: .lead)
      #expect(
        try await city.conflict {
          try await city.save("staffing", ["teachers": "20"], school: "学校1", by: .district)
        } == "forbidden")
      #expect(
        try await city.conflict { try await city.save("staffing", ["teachers": "21"], school: "学校2", by: .member) }
          == "ledger.fault.twice")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nobody finds a group beyond their reach`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      for person in [LedgerCity.Person.city, .district, .lead, .member, .supervisor] {
        #expect(try await city.found(person, 31)?.ground.schools.count == 3, "\(person)")
      }
      for person in [LedgerCity.Person.otherDistrict, .otherLead] {
        #expect(try await city.found(person, 31) == nil, "\(person)")
      }
      for person in [LedgerCity.Person.district, .lead, .member] {
        #expect(try await city.found(person, 32) == nil, "\(person)")
      }
      let days = LedgerTown.national
      for (person, count) in [(LedgerCity.Person.city, 2), (.district, 1), (.lead, 1), (.otherDistrict, 1)] {
        let lines = try await city.database.read {
          try LedgerStore.groups(year: days, for: person.appointment, after: nil, most: 10, $0)
        }
        #expect(lines.count == count, "\(person)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a school that left finds the years it was there, and no later one`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      try await city.database.write {
        try $0.run("UPDATE membership SET until = '2022-02-01' WHERE school = 2")
      }
      let found = try await city.found(.member)
      #expect(found?.year.present.map(\.id) == [ID(1), ID(3)])
      #expect(found?.ground.schools.map(\.name) == ["学校1", "学校3", "学校2"])
      #expect(found?.rights.mayKeepSome(LedgerKinds.all[0]) == false)
      let later = try await city.database.read {
        try LedgerStore.ground(
          group: ID(31), year: 2023, for: LedgerCity.Person.member.appointment, today: LedgerCity.today,
          city.editions, $0)
      }
      #expect(later == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a school that closed is in its group no longer, though nobody ended its membership`(
    engine: Engine
  ) async throws {
    try await LedgerCity.with(engine) { city in
      try await city.database.write {
        try $0.run("UPDATE school SET closed = '2022-03-01', ending = 'closed' WHERE id = 3")
      }
      let found = try await city.found(.lead)
      #expect(found?.year.present.map(\.id) == [ID(1), ID(2)] && found?.ground.schools.count == 3)
      let later = try await city.database.read { try city.find(.lead, 31, in: 2023, $0) }
      #expect(later?.ground.schools.map(\.id) == [ID(1), ID(2)] && later?.ground.past.map(\.name) == ["学校3"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what was declared complete stays as it is until that is taken back`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("meetings", LedgerCity.meeting, by: .lead)
      try await city.declare("meetings", nil, .autumn, by: .lead)
      #expect(
        try await city.conflict { try await city.save("meetings", LedgerCity.meeting, by: .lead) }
          == "ledger.fault.closed")
      #expect(
        try await city.conflict {
          try await city.save(
            "meetings", LedgerCity.meeting.merging(["day": "2022-03-01"]) { $1 }, by: .lead, over: id)
        } == "ledger.fault.closed")
      // The other term is still open.
      try await city.save("meetings", LedgerCity.meeting.merging(["day": "2022-03-01"]) { $1 }, by: .lead)
      #expect(try await city.conflict { try await city.declare("meetings", nil, .spring, by: .member) } == "forbidden")
      try await city.declare("meetings", nil, .autumn, false, by: .lead)
      try await city.save("meetings", LedgerCity.meeting, by: .lead)
      #expect(try await city.found(.district)?.year.records("meetings").count == 3)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a teacher is kept once, by name, school and our number`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      try await city.save("exchange", LedgerCity.exchange, school: "学校1", by: .lead)
      try await city.save(
        "exchange", LedgerCity.exchange.merging(["host": "学校2", "teacher": "赵六"]) { $1 }, school: "学校1", by: .lead)
      try await city.save(
        "exchange", LedgerCity.exchange.merging(["teacher": "T1 王五", "from": "2022-02-01"]) { $1 }, school: "学校1",
        by: .lead)
      let found = try #require(try await city.found(.lead))
      #expect(found.context.teachers.map(\.code) == ["T1", "T2"])
      let teachers = found.year.records("exchange").map { $0.teacher("teacher") }
      #expect(Set(teachers).count == 2)
      #expect(found.rights.seesNames(of: ID(1)))
      let member = try #require(try await city.found(.member))
      #expect(!member.rights.seesNames(of: ID(1)) && member.rights.seesNames(of: ID(2)))
      // Names never stand in the chain.
      let said = try await city.database.read {
        try $0.rows("SELECT after_value FROM audit WHERE after_value LIKE '%王五%'").count
      }
      #expect(said == 0)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what stands from one year on stays there when a later year mends it`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let base = ["baseYear": "2020", "of": "学校", "level": "市级", "awards": "3"]
      let id = try await city.save("baselines", base, school: "学校2", by: .member)
      try await city.save(
        "baselines", base.merging(["awards": "4"]) { $1 }, school: "学校2", by: .member, over: id, in: 2023)
      let found = try #require(try await city.found(.member)).year.records("baselines")
      #expect(found.map { $0.number("awards") } == [4])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a removed record is no longer there, and what it said is in the chain`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("meetings", LedgerCity.meeting, by: .lead)
      try await city.database.write { transaction in
        let at = try #require(try city.find(.lead, 31, transaction))
        let record = try #require(at.year.records("meetings").first)
        try LedgerStore.remove(
          record, kind: #require(LedgerKinds.byID["meetings"]), on: at.ground, at.year, rights: at.rights,
          at: LedgerCity.now, by: LedgerCity.Person.lead.actor, transaction)
      }
      #expect(try await city.found(.lead)?.year.records("meetings").isEmpty == true)
      let before = try await city.database.read {
        try $0.row("SELECT before_value FROM audit WHERE action = 'ledger.removed' AND item = 'meetings/\(id)'")?
          .text("before_value")
      }
      #expect(before?.contains("十月例会") == true)
    }
  }
}
