import Notation
import People
import Storage
import StorageFixtures
import Testing

@Suite struct APITokenTests {
  static let end = Town.now.adding(seconds: 86_400)

  static func make(
    _ database: any Database, _ actor: Actor, appointment: Int64 = 70, scopes: Set<Scope> = [.readCycles, .writeMarks]
  ) async throws -> [String] {
    try await database.refusal {
      try APITokenStore($0).create(
        .number(1), id: ID(500), name: "sync", account: ID(7), appointment: ID(appointment), scopes: scopes,
        until: end, by: actor, at: Town.now)
    }
  }

  static func find(_ database: any Database, after seconds: Int64 = 0) async throws -> FoundAPIToken? {
    try await database.read { try APITokenStore($0).find(.number(1), at: Town.now.adding(seconds: seconds)) }
  }

  @Test(arguments: TestDatabases.engines)
  func `a token may do what both its scopes and its post allow`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li", .expert)
      #expect(try await Self.make(database, actor) == [])
      let found = try await Self.find(database)
      #expect(found?.viewer.post?.role == .expert)
      #expect(found?.scopes == [.readCycles, .writeMarks])
      // An expert marks but fills in nothing.
      #expect(found?.powers == [.readCycle, .markSheet])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a token ends by its date, when revoked, with its post and with its account`(engine: Engine) async throws {
    for way in 0..<4 {
      try await Town.with(engine) { database in
        let actor = try await database.settle(7, "li")
        _ = try await Self.make(database, actor)
        #expect(try await Self.find(database) != nil)
        switch way {
        case 0: #expect(try await Self.find(database, after: 86_400) == nil)
        case 1:
          let other = try await database.write {
            try APITokenStore($0).revoke(ID(500), of: ID(8), by: actor, at: Town.now)
          }
          #expect(!other)
          let own = try await database.write {
            try APITokenStore($0).revoke(ID(500), of: ID(7), by: actor, at: Town.now)
          }
          #expect(own)
        case 2:
          try await database.write {
            try AppointmentStore($0).end(ID(70), from: Town.today, by: .program, at: Town.now)
          }
        default:
          try await database.write { try AccountStore($0).close(ID(7), by: .program, at: Town.now) }
          try await database.write { try AccountStore($0).reopen(ID(7), by: .program, at: Town.now) }
        }
        if way > 0 { #expect(try await Self.find(database) == nil) }
        #expect(try await database.read { try APITokenStore($0).list(of: ID(7)) }.map(\.name) == ["sync"])
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a token isn't made for another's post or for nothing`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let actor = try await database.settle(7, "li")
      try await database.settle(8, "wu")
      #expect(try await Self.make(database, actor, appointment: 80) == ["token.post"])
      #expect(try await Self.make(database, actor, scopes: []) == ["token.scopes"])
    }
  }
}
