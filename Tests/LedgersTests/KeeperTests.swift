import Fixtures
import Ledgers
import Notation
import StorageFixtures
import Testing

@testable import Storage

/// What several could keep at once, and what only the authority keeps; on both engines.
@Suite struct KeeperTests {
  static let appraisal = ["grade": "优秀", "improved": "是"]

  @Test(arguments: TestDatabases.engines)
  func `what an authority found of a school it keeps itself, schools read it`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      for person in [LedgerCity.Person.lead, .member, .supervisor, .otherDistrict, .otherLead] {
        for school in ["学校1", "学校2"] {
          let said = try await city.conflict {
            try await city.save("appraisals", Self.appraisal, school: school, by: person)
          }
          #expect(said == "forbidden", "\(person)")
        }
      }
      let id = try await city.save("appraisals", Self.appraisal, school: "学校1", by: .district)
      try await city.save("appraisals", Self.appraisal, school: "学校2", by: .city)
      try await city.save("appraisals", ["grade": "合格"], school: "学校1", by: .city, over: id)
      #expect(
        try await city.conflict {
          try await city.save("appraisals", Self.appraisal, school: "学校1", by: .lead, over: id)
        } == "forbidden")
      for person in [LedgerCity.Person.lead, .member, .district, .supervisor] {
        let found = try #require(try await city.found(person))
        #expect(found.year.records("appraisals").map { $0.text("grade") } == ["合格", "优秀"], "\(person)")
      }
      #expect(
        try await city.conflict { try await city.declare("appraisals", ID(1), by: .lead) } == "forbidden")
      try await city.declare("appraisals", ID(1), by: .district)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a district appraises its own schools, not those of another that came into its group`(engine: Engine)
    async throws
  {
    try await LedgerCity.with(engine) { city in
      try await city.database.write { try $0.run("UPDATE school SET authority = 12 WHERE id = 3") }
      #expect(
        try await city.conflict {
          try await city.save("appraisals", Self.appraisal, school: "学校3", by: .district)
        } == "forbidden")
      try await city.save("appraisals", Self.appraisal, school: "学校3", by: .city)
      let district = try #require(try await city.found(.district)).rights
      let kind = try #require(LedgerKinds.byID["appraisals"])
      #expect(district.mayKeep(kind, ID(1)) && !district.mayKeep(kind, ID(3)) && district.mayKeepSome(kind))
      #expect(LedgerKinds.all.filter { district.mayKeepSome($0) }.map(\.id) == ["appraisals"])
    }
  }

  static let booking = [
    "day": "2022-05-20", "provider": "学校1", "venue": "体育馆", "guest": "学校2", "begins": "09:00", "ends": "10:00",
  ]

  @Test(arguments: TestDatabases.engines)
  func `of twenty who book one venue for one hour at once, one has it`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let said = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<20 {
          group.addTask { try await city.conflict { try await city.save("bookings", Self.booking, by: .lead) } }
        }
        return try await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(said.count { $0 == "none" } == 1 && said.count { $0 == "ledger.fault.taken" } == 19, "\(said)")
      #expect(try await city.found(.lead)?.year.records("bookings").count == 1)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a venue is free before, after, elsewhere, and for who has it already`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      let id = try await city.save("bookings", Self.booking, by: .lead)
      for change in [
        ["begins": "10:00", "ends": "11:00"], ["begins": "08:00", "ends": "09:00"], ["venue": "操场"],
        ["day": "2022-05-21"], ["provider": "学校3"],
      ] {
        try await city.save("bookings", Self.booking.merging(change) { $1 }, by: .lead)
      }
      try await city.save("bookings", Self.booking.merging(["people": "40"]) { $1 }, by: .lead, over: id)
      for change in [["begins": "09:59", "ends": "10:30"], ["venue": "体 育馆", "begins": "08:30", "ends": "09:30"]] {
        let said = try await city.conflict {
          try await city.save("bookings", Self.booking.merging(change) { $1 }, by: .lead)
        }
        #expect(said == "ledger.fault.taken", "\(change)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a school in two groups has its venue taken in both`(engine: Engine) async throws {
    try await LedgerCity.with(engine) { city in
      try await city.database.write {
        try $0.run("INSERT INTO membership (grp, school, role, since) VALUES (32, 1, 'member', '2020-09-01')")
      }
      try await city.save("bookings", Self.booking, by: .lead)
      let said = try await city.conflict {
        try await city.save(
          "bookings", Self.booking.merging(["guest": "学校4"]) { $1 }, by: .otherLead, of: 32)
      }
      #expect(said == "ledger.fault.taken")
    }
  }
}
