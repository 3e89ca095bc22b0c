import Notation
import People
import Storage
import StorageFixtures
import Testing
import Web

@Suite struct LockoutFlowTests {
  @Test(arguments: TestDatabases.engines)
  func `after five slips one waits, is told how long, and gets in afterwards`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      for _ in 0..<5 { #expect(try await house.signIn("li", "wrong wrong").keys == ["signIn.wrong"]) }
      #expect(try await house.signIn("li", "wrong wrong").keys == ["signIn.wrong"])
      let waiting = try await house.signIn("li")
      #expect(waiting.keys == ["signIn.waitSeconds"])
      #expect(waiting.wait == 30)
      // What is refused while waiting makes the wait no longer.
      #expect(try await house.signIn("li", after: 29).wait == 1)
      #expect(try await house.signIn("li", after: 30).token != nil)
      #expect(try await house.signIn("li", "wrong wrong", after: 31).keys == ["signIn.wrong"])
      #expect(try await house.signIn("li", after: 31).token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a clock that ran ahead and was put back keeps nobody out, and gives nobody free guesses`(engine: Engine)
    async throws
  {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let ahead: Int64 = 8 * 86_400
      #expect(try await house.signIn("li", after: ahead).token != nil)
      #expect(try await house.signIn("li", after: 10).token != nil)
      for _ in 0..<8 { _ = try await house.signIn("li", "wrong wrong", from: "192.0.2.9", after: ahead) }
      // One more look, then one waits as long as the failures say.
      #expect(try await house.signIn("li", "wrong wrong", from: "192.0.2.9", after: 20).keys == ["signIn.wrong"])
      let waiting = try await house.signIn("li", from: "192.0.2.9", after: 21)
      #expect(waiting.token == nil && waiting.wait.map { (29...900).contains($0) } == true)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an unknown login waits like a known one`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      for number in 0..<8 {
        let known = try await house.signIn("li", "wrong wrong", from: "192.0.2.1")
        let unknown = try await house.signIn("nobody", "wrong wrong", from: "192.0.2.2")
        #expect(known.keys == unknown.keys, "\(number)")
        #expect(known.wait == unknown.wait)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `ten thousand bad sign-ins stop the attacker, not the owner at the usual address`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      #expect(try await house.signIn("li", from: "192.0.2.1").token != nil)
      var looked = 0
      // From two hundred addresses, a try a second.
      for number in 0..<10_000 {
        let answer = try await house.signIn(
          "li", "guess number \(number)", from: "203.0.113.\(number % 200)", after: Int64(number))
        if answer.wait == nil { looked += 1 }
        if number % 1000 == 500 {
          #expect(try await house.signIn("li", from: "192.0.2.1", after: Int64(number)).token != nil)
        }
      }
      #expect(looked < 40)
      // Even the right password waits at an address it was never used from, and not for long.
      let elsewhere = try await house.signIn("li", from: "198.51.100.1", after: 10_000)
      #expect(elsewhere.token == nil)
      #expect(elsewhere.wait.map { $0 <= 1800 } == true)
      #expect(try await house.signIn("li", from: "198.51.100.1", after: 10_000 + (elsewhere.wait ?? 0)).token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an office of two hundred behind one address gets in, slips and all`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(clerks: 100...299)
      for id in Int64(100)..<300 {
        #expect(try await house.signIn("clerk\(id)", "a slip of the hand", after: id).keys == ["signIn.wrong"])
        #expect(try await house.signIn("clerk\(id)", after: id).token != nil, "clerk\(id)")
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `whoever tries ever other logins from one address is stopped, the office behind it isn't`(
    engine: Engine
  ) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(clerks: 100...109)
      for id in Int64(100)..<110 { #expect(try await house.signIn("clerk\(id)").token != nil) }
      var looked = 0
      for number in 0..<1000 {
        let answer = try await house.signIn("guess\(number)", "spring rain 7", after: Int64(number / 100))
        if answer.wait == nil { looked += 1 }
      }
      #expect(looked < 310)
      for id in Int64(100)..<110 { #expect(try await house.signIn("clerk\(id)", after: 30).token != nil) }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `many tries at the same moment count as many`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let entrance = house.entrance
      let looked = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<64 {
          group.addTask {
            var random = TokenTests.Counting(value: UInt64(number) << 40)
            let answer = Gatehouse.Answer(
              try await entrance.signIn(
                login: "li", password: Password("guess number \(number)"), from: .init(address: "192.0.2.1"),
                at: Town.now, random: &random))
            return answer.wait == nil
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(looked == 6)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what is forgotten is swept away, what is known stays`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      _ = try await house.signIn("li")
      _ = try await house.signIn("nobody")
      let later = Town.now.adding(seconds: 86_400)
      let lockout = house.entrance.lockout
      try await house.database.write { try SignInStore($0, lockout: lockout).sweep(at: later) }
      #expect(try await house.database.read { try $0.rows("SELECT subject FROM sign_in_failure").count } == 1)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a hundred failures in a row are looked at and no more, and the owner gets in at the usual address`(
    engine: Engine
  ) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      #expect(try await house.signIn("li", from: "192.0.2.1").token != nil)
      let lockout = house.entrance.lockout
      // One try an hour for two months, from ever other addresses: no wait stops it.
      let hour: Int64 = 3600
      var looked = 0
      for number in Int64(1)...1400 {
        if number % 200 == 0 {
          let now = Town.now.adding(seconds: number * hour)
          try await house.database.write { try SignInStore($0, lockout: lockout).sweep(at: now) }
        }
        let answer = try await house.signIn(
          "li", "guess number \(number)", from: "203.0.113.\(number % 200)", after: number * hour)
        if answer.keys == ["signIn.wrong"] { looked += 1 }
      }
      #expect(looked == 50)
      let late = 1401 * hour
      #expect(try await house.signIn("li", from: "198.51.100.1", after: late).keys == ["signIn.limit"])
      // At the usual address another fifty, no more than half of them at one; the owner's success ends the row.
      var slips = 0
      for number in Int64(0)..<40 {
        if try await house.signIn("li", "a slip", from: "192.0.2.1", after: late + number * hour).keys
          == ["signIn.wrong"]
        {
          slips += 1
        }
      }
      #expect(slips == 25)
      #expect(try await house.signIn("li", from: "192.0.2.1", after: late + 41 * hour).keys == ["signIn.limit"])
      #expect(
        try await house.database.actions().filter { $0 == "signIn.refused" }.count == 2)
      // By a new link the owner is in again, everywhere.
      try await InvitationTests.invite(house)
      #expect(try await house.takeUp(InvitationTests.link).token != nil)
      #expect(try await house.signIn("li", from: "198.51.100.1", after: late + 42 * hour).token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a success at the usual address opens the others again`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      #expect(try await house.signIn("li", from: "192.0.2.1").token != nil)
      for number in Int64(1)...60 {
        _ = try await house.signIn("li", "guess \(number)", from: "203.0.113.1", after: number * 3600)
      }
      let late: Int64 = 61 * 3600
      #expect(try await house.signIn("li", from: "198.51.100.1", after: late).keys == ["signIn.limit"])
      #expect(try await house.signIn("li", from: "192.0.2.1", after: late).token != nil)
      #expect(try await house.signIn("li", from: "198.51.100.1", after: late).token != nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a login that is nobody's is refused like one that is somebody's`(engine: Engine) async throws {
    try await Gatehouse.with(engine) { house in
      try await house.settle(7, "li")
      let lockout = house.entrance.lockout
      for number in Int64(1)...55 {
        let known = try await house.signIn("li", "guess \(number)", from: "192.0.2.1", after: number * 3600)
        let unknown = try await house.signIn("nobody", "guess \(number)", from: "192.0.2.2", after: number * 3600)
        #expect(known.keys == unknown.keys, "\(number)")
        #expect(known.keys == [number <= 50 ? "signIn.wrong" : "signIn.limit"], "\(number)")
      }
      let later = Town.now.adding(seconds: 80 * 86_400)
      try await house.database.write { try SignInStore($0, lockout: lockout).sweep(at: later) }
      for login in ["li", "nobody"] {
        #expect(try await house.signIn(login, from: "192.0.2.3", after: 80 * 86_400).keys == ["signIn.limit"])
      }
    }
  }
}
