import Notation
import Storage
import StorageFixtures
import Testing

@Suite struct RequestKeyTests {
  static let now = TestDatabases.made
  static let key = RequestKey(account: ID(7), text: "k", fingerprint: "f")

  @Test(arguments: TestDatabases.engines)
  func `two programs side by side carry out one request once`(engine: Engine) async throws {
    try await TestDatabases.withPlace(engine) { place in
      let programs = [try await place.open(), try await place.open()]
      let answers = try await withThrowingTaskGroup(of: KeyedAnswer.self) { group in
        for number in 0..<16 {
          group.addTask {
            try await programs[number % 2].write { transaction in
              try RequestKeyStore.once(Self.key, at: Self.now, transaction) {
                try transaction.run(
                  "INSERT INTO policy_edition (hash, policy, title, files, created_at) VALUES ($1, 'p', 't', '{}', 0)",
                  [.text("edition \(number)")])
                return KeyedAnswer(status: 201, text: "\(number)")
              }
            }
          }
        }
        return try await group.reduce(into: [KeyedAnswer]()) { $0.append($1) }
      }
      #expect(Set(answers.map(\.text)).count == 1)
      #expect(answers.filter { !$0.isRepeated }.count == 1)
      let done = try await programs[0].read { try $0.rows("SELECT hash FROM policy_edition") }
      #expect(done.count == 1)
      for program in programs { await program.close() }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a key with other content is taken, and one whose request failed is free`(engine: Engine) async throws {
    try await TestDatabases.with(engine) { database in
      struct Failed: Error {}
      await #expect(throws: Failed.self) {
        try await database.write { try RequestKeyStore.once(Self.key, at: Self.now, $0) { throw Failed() } }
      }
      _ = try await database.write {
        try RequestKeyStore.once(Self.key, at: Self.now, $0) { KeyedAnswer(status: 200, text: "{}") }
      }
      let other = RequestKey(account: ID(7), text: "k", fingerprint: "g")
      await #expect(throws: RequestKeyTaken.self) {
        try await database.write {
          try RequestKeyStore.once(other, at: Self.now, $0) { KeyedAnswer(status: 200, text: "{}") }
        }
      }
    }
  }
}
