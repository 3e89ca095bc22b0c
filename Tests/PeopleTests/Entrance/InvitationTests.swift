import Notation
import People
import Storage
import StorageFixtures
import Testing
import Web

@Suite struct InvitationTests {
  static let link = Token.number(77)

  static func invite(_ house: Gatehouse, _ token: Token = link) async throws {
    try await house.database.write { try InvitationStore($0).issue(token, to: ID(7), by: .program, at: Town.now) }
  }

  @Test(arguments: TestDatabases.engines)
  func `an invited person chooses a password and is in`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.database.settle(7, "wangxiaoming")
      try await Self.invite(house)
      #expect(try await house.takeUp(Self.link, "wangxiaoming27").keys == ["password.words"])
      let answer = try await house.takeUp(Self.link)
      #expect(answer.viewer?.account == ID(7))
      #expect(try await house.viewer(answer) != nil)
      #expect(try await house.signIn("wangxiaoming").token != nil)
      #expect(try await house.takeUp(Self.link, "another good one 5").keys == ["invitation.gone"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `of two who use a link at once, one gets the account`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.database.settle(7, "li")
      try await Self.invite(house)
      let entrance = house.entrance
      let entered = try await withThrowingTaskGroup(of: Int?.self) { group in
        for number in 0..<8 {
          group.addTask {
            var random = TokenTests.Counting(value: UInt64(number) << 40)
            let answer = Gatehouse.Answer(
              try await entrance.takeUp(
                Self.link, password: Password("kv7-qmtz-w\(number)"), from: .init(address: "192.0.2.1"), at: Town.now,
                random: &random))
            if answer.token == nil { #expect(answer.keys == ["invitation.gone"]) }
            return answer.token == nil ? nil : number
          }
        }
        return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
      }
      #expect(entered.count == 1)
      #expect(try await house.signIn("li", "kv7-qmtz-w\(entered.first ?? 9)").token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a link ends after seven days, with a newer one, and with the account`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.database.settle(7, "li")
      try await Self.invite(house)
      func isOpen(_ token: Token, after seconds: Int64 = 0) async throws -> Bool {
        try await house.database.read {
          try InvitationStore($0).find(token, at: Town.now.adding(seconds: seconds)) != nil
        }
      }
      #expect(try await isOpen(Self.link, after: 7 * 86_400 - 1))
      #expect(try await !isOpen(Self.link, after: 7 * 86_400))
      try await Self.invite(house, .number(78))
      #expect(try await !isOpen(Self.link))
      #expect(try await isOpen(.number(78)))
      try await house.database.write { try AccountStore($0).close(ID(7), by: .program, at: Town.now) }
      #expect(try await !isOpen(.number(78)))
      #expect(try await house.takeUp(.number(78)).keys == ["invitation.gone"])
      #expect(
        try await house.database.refusal {
          try InvitationStore($0).issue(.number(79), to: ID(7), by: .program, at: Town.now)
        } == ["account.closed"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a new password ends every other session`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let here = try await house.signIn("li")
      let elsewhere = try await house.signIn("li", from: "192.0.2.2")
      let viewer = try #require(here.viewer)
      var random = TokenTests.Counting(value: 99)
      func change(_ present: String, _ new: String) async throws -> Gatehouse.Answer {
        Gatehouse.Answer(
          try await house.entrance.changePassword(
            of: viewer, present: Password(present), new: Password(new),
            from: .init(address: "192.0.2.1", session: here.token), at: Town.now, random: &random))
      }
      #expect(try await change("not the present one", "a good new one 5").keys == ["password.present"])
      #expect(try await change(Gatehouse.password, "12345678").keys == ["password.pattern", "password.common"])
      #expect(try await change(Gatehouse.password, Gatehouse.password).keys == ["password.same"])
      #expect(try await house.viewer(elsewhere) != nil)
      let answer = try await change(Gatehouse.password, "a good new one 5")
      #expect(try await house.viewer(answer)?.post == viewer.post)
      #expect(try await house.viewer(elsewhere) == nil)
      #expect(try await house.viewer(here) == nil)
      #expect(try await house.signIn("li").keys == ["signIn.wrong"])
      #expect(try await house.signIn("li", "a good new one 5").token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a stolen session is no way to guess the password`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let viewer = try #require(try await house.signIn("li").viewer)
      var random = TokenTests.Counting(value: 99)
      var looked = 0
      for number in 0..<50 {
        let answer = Gatehouse.Answer(
          try await house.entrance.changePassword(
            of: viewer, present: Password("guess number \(number)"), new: Password("a good new one 5"),
            from: .init(address: "192.0.2.1"), at: Town.now, random: &random))
        if answer.wait == nil { looked += 1 }
      }
      #expect(looked == 6)
    }
  }
}
