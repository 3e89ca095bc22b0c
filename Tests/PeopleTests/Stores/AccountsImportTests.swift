import Notation
import People
import Storage
import StorageFixtures
import Testing

@Suite struct AccountsImportTests {
  static let both: Set<Power> = [.keepAccounts, .keepRoles]
  static let ids = (900..<1000).map { ID(Int64($0)) }
  static let tokens = (0..<100).map { Token.number(UInt64($0) + 1000) }

  static func row(_ login: String, _ role: Role, _ unit: String, name: String? = nil, last: Day? = nil) -> AccountRow {
    AccountRow(
      login: Login(login)!, name: name ?? "Name of \(login)", role: role, unit: unit, since: Town.today, last: last)
  }

  static func plan(
    _ database: any Database, _ rows: [AccountRow], _ powers: Set<Power> = both, by actor: Actor = .program
  ) async throws -> AccountsPlan {
    try await database.read { try AccountsImport($0).plan(rows, powers: powers, for: actor, on: Town.today) }
  }

  static func store(
    _ database: any Database, _ plan: AccountsPlan, by actor: Actor = .program
  ) async throws -> [IssuedInvitation] {
    try await database.write {
      try AccountsImport($0).store(plan, ids: ids, tokens: tokens, by: actor, at: Town.now)
    }
  }

  static let rows = [
    row("li", .office, "City"), row("li", .expert, "A2"), row("wu", .lead, "S11"), row("he", .member, "West School"),
  ]

  @Test(arguments: TestDatabases.engines)
  func `a plan stores nothing, carried out it stores everything, and then nothing is left to do`(
    engine: Engine
  ) async throws {
    try await Town.with(engine) { database in
      let plan = try await Self.plan(database, Self.rows)
      #expect(plan.count(.new) == 4)
      #expect((plan.newAccounts, plan.newAppointments) == (3, 4))
      #expect(try await database.read { try AccountStore($0).list(for: .program) }.isEmpty)
      let issued = try await Self.store(database, plan)
      #expect(issued.map(\.login) == ["li", "wu", "he"])
      #expect(issued.map(\.unit) == ["City", "East School", "West School"])
      let lines = try await database.read { try AccountStore($0).list(for: .program) }
      #expect(lines.map(\.account.login) == ["he", "li", "wu"])
      #expect(lines.map(\.account.authority) == [Town.west, Town.city, Town.east])
      #expect(lines.map(\.posts.count) == [1, 2, 1])
      for invitation in issued {
        let invited = try await database.read { try InvitationStore($0).find(invitation.token, at: Town.now) }
        #expect(invited?.login == invitation.login)
      }
      let again = try await Self.plan(database, Self.rows)
      #expect(again.count(.unchanged) == 4)
      #expect(try await Self.store(database, again).isEmpty)
      let changed = try await Self.plan(
        database, [Self.row("wu", .lead, "S11", name: "Wu Gang", last: Town.today.adding(days: 99))])
      #expect(changed.count(.changed) == 1)
      _ = try await Self.store(database, changed)
      let wu = try await database.read { try AccountStore($0).list(for: .program, AccountFilter(search: "wu gang")) }
        .first
      #expect(wu?.posts.first?.appointment.until == Town.today.adding(days: 100))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a plan that no longer holds is not carried out`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let plan = try await Self.plan(database, Self.rows)
      try await database.settle(7, "wu", .member, .school(Town.eastSchool))
      let refused = try await database.refusal {
        _ = try AccountsImport($0).store(plan, ids: Self.ids, tokens: Self.tokens, by: .program, at: Town.now)
      }
      #expect(refused == ["import.meanwhile"])
      #expect(try await database.read { try AccountStore($0).list(for: .program) }.count == 1)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `who keeps the accounts and who keeps the roles do it one after the other`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let system = try await database.settle(7, "system", .system)
      let security = try await database.settle(8, "security", .security)
      let first = try await Self.plan(database, Self.rows, [.keepRoles], by: security)
      #expect(first.problems.count == 3)
      _ = try await Self.store(
        database, try await Self.plan(database, Self.rows, [.keepAccounts], by: system), by: system)
      #expect(try await database.read { try AppointmentStore($0).appointments(of: ID(900)) }.isEmpty)
      let posts = try await Self.plan(database, Self.rows, [.keepRoles], by: security)
      #expect(posts.problems.isEmpty)
      #expect(try await Self.store(database, posts, by: security).isEmpty)
      #expect(try await Self.plan(database, Self.rows).count(.unchanged) == 4)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `units and logins beyond the reach are refused`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let east = try await database.settle(7, "east", .system, .authority(Town.east), authority: Town.east)
      try await database.settle(8, "west", .member, .school(Town.westSchool), authority: Town.west)
      let plan = try await Self.plan(
        database,
        [
          Self.row("new", .office, "A1"), Self.row("new", .lead, "S12"), Self.row("west", .member, "S11"),
          Self.row("new", .member, "S11"), Self.row("new", .expert, "' OR 1=1 --"),
        ], by: east)
      #expect(
        plan.problems.map { $0.what.key.dropFirst("problem.people.import.".count) }.sorted()
          == ["authority", "authority", "elsewhere", "school"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a file of many rows is stored as a whole`(engine: Engine) async throws {
    try await Town.with(engine) { database in
      let rows = (0..<700).map { Self.row("user\($0)", .member, $0.isMultiple(of: 2) ? "S11" : "S12") }
      let plan = try await Self.plan(database, rows)
      #expect(plan.newAccounts == 700)
      let ids = (10_000..<11_400).map { ID(Int64($0)) }
      let tokens = (0..<700).map { Token.number(UInt64($0) + 5000) }
      let issued = try await database.write {
        try AccountsImport($0).store(plan, ids: ids, tokens: tokens, by: .program, at: Town.now)
      }
      #expect(issued.count == 700)
    }
  }
}
