import Cycles
import Documents
import Fixtures
import Notation
import Outcomes
import People
import Policies
import Publishing
import Registry
import Scoring
import StorageFixtures
import Testing

@testable import Storage

/// A city with two districts and four groups under a small policy that has everything confirmation knows: items scored
/// by place, a veto, a quota whose ties are decided, a choice left to people, a grant once in a life, a streak.
struct SmallCity: Sendable {
  static let authority = ID(10)
  static let groups: [ID] = [ID(31), ID(32), ID(33), ID(34)]
  static let policyText = """
    policy: example
    title: 示例考核办法
    forms: [{id: tight, name: 紧密型, source: 一}, {id: loose, name: 松散型, source: 一}]
    scheme:
      total: 100
      indicators:
        - id: all
          title: 全部
          points: 100
          items:
            - {id: "1", title: 管理, points: 80, rule: {kind: judged}, source: 一}
            - {id: "2", title: 交流, points: 20, rule: {kind: placed, places: [20, 15, 10, 5], better: higher}, source: 一}
    bonus:
      items: [{id: extra, title: 获奖, points: 5, rule: {kind: tiers, tiers: {city: 1, provincial: 3}, take: all}, source: 二}]
    vetoes: [{id: incident, title: 重大责任事件, grade: 不合格, source: 三}]
    grading:
      by: total
      grades: [{name: 优秀, from: 90}, {name: 良好, from: 70}, {name: 不合格, from: 0}]
    year: {starts: 09-01}
    stages:
      - {id: self, title: 自评, by: lead, due: 08-31}
      - {id: first, title: 初评, by: district, due: 09-30}
      - {id: final, title: 终评, by: city, due: 10-31}
      - {id: objection, title: 异议, days: 5}
      - {id: publish, title: 公布, by: city}
    counts: last
    consequences:
      - {id: award, title: 奖励, to: group, select: {among: {grade: 良好}, order: [total desc], count: 1, ties: decide}, effect: {kind: fund}, source: 四}
      - {id: named, title: 表扬, to: group, select: {among: {grade: 优秀}, order: [total desc], by: decision}, effect: {kind: title}, source: 四}
      - {id: once, title: 首奖, to: lead, once: group, select: {order: [total desc], count: 1}, effect: {kind: fund}, source: 四}
      - {id: again, title: 连续两年不合格, to: principals, when: 'streak(grade == "不合格") >= 2', effect: {kind: notice}, source: 四}
    """

  static let policy = Written.policy(policyText)

  let database: any Database
  let ids = IDMaker(node: 7)
  let editions = PolicyEditions()

  static func with(_ engine: Engine, _ body: (SmallCity) async throws -> Void) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { try SmallCity.fill($0) }
      try await body(SmallCity(database: database))
    }
  }

  static func day(_ text: String, hour: Int64 = 10) -> Instant {
    Instant(startOf: Day(text) ?? Day(daysSince1970: 0)).adding(seconds: hour * 3600)
  }

  private static func fill(_ transaction: any Transaction) throws {
    let now = day("2020-09-01")
    for (id, parent, level) in [(10, nil, "city"), (11, 10, "district"), (12, 10, "district"), (90, nil, "city")]
      as [(Int64, Int64?, String)]
    {
      try RegistryStore.add(
        Authority(
          id: ID(id), parent: parent.map { ID($0) }, level: #require(Authority.Level(rawValue: level)), code: "a\(id)",
          name: "教育局\(id)"), at: now, by: .program, transaction)
    }
    for (place, group) in groups.enumerated() {
      let authority = ID(place < 2 ? 11 : 12)
      try RegistryStore.add(
        Group(
          id: group, authority: authority, code: "g\(group)", name: "集团\(group)", form: place == 3 ? "loose" : "tight",
          formed: Day("2019-09-01")), at: now, by: .program, transaction)
      for (number, role) in [(0, Membership.Role.lead), (1, .member)] {
        let school = ID(Int64(100 + place * 10 + number))
        try RegistryStore.add(
          School(id: school, authority: authority, code: "s\(school)", name: "学校\(school)", pupils: 500), at: now,
          by: .program, transaction)
        try RegistryStore.add(
          Membership(group: group, school: school, role: role, since: #require(Day("2020-09-01")), until: nil),
          transaction)
      }
    }
    for person in Worker.allCases { try person.appoint(transaction) }
  }

  /// The city's policy as a cycle freezes it.
  static let files = PolicyEditions.Files(name: "example", files: ["policy.yaml": policyText])

  func open(_ year: Int) async throws -> ID {
    let id = ID(Int64(year))
    let now = SmallCity.day("\(year)-07-01")
    try await database.write { [ids] transaction in
      try CycleStore.open(
        CycleOpening(
          authority: SmallCity.authority, id: id, year: year, title: "\(year)", files: SmallCity.files,
          policy: SmallCity.policy), at: now, by: .program, ids: ids, transaction)
    }
    return id
  }

  func cycle(_ id: ID) async throws -> StoredCycle {
    let editions = editions
    return try await database.read {
      try #require(try CycleStore.cycle(authority: SmallCity.authority, id, editions, $0))
    }
  }

  func compute(_ id: ID) async throws -> ComputedYear {
    let cycle = try await cycle(id)
    return try await database.read { try ResultsStore.compute(cycle, $0) }
  }

  @discardableResult
  func confirm(_ id: ID, at now: Instant) async throws -> ComputedYear {
    let cycle = try await cycle(id)
    return try await database.write { try ResultsStore.confirm(cycle, at: now, by: Worker.city.actor, $0) }
  }

  func reopen(_ id: ID, because reason: String, at now: Instant) async throws {
    let cycle = try await cycle(id)
    try await database.write {
      try ResultsStore.reopen(cycle, reason: reason, at: now, by: Worker.city.actor, $0)
    }
  }

  @discardableResult
  func publish(_ id: ID, because reason: String? = nil, at now: Instant) async throws -> Int {
    let cycle = try await cycle(id)
    return try await database.write {
      try ResultsStore.publish(
        cycle, document: "示例〔\(cycle.year)〕1号", disclosure: .usual(cycle.policy), reason: reason, at: now,
        by: Worker.city.actor, $0)
    }
  }

  func decide(_ id: ID, _ consequence: String, _ group: Int64, _ granted: Bool, at now: Instant) async throws {
    try await database.write {
      try ResultsStore.decide(
        [
          RecordedDecision(
            year: Int(id.number), consequence: consequence, group: String(group), granted: granted, reason: "研究决定")
        ], authority: SmallCity.authority, cycle: id, at: now, by: Worker.city.actor, $0)
    }
  }
}

enum Worker: Int64, CaseIterable, Sendable {
  case city = 1, east, west, lead, otherLead, member, supervisor, stranger

  var role: Role {
    switch self {
    case .city, .east, .west, .stranger: .office
    case .lead, .otherLead: .lead
    case .member: .member
    case .supervisor: .supervisor
    }
  }

  var authority: ID {
    switch self {
    case .city, .supervisor: ID(10)
    case .west, .otherLead: ID(12)
    case .stranger: ID(90)
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
