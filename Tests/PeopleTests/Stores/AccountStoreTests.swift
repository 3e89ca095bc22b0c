import Notation
import People
import Storage
import StorageFixtures
import Testing

@Suite struct AccountStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `a login is taken once, whatever its case`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      try await database.settle(7, "wang")
      let again = try await database.refusal {
        try AccountStore($0).create(Town.account(8, "wang"), by: .program, at: Town.now)
      }
      #expect(again == ["login.taken"])
      let folded = try await database.refusal {
        try AccountStore($0).create(Town.account(8, "WANG"), by: .program, at: Town.now)
      }
      #expect(folded == ["login.form"])
      let found = try await database.read { transaction in
        try Login("\u{FF37}ang").flatMap { try AccountStore(transaction).account(login: $0) }
      }
      #expect(found?.id == ID(7))
      #expect(found?.hasSecret == false)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nobody sees or changes accounts beyond their reach`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let city = try await database.settle(7, "city", .system)
      let east = try await database.settle(8, "east", .system, .authority(Town.east), authority: Town.east)
      try await database.settle(9, "west", .member, .school(Town.westSchool), authority: Town.west)
      try await database.write {
        try AccountStore($0).create(Town.account(10, "machine", nil), by: .program, at: Town.now)
      }
      let noPost = Actor(account: ID(8))
      let seen = try await database.read { transaction in
        try [city, east, noPost, .program].map { actor in
          try AccountStore(transaction).list(for: actor).map(\.account.login)
        }
      }
      #expect(seen == [["city", "east", "west"], ["east"], [], ["city", "east", "machine", "west"]])
      for actor in [east, noPost] {
        let refused = try await database.refusal { try AccountStore($0).close(ID(9), by: actor, at: Town.now) }
        #expect(refused == ["account.none"])
        let renamed = try await database.refusal {
          try AccountStore($0).rename(ID(9), to: "Other", by: actor, at: Town.now)
        }
        #expect(renamed == ["account.none"])
        let made = try await database.refusal {
          try AccountStore($0).create(Town.account(20, "new", Town.west), by: actor, at: Town.now)
        }
        #expect(made == ["account.reach"])
        let rootless = try await database.refusal {
          try AccountStore($0).create(Town.account(20, "new", nil), by: actor, at: Town.now)
        }
        #expect(rootless == ["account.reach"])
        let invited = try await database.refusal {
          try InvitationStore($0).issue(.number(1), to: ID(9), by: actor, at: Town.now)
        }
        #expect(invited == ["account.none"])
      }
      #expect(try await database.refusal { try AccountStore($0).close(ID(9), by: city, at: Town.now) } == [])
      #expect(
        try await database.refusal { try AccountStore($0).close(ID(7), by: city, at: Town.now) } == ["account.own"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `lists are searched and paged, with all posts`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      for number in Int64(1)...5 { try await database.settle(number + 6, "user\(number)") }
      try await database.write {
        try AppointmentStore($0).appoint(
          Town.post(99, of: 8, .lead, .school(Town.eastSchool)), by: .program, at: Town.now)
      }
      let (first, rest, found, none) = try await database.read { transaction in
        let store = AccountStore(transaction)
        return (
          try store.list(for: .program, limit: 2), try store.list(for: .program, skip: 2),
          try store.list(for: .program, AccountFilter(search: "OF USER3")),
          try store.list(for: .program, AccountFilter(search: "%"))
        )
      }
      #expect(first.map(\.account.login) == ["user1", "user2"])
      #expect(first.map { $0.posts.map(\.seatName) } == [["City"], ["City", "East School"]])
      #expect(first[1].posts.map(\.authority) == [Town.city, Town.east])
      #expect(rest.map(\.account.login) == ["user3", "user4", "user5"])
      #expect(found.map(\.account.login) == ["user3"])
      #expect(none.isEmpty)
    }
  }
}
