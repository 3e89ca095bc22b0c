import Notation
import People
import Storage
import StorageFixtures
import Testing
import Web

@Suite struct SignInTests {
  @Test(arguments: TestDatabases.engines)
  func `whoever knows login and password is let in, in the post held longest`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let answer = try await house.signIn(" LI ")
      #expect(answer.viewer?.account == ID(7))
      #expect(answer.viewer?.post?.appointment == ID(70))
      #expect(try await house.viewer(answer) == answer.viewer)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `wrong password, unknown login, closed account and no password yet are told alike`(
    engine: Engine
  ) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      try await house.settle(8, "closed")
      try await house.database.settle(9, "fresh")
      try await house.database.write { try AccountStore($0).close(ID(8), by: .program, at: Town.now) }
      let answers = [
        try await house.signIn("li", "another password", from: "192.0.2.1"),
        try await house.signIn("nobody", from: "192.0.2.2"), try await house.signIn("closed", from: "192.0.2.3"),
        try await house.signIn("fresh", from: "192.0.2.4"), try await house.signIn("\0", "\0", from: "192.0.2.5"),
        try await house.signIn("", "", from: "192.0.2.6"),
        try await house.signIn("li", String(repeating: "x", count: 100_000), from: "192.0.2.7"),
      ]
      for answer in answers {
        #expect(answer.keys == ["signIn.wrong"])
        #expect(answer.wait == nil)
        #expect(answer.token == nil)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a person whose post has ended may enter but has none`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li", until: Town.today)
      let answer = try await house.signIn("li")
      #expect(answer.token != nil)
      #expect(answer.viewer != nil)
      #expect(answer.viewer?.post == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a session planted beforehand is worth nothing afterwards`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "attacker")
      try await house.settle(8, "li")
      let planted = try await house.signIn("attacker")
      let own = try await house.signIn("li", session: planted.token)
      #expect(own.token != planted.token)
      #expect(try await house.viewer(planted) == nil)
      #expect(try await house.viewer(own)?.account == ID(8))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a password under lower cost is hashed anew when next used`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let dearer = HashCost(rounds: 4, blockSize: 1, parallelism: 1)
      var later = Gatehouse(house.database, cost: dearer)
      func kept() async throws -> String? {
        try await house.database.read { try AccountStore($0).secret(login: "li")?.secret }
      }
      let before = try await kept()
      #expect(try await later.signIn("li", "wrong but long").keys == ["signIn.wrong"])
      #expect(try await kept() == before)
      #expect(try await later.signIn("li").token != nil)
      #expect(try await kept()?.hasPrefix("scrypt$4$1$1$") == true)
      #expect(try await later.signIn("li").token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nothing that is kept holds a password or a token`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let answer = try await house.signIn("li")
      _ = try await house.signIn("li", "my old secret 99")
      // A password typed into the field for the login.
      _ = try await house.signIn("typed-by-mistake", from: "192.0.2.9")
      try await house.database.write {
        try InvitationStore($0).issue(.number(5), to: ID(7), by: .program, at: Town.now)
      }
      let kept = try await house.database.everythingKept()
      for secret in [
        Gatehouse.password, "my old secret 99", "typed-by-mistake", answer.token?.text ?? "-",
        "\(answer.token?.bytes ?? [])", "\(Token.number(5).bytes)",
      ] { #expect(!kept.contains(secret)) }
      #expect(
        Set(try await house.database.actions())
          == ["account.created", "account.passwordSet", "session.opened", "signIn.failed", "invitation.issued"])
    }
  }
}
