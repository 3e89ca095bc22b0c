import Notation
import People
import Storage
import StorageFixtures
import Web

/// The way in to a town, at next to no cost of hashing; passwords are given by number.
struct Gatehouse {
  let database: any Database
  var entrance: Entrance
  private(set) var random = TokenTests.Counting(value: 1)

  static let cheap = HashCost(rounds: 2, blockSize: 1, parallelism: 1)
  static let password = "kv7-qmtz-w3"

  init(_ database: any Database, cost: HashCost = cheap) {
    self.database = database
    entrance = Entrance(database: database, hasher: PasswordHasher(cost: cost, mostWaiting: 10_000))
  }

  static func with<T>(_ engine: Engine, _ body: (inout Gatehouse) async throws -> T) async throws -> T {
    try await Town.with(engine) { database in
      var house = Gatehouse(database)
      return try await body(&house)
    }
  }

  /// A person with an account, a post, and a password.
  mutating func settle(_ id: Int64, _ login: String, password: String = password, until: Day? = nil) async throws {
    try await database.settle(id, login, until: until)
    let secret = try await PasswordHasher(cost: Self.cheap)
      .hash(Password(password), salt: PasswordHasher.salt(from: &random))
    try await database.write { try AccountStore($0).setSecret(secret, of: ID(id), by: .program, at: Town.now) }
  }

  /// A whole office at once: `clerk100`, `clerk101`, …
  mutating func settle(clerks: ClosedRange<Int64>) async throws {
    let secret = try await PasswordHasher(cost: Self.cheap)
      .hash(Password(Self.password), salt: PasswordHasher.salt(from: &random))
    try await database.write { transaction in
      let accounts = AccountStore(transaction)
      for id in clerks {
        try accounts.create(Town.account(id, "clerk\(id)"), by: .program, at: Town.now)
        try accounts.setSecret(secret, of: ID(id), by: .program, at: Town.now)
      }
    }
  }

  mutating func signIn(
    _ login: String, _ password: String = password, from address: String = "192.0.2.1", session: Token? = nil,
    after seconds: Int64 = 0
  ) async throws -> Answer {
    Answer(
      try await entrance.signIn(
        login: login, password: Password(password), from: .init(address: address, session: session),
        at: Town.now.adding(seconds: seconds), random: &random))
  }

  mutating func takeUp(_ link: Token, _ password: String = password) async throws -> Answer {
    Answer(
      try await entrance.takeUp(
        link, password: Password(password), from: .init(address: "192.0.2.1"), at: Town.now, random: &random))
  }

  func viewer(_ answer: Answer, after seconds: Int64 = 0) async throws -> Viewer? {
    guard let token = answer.token else { return nil }
    let (terms, now) = (entrance.terms, Town.now.adding(seconds: seconds))
    return try await database.read { try SessionStore($0, terms: terms).find(token, at: now)?.viewer }
  }

  struct Answer {
    var token: Token?
    var viewer: Viewer?
    var keys: [String] = []
    var wait: Int64?

    init(_ answer: Entrance.Answer) {
      switch answer {
      case .entered(let token, let viewer):
        self.token = token
        self.viewer = viewer
      case .refused(let messages, let wait):
        keys = messages.map { String($0.key.dropFirst("people.".count)) }
        self.wait = wait
      }
    }
  }
}
