import Foundation
import Notation
import Storage
import StorageFixtures
import Testing

/// How many durable writes a second, printed; `JUNHENG_MEASURE=1` asks for it, with nothing else running.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["JUNHENG_MEASURE"] != nil, "JUNHENG_MEASURE=1"))
struct RateTests {
  static let writers = 64
  static let rounds = 200

  @Test(.serialized, arguments: TestDatabases.engines)
  func `writes of 64 writers at once`(engine: Engine) async throws {
    for (recorded, programs) in [(false, 1), (true, 1), (true, 2)] {
      try await TestDatabases.withPlace(engine) { place in
        var databases: [any Database] = []
        for _ in 0..<programs { databases.append(try await place.open()) }
        try await databases[0].run("CREATE TABLE one (id BIGINT PRIMARY KEY, words TEXT)")
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
          for writer in 0..<Self.writers {
            let database = databases[writer % programs]
            group.addTask { try await Self.write(writer, recorded, in: database) }
          }
          try await group.waitForAll()
        }
        tell("\(engine): writes\(recorded ? " with an audit row" : ""), \(programs) program(s)", start)
        for database in databases { await database.close() }
      }
    }
  }

  static func write(_ writer: Int, _ recorded: Bool, in database: any Database) async throws {
    for round in 0..<rounds {
      try await database.write { transaction in
        try transaction.run("INSERT INTO one VALUES ($1, $2)", [.integer(writer * rounds + round), "3.75"])
        if recorded {
          transaction.record(.of(Int64(writer % 8), "mark.saved", item: "4", before: "3.5", after: "3.75"))
        }
      }
    }
  }

  func tell(_ what: String, _ start: ContinuousClock.Instant) {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("\(what): \(Int(Double(Self.writers * Self.rounds) / seconds)) a second")
  }
}
