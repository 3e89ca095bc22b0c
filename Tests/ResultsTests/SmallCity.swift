import Cycles
import Notation
import Outcomes
import People
import Policies
import Publishing
import Registry
import StorageFixtures
import Testing

@testable import Storage

/// A city with two districts and four groups under the small policy, and another city.
struct SmallCity: Sendable {
  static let authority = ID(10)
  static let policy = SmallPolicy.policy

  let database: any Database
  private let ids = IDMaker(node: 7)

  static func with(_ engine: Engine, _ body: (SmallCity) async throws -> Void) async throws {
    try await TestDatabases.with(engine, holding: "small city", { try SmallCity.fill($0) }) { database in
      try await body(SmallCity(database: database))
    }
  }

  static func fill(_ transaction: any Transaction) throws {
    let now = Instant(startOf: Day(year: 2020, month: 9, day: 1) ?? Day(daysSince1970: 0))
    try SmallMap.lay(
      authorities: [(10, nil, .city), (11, 10, .district), (12, 10, .district), (90, nil, .city)],
      groups: [
        (31, 11, "tight", [100, 101]), (32, 11, "tight", [110, 111]), (33, 12, "tight", [120, 121]),
        (34, 12, "loose", [130, 131]),
      ], at: now, transaction)
    for worker in Worker.allCases { try worker.appoint(transaction) }
  }

  /// A year, opened; its cycle's number is the year's.
  func open(_ year: Int) async throws -> SmallYear {
    let small = SmallYear(
      database: database, authority: SmallCity.authority, cycle: ID(Int64(year)), year: year,
      office: Worker.city.viewer, ids: ids)
    try await small.open()
    return small
  }
}

extension SmallYear {
  func compute() async throws -> ComputedYear {
    let cycle = try await stored()
    return try await database.read { try ResultsStore.compute(cycle, $0) }
  }

  @discardableResult
  func confirm(at now: Instant) async throws -> ComputedYear {
    let cycle = try await stored()
    return try await database.write { try ResultsStore.confirm(cycle, at: now, by: Worker.city.actor, $0) }
  }

  func reopen(because reason: String, at now: Instant) async throws {
    let cycle = try await stored()
    try await database.write {
      try ResultsStore.reopen(cycle, reason: reason, at: now, by: Worker.city.actor, $0)
    }
  }

  @discardableResult
  func publish(because reason: String? = nil, at now: Instant) async throws -> Int {
    let cycle = try await stored()
    return try await database.write {
      try ResultsStore.publish(
        cycle, document: "示例〔\(cycle.year)〕1号", disclosure: .usual(cycle.policy), reason: reason, at: now,
        by: Worker.city.actor, $0)
    }
  }

  func decide(_ consequence: String, _ group: Int64, _ granted: Bool, at now: Instant) async throws {
    let decision = RecordedDecision(
      year: year, consequence: consequence, group: String(group), granted: granted, reason: "研究决定")
    let (authority, cycle) = (authority, cycle)
    try await database.write {
      try ResultsStore.decide([decision], authority: authority, cycle: cycle, at: now, by: Worker.city.actor, $0)
    }
  }

  /// Decides all that waits: the first of each gets it.
  func decideAll() async throws {
    for choice in try await compute().waiting {
      for (place, group) in choice.groups.enumerated() {
        try await decide(choice.consequence, Int64(group) ?? 0, place == 0, at: day(11, 2))
      }
    }
  }

  func state() async throws -> YearState {
    let cycle = try await stored()
    return try await database.read { try YearState.of(cycle, $0) }
  }

  /// What keeps something from being done, by key.
  func refusal(_ body: () async throws -> Void) async throws -> [String] {
    do {
      try await body()
      return []
    } catch let refusal as ResultsRefusal {
      return refusal.messages.map(\.key)
    }
  }
}

enum Worker: Int64, CaseIterable, Sendable {
  case city = 1, east, west, lead, otherLead, member, supervisor, stranger, foreignSupervisor

  var role: Role {
    switch self {
    case .city, .east, .west, .stranger: .office
    case .lead, .otherLead: .lead
    case .member: .member
    case .supervisor, .foreignSupervisor: .supervisor
    }
  }

  var authority: ID {
    switch self {
    case .city, .supervisor: ID(10)
    case .west, .otherLead: ID(12)
    case .stranger, .foreignSupervisor: ID(90)
    default: ID(11)
    }
  }

  var school: ID? {
    switch self {
    case .lead: ID(100)
    case .member: ID(101)
    case .otherLead: ID(120)
    default: nil
    }
  }

  var appointment: ID { ID(1000 + rawValue) }
  var actor: Actor { Actor(account: ID(rawValue), appointment: appointment) }
  var post: Viewer.Post {
    Viewer.Post(
      appointment: appointment, role: role, authority: authority, authorityName: "教育局\(authority)",
      level: authority == ID(11) || authority == ID(12) ? "district" : "city", school: school, schoolName: nil)
  }
  var viewer: Viewer { Viewer(account: ID(rawValue), name: "\(self)", post: post, language: "zh-CN") }

  func appoint(_ transaction: any Transaction) throws {
    try transaction.run(
      "INSERT INTO account (id, login, name, created_at) VALUES ($1, $2, $2, 0)",
      [.integer(rawValue), .text("\(self)")])
    try transaction.run(
      """
      INSERT INTO appointment (id, account, role, authority, school, since, created_at)
      VALUES ($1, $2, $3, $4, $5, '2020-01-01', 0)
      """,
      [
        .id(appointment), .integer(rawValue), .text(role.rawValue), school == nil ? .id(authority) : .null, .id(school),
      ])
  }
}
