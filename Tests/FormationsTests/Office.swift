import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// A small city with its offices and schools, and a policy in force.
struct Office: Sendable {
  static let now = Town.start
  let database: any Database
  let editions = PolicyEditions()
  let ids = IDMaker(node: 4)

  /// Posts: 201 the city, 202 and 203 its districts, 204 the lead school 21, 205 school 22, 206 school 24, 209 elsewhere.
  static func with(_ engine: Engine, policy: String = "ankang-2022", _ body: (Office) async throws -> Void) async throws
  {
    try await TestDatabases.with(engine) { database in
      try await database.write { try fill($0, policy) }
      try await body(Office(database: database))
    }
  }

  private static func fill(_ transaction: any Transaction, _ policy: String) throws {
    for (id, parent, level) in [(10, nil, "city"), (11, 10, "district"), (12, 10, "district"), (19, nil, "city")]
      as [(Int64, Int64?, String)]
    {
      try RegistryStore.add(
        Authority(
          id: ID(id), parent: parent.map { ID($0) }, level: #require(Authority.Level(rawValue: level)), code: "a\(id)",
          name: "教育局\(id)"), at: now, by: .program, transaction)
    }
    for (id, authority) in [(21, 11), (22, 11), (23, 11), (24, 12), (29, 19)] as [(Int64, Int64)] {
      try RegistryStore.add(
        School(id: ID(id), authority: ID(authority), code: "s\(id)", name: "第\(id)小学", pupils: 900), at: now,
        by: .program, transaction)
    }
    let posts: [(Int64, Role, Appointment.Seat)] = [
      (201, .office, .authority(ID(10))), (202, .office, .authority(ID(11))), (203, .office, .authority(ID(12))),
      (204, .lead, .school(ID(21))), (205, .member, .school(ID(22))), (206, .member, .school(ID(24))),
      (209, .office, .authority(ID(19))),
    ]
    for (id, role, seat) in posts {
      try AccountStore(transaction).create(
        Account(id: ID(id - 100), login: "p\(id)", name: "p\(id)", authority: nil, createdAt: now), by: .program,
        at: now)
      try AppointmentStore(transaction).appoint(
        Appointment(
          id: ID(id), account: ID(id - 100), role: role, seat: seat, since: #require(Day("2025-09-01")), until: nil),
        by: .program, at: now)
    }
    let files = PolicyEditions.Files(
      name: policy,
      files: Dictionary(
        uniqueKeysWithValues: Repository.names(in: "policies/\(policy)").filter { $0.hasSuffix(".yaml") }.map {
          ($0, Repository.text("policies/\(policy)/\($0)"))
        }))
    try FormationPolicyStore.set(
      files, title: policy, for: ID(201), at: now, by: Actor(account: ID(101), appointment: ID(201)),
      PolicyEditions(), transaction)
  }

  func begin(
    _ kind: FormationCase.Kind = .new, group: Int64? = nil, by party: FormationCase.Party = .school(ID(21)),
    id: Int64 = 700
  ) async throws {
    try await database.write { [editions] transaction in
      let policy = try #require(try FormationPolicyStore.inForce(for: ID(11), editions, transaction))
      try FormationStore.create(
        ID(id), kind, group: group.map { ID($0) }, by: party, under: policy, at: Self.now, actor: .program, transaction)
    }
  }

  func find(_ post: Int64, _ id: Int64 = 700, at now: Instant = now) async throws -> StoredFormation? {
    try await database.read { [editions] in
      try FormationStore.find(authority: ID(10), ID(id), for: ID(post), at: now, editions, $0)
    }
  }

  @discardableResult
  func act(
    _ act: CaseAct, _ party: FormationCase.Party, as post: Int64, _ id: Int64 = 700, at now: Instant = now
  ) async throws -> FormationCase {
    try await database.write { [editions, ids] transaction in
      let stored = try #require(
        try FormationStore.find(authority: ID(10), ID(id), for: ID(post), at: now, editions, transaction))
      return try FormationStore.act(
        act, on: stored, by: party, at: now, actor: Actor(account: ID(post - 100), appointment: ID(post)), ids: ids,
        transaction)
    }
  }

  /// Everything 安康 asks of a group of these schools.
  func write(_ schools: [Int64], form: String = "collaborative", figures: [String: CaseFigure] = [:]) async throws {
    let seen = try #require(try await find(204)).value.version
    let chosen = try await database.read { transaction in
      try schools.compactMap { try FormationStore.school(ID($0), within: ID(10), on: Self.now.day, transaction) }
    }
    let content = CaseContent(
      name: "第一教育集团", form: form, area: "central",
      schools: chosen.map { school in
        var school = school
        if school.school == ID(21) { school.part = .lead }
        school.isNew = false
        school.isWeak = true
        return school
      }, texts: ["goals": "缩小差距", "management": "理事会", "safeguards": "专项经费"], figures: figures)
    try await act(.write(content, seen: seen), .school(ID(21)), as: 204)
  }
}
