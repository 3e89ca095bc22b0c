import Notation
import People
import Storage
import StorageFixtures
import Testing

@Suite struct SessionStoreTests {
  static let terms = SessionTerms()

  static func find(_ token: Token, _ database: any Database, after seconds: Int64 = 0) async throws -> FoundSession? {
    let now = Town.now.adding(seconds: seconds)
    return try await database.read { try SessionStore($0, terms: terms).find(token, at: now) }
  }

  static func open(_ token: Token, _ actor: Actor, _ database: any Database) async throws {
    try await database.write {
      try SessionStore($0, terms: terms).create(
        token, account: actor.account ?? ID(0), appointment: actor.appointment, by: actor, at: Town.now)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a token stands for a person in a post, found in one statement`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li", .lead, .school(Town.eastSchool))
      try await Self.open(.number(1), actor, database)
      let found = try await Self.find(.number(1), database)
      let post = found?.viewer.post
      #expect(found?.viewer.account == ID(7))
      #expect(found?.viewer.language == "zh-CN")
      #expect(post?.role == .lead)
      #expect(post?.authority == Town.east)
      #expect(post?.level == "district")
      #expect(post?.school == Town.eastSchool)
      #expect(post?.schoolName == "East School")
      #expect(try await Self.find(.number(2), database) == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a session ends after half an hour without a request and after twelve hours with`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      try await Self.open(.number(1), actor, database)
      #expect(try await Self.find(.number(1), database, after: 1799) != nil)
      #expect(try await Self.find(.number(1), database, after: 1800) == nil)
      for minute in stride(from: Int64(0), to: 12 * 60, by: 20) {
        let now = Town.now.adding(seconds: minute * 60)
        try await database.write { try SessionStore($0, terms: Self.terms).touch(.number(1), at: now) }
      }
      #expect(try await Self.find(.number(1), database, after: 12 * 3600 - 1) != nil)
      #expect(try await Self.find(.number(1), database, after: 12 * 3600) == nil)
      // One that has ended isn't woken up by being touched.
      try await database.write {
        try SessionStore($0, terms: Self.terms).touch(.number(1), at: Town.now.adding(seconds: 12 * 3600 + 5))
      }
      #expect(try await Self.find(.number(1), database, after: 12 * 3600 + 6) == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `being seen is noted once a minute`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      try await Self.open(.number(1), actor, database)
      #expect(try await Self.find(.number(1), database, after: 59)?.isDueToTouch == false)
      #expect(try await Self.find(.number(1), database, after: 60)?.isDueToTouch == true)
      try await database.write {
        try SessionStore($0, terms: Self.terms).touch(.number(1), at: Town.now.adding(seconds: 60))
      }
      #expect(try await Self.find(.number(1), database, after: 61)?.isDueToTouch == false)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a closed account, an ended post and a revoked session are refused at the next request`(
    engine: Engine
  ) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      for number in UInt64(1)...4 { try await Self.open(.number(number), actor, database) }
      try await database.write { try SessionStore($0, terms: Self.terms).revoke(.number(1), by: actor, at: Town.now) }
      #expect(try await Self.find(.number(1), database) == nil)
      #expect(try await Self.find(.number(2), database) != nil)
      try await database.write {
        try SessionStore($0, terms: Self.terms)
          .revokeAll(of: ID(7), except: .number(2), by: actor, at: Town.now)
      }
      #expect(try await Self.find(.number(3), database) == nil)
      #expect(try await Self.find(.number(2), database)?.viewer.post != nil)
      #expect(
        try await database.read { try SessionStore($0, terms: Self.terms).list(of: ID(7), at: Town.now) }.count == 1)
      try await database.write {
        try AppointmentStore($0).end(ID(70), from: Town.today, by: .program, at: Town.now)
      }
      let without = try await Self.find(.number(2), database)
      #expect(without != nil)
      #expect(without?.viewer.post == nil)
      try await database.write { try AccountStore($0).close(ID(7), by: .program, at: Town.now) }
      #expect(try await Self.find(.number(2), database) == nil)
      try await database.write { try AccountStore($0).reopen(ID(7), by: .program, at: Town.now) }
      #expect(try await Self.find(.number(2), database) == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `another post is chosen under a new token, and only one's own`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      try await database.settle(8, "wu", .supervisor)
      try await database.write {
        let posts = AppointmentStore($0)
        try posts.appoint(Town.post(71, of: 7, .lead, .school(Town.westSchool)), by: .program, at: Town.now)
        try posts.appoint(
          Town.post(72, of: 7, .expert, .authority(Town.city), since: Town.today.adding(days: 1)), by: .program,
          at: Town.now)
      }
      try await Self.open(.number(1), actor, database)
      func choose(_ post: Int64, _ old: UInt64, _ new: UInt64) async throws -> Bool {
        try await database.write {
          try SessionStore($0, terms: Self.terms)
            .choosePost(ID(post), in: .number(old), to: .number(new), by: actor, at: Town.now)
        }
      }
      #expect(try await choose(80, 1, 2) == false)
      #expect(try await choose(72, 1, 2) == false)
      #expect(try await choose(71, 9, 2) == false)
      #expect(try await choose(71, 1, 2) == true)
      #expect(try await Self.find(.number(1), database) == nil)
      #expect(try await Self.find(.number(2), database)?.viewer.post?.school == Town.westSchool)
      #expect(try await Self.find(.number(2), database)?.endsAt == Self.terms.end(of: Town.now))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what is over is swept away`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      try await Self.open(.number(1), actor, database)
      try await database.write { try SessionStore($0, terms: Self.terms).sweep(at: Town.now.adding(seconds: 60)) }
      #expect(try await Self.find(.number(1), database) != nil)
      try await database.write { try SessionStore($0, terms: Self.terms).sweep(at: Town.now.adding(seconds: 1800)) }
      let left = try await database.read { try $0.rows("SELECT token FROM session").count }
      #expect(left == 0)
    }
  }
}
