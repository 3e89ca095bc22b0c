import Notation
import People
import Registry
import Storage
import StorageFixtures

/// A city with two districts and a school in each, where accounts are made.
enum Town {
  static let city = ID(1)
  static let east = ID(2)
  static let west = ID(3)
  static let eastSchool = ID(11)
  static let westSchool = ID(12)

  static let now = TestDatabases.made
  static let today = now.day

  static func with<T>(_ engine: Engine, _ body: (any Database) async throws -> T) async throws -> T {
    try await TestDatabases.with(engine) { database in
      try await database.write { transaction in
        for (id, parent, level, name) in [
          (city, nil, Authority.Level.city, "City"), (east, city, .district, "East"), (west, city, .district, "West"),
        ] as [(ID, ID?, Authority.Level, String)] {
          try RegistryStore.add(
            Authority(id: id, parent: parent, level: level, code: "A\(id)", name: name), at: now, by: .program,
            transaction)
        }
        for (id, authority, name) in [(eastSchool, east, "East School"), (westSchool, west, "West School")] {
          try RegistryStore.add(
            School(id: id, authority: authority, code: "S\(id)", name: name, pupils: nil), at: now, by: .program,
            transaction)
        }
      }
      return try await body(database)
    }
  }

  static func account(_ id: Int64, _ login: String, _ authority: ID? = city) -> Account {
    Account(id: ID(id), login: login, name: "Name of \(login)", authority: authority, createdAt: now)
  }

  static func post(
    _ id: Int64, of account: Int64, _ role: Role, _ seat: Appointment.Seat, since: Day = today.adding(days: -10),
    until: Day? = nil
  ) -> Appointment {
    Appointment(id: ID(id), account: ID(account), role: role, seat: seat, since: since, until: until)
  }
}

extension Database {
  /// An account with one post, made by the program; the actor it then is.
  @discardableResult
  func settle(
    _ id: Int64, _ login: String, _ role: Role = .office, _ seat: Appointment.Seat = .authority(Town.city),
    authority: ID = Town.city, until: Day? = nil
  ) async throws -> Actor {
    try await write { transaction in
      try AccountStore(transaction).create(Town.account(id, login, authority), by: .program, at: Town.now)
      try AppointmentStore(transaction).appoint(
        Town.post(id * 10, of: id, role, seat, until: until), by: .program, at: Town.now)
    }
    return Actor(account: ID(id), appointment: ID(id * 10), address: "192.0.2.1")
  }

  func refusal(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws -> [String] {
    do {
      try await write(body)
      return []
    } catch let refusal as PeopleRefusal {
      return refusal.messages.map { String($0.key.dropFirst("people.".count)) }
    }
  }

  func actions(_ authority: ID = ID(0)) async throws -> [String] {
    try await read { transaction in
      try transaction.rows("SELECT action FROM audit WHERE authority = $1 ORDER BY number", [.id(authority)])
        .map { try $0.text("action") }
    }
  }

  /// Everything kept, as text, to look for what must not be in it.
  func everythingKept() async throws -> String {
    try await read { transaction in
      try ["account", "session", "invitation", "sign_in_failure", "api_token", "audit"].flatMap { table in
        try transaction.rows("SELECT * FROM \(table)").flatMap { row in
          row.values.map { value in
            switch value {
            case .null: ""
            case .integer(let number): String(number)
            case .text(let text): text
            case .bytes(let bytes): "\(bytes)"
            }
          }
        }
      }.joined(separator: "\n")
    }
  }
}

extension Token {
  static func number(_ number: UInt64) -> Token {
    var random = TokenTests.Counting(value: number &* 0x1234_5678_9ABC_DEF1)
    return Token(from: &random)
  }
}
