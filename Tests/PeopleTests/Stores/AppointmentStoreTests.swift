import Notation
import People
import Storage
import StorageFixtures
import Testing

@Suite struct AppointmentStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `people are appointed within reach only, and never by themselves`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let city = try await database.settle(7, "city", .security)
      let east = try await database.settle(8, "east", .security, .authority(Town.east), authority: Town.east)
      try await database.settle(9, "teacher", .member, .school(Town.eastSchool), authority: Town.east)
      func appoint(_ post: Appointment, _ actor: Actor) async throws -> [String] {
        try await database.refusal { try AppointmentStore($0).appoint(post, by: actor, at: Town.now) }
      }
      #expect(try await appoint(Town.post(100, of: 9, .lead, .school(Town.eastSchool)), east) == [])
      #expect(
        try await appoint(Town.post(101, of: 9, .lead, .school(Town.westSchool)), east) == ["appointment.reach"])
      #expect(
        try await appoint(Town.post(101, of: 9, .office, .authority(Town.city)), east) == ["appointment.reach"])
      #expect(try await appoint(Town.post(101, of: 7, .office, .authority(Town.east)), east) == ["account.none"])
      #expect(
        try await appoint(Town.post(101, of: 8, .audit, .authority(Town.east)), east)
          == ["appointment.own", "appointment.apart"])
      #expect(
        try await appoint(Town.post(101, of: 8, .system, .authority(Town.east)), city) == ["appointment.apart"])
      #expect(
        try await appoint(Town.post(101, of: 9, .lead, .school(ID(77))), city) == ["appointment.reach"])
      #expect(try await database.actions(Town.east).suffix(1) == ["appointment.made"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `of two who give one person two parts of the three, one is refused`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      try await database.write {
        try AccountStore($0).create(Town.account(9, "both"), by: .program, at: Town.now)
      }
      let answers = try await withThrowingTaskGroup(of: [String].self) { group in
        for (id, role) in [(Int64(1), Role.system), (2, .security), (3, .audit)] {
          group.addTask {
            try await database.refusal {
              try AppointmentStore($0).appoint(
                Town.post(id, of: 9, role, .authority(Town.city)), by: .program, at: Town.now)
            }
          }
        }
        return try await group.reduce(into: [[String]]()) { $0.append($1) }
      }
      #expect(answers.filter(\.isEmpty).count == 1)
      #expect(try await database.read { try AppointmentStore($0).appointments(of: ID(9)) }.count == 1)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a post ended today is no post any more, even one that began today`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let city = try await database.settle(7, "city", .security)
      try await database.settle(9, "expert", .expert)
      try await database.write {
        try AppointmentStore($0).appoint(
          Town.post(91, of: 9, .supervisor, .authority(Town.east), since: Town.today), by: city, at: Town.now)
      }
      func posts() async throws -> [ID] {
        try await database.read { try AppointmentStore($0).posts(of: ID(9), on: Town.today).map(\.appointment) }
      }
      #expect(try await posts() == [ID(90), ID(91)])
      try await database.write { try AppointmentStore($0).end(ID(91), from: Town.today, by: city, at: Town.now) }
      #expect(try await posts() == [ID(90)])
      try await database.write { try AppointmentStore($0).end(ID(90), from: Town.today, by: city, at: Town.now) }
      #expect(try await posts() == [])
      #expect(
        try await database.refusal { try AppointmentStore($0).end(ID(70), from: Town.today, by: city, at: Town.now) }
          == ["appointment.own"])
    }
  }
}
