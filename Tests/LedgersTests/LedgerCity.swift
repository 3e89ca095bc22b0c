import Documents
import Fixtures
import Ledgers
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Storage

/// A city with two districts and two groups in a database: group 31 of district 11 (lead 1, members 2 and 3), group 32 of
/// district 12 (lead 4, member 5). The lead and a member school of the first have somebody, so have both districts.
struct LedgerCity: Sendable {
  enum Person: Int64, CaseIterable, Sendable {
    case city = 101, district, otherDistrict, lead, member, otherLead, supervisor

    var appointment: ID { ID(rawValue + 100) }
    var role: Role {
      switch self {
      case .city, .district, .otherDistrict: .office
      case .lead, .otherLead: .lead
      case .member: .member
      case .supervisor: .supervisor
      }
    }
    var authority: ID {
      switch self {
      case .city, .supervisor: ID(10)
      case .otherDistrict, .otherLead: ID(12)
      default: ID(11)
      }
    }
    var school: ID? {
      switch self {
      case .lead: ID(1)
      case .member: ID(2)
      case .otherLead: ID(4)
      default: nil
      }
    }
    var actor: Actor { Actor(account: ID(rawValue), appointment: appointment) }
    var post: Viewer.Post {
      Viewer.Post(
        appointment: appointment, role: role, authority: authority, authorityName: "", level: "district",
        school: school, schoolName: nil)
    }
  }

  let database: any Database
  let ids = IDMaker(node: 5)
  let editions = PolicyEditions()
  static let today = LedgerTown.day("2022-05-01")
  static let now = Instant(startOf: today).adding(seconds: 36_000)
  static let before = Instant(startOf: LedgerTown.day("2020-09-01"))

  static func with(_ engine: Engine, _ body: (LedgerCity) async throws -> Void) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { try fill($0) }
      try await body(LedgerCity(database: database))
    }
  }

  static func fill(_ transaction: any Transaction) throws {
    for (id, level) in [(10, Authority.Level.city), (11, .district), (12, .district)] as [(Int64, Authority.Level)] {
      try RegistryStore.add(
        Authority(id: ID(id), parent: id == 10 ? nil : ID(10), level: level, code: "a\(id)", name: "教育局\(id)"),
        at: before, by: .program, transaction)
    }
    for (group, authority, schools) in [(31, 11, [1, 2, 3]), (32, 12, [4, 5])] as [(Int64, Int64, [Int64])] {
      try RegistryStore.add(
        Group(
          id: ID(group), authority: ID(authority), code: "g\(group)", name: "集团\(group)", form: "integrated",
          formed: Day("2019-09-01")), at: before, by: .program, transaction)
      for school in schools {
        try RegistryStore.add(
          School(id: ID(school), authority: ID(authority), code: "S\(school)", name: "学校\(school)", pupils: 500),
          at: before, by: .program, transaction)
        try RegistryStore.add(
          Membership(
            group: ID(group), school: ID(school), role: school == schools[0] ? .lead : .member,
            since: LedgerTown.day("2020-09-01"), until: nil), transaction)
      }
    }
    for person in Person.allCases {
      try transaction.run(
        "INSERT INTO account (id, login, name, created_at) VALUES ($1, $2, $2, 0)",
        [.integer(person.rawValue), .text("\(person)")])
      try transaction.run(
        """
        INSERT INTO appointment (id, account, role, authority, school, since, created_at)
        VALUES ($1, $2, $3, $4, $5, '2020-01-01', 0)
        """,
        [
          .id(person.appointment), .integer(person.rawValue), .text(person.role.rawValue),
          person.school == nil ? .id(person.authority) : .null, .id(person.school),
        ])
    }
  }

  /// A group's year as somebody finds it.
  struct Found: Sendable {
    let ground: LedgerGround
    let year: GroupYear
    let rights: LedgerRights
    let context: RecordContext
  }

  func find(
    _ person: Person, _ group: Int64, in year: Int = 2022, _ transaction: any Transaction
  ) throws -> Found? {
    guard
      let ground = try LedgerStore.ground(
        group: ID(group), year: year, for: person.appointment, today: Self.today, editions, transaction)
    else { return nil }
    let year = try LedgerStore.year(on: ground, transaction)
    return Found(
      ground: ground, year: year, rights: LedgerRights(person.post, of: year, under: ground.under),
      context: RecordContext(
        year: year, teachers: try LedgerStore.teachers(of: ground.schools, transaction),
        catalogues: [.chinese, .english]))
  }

  func found(_ person: Person, _ group: Int64 = 31) async throws -> Found? {
    try await database.read { try find(person, group, $0) }
  }

  /// Keeps a record as a form would.
  @discardableResult
  func save(
    _ kind: String, _ texts: [String: String], school: String = "", by person: Person, over record: ID? = nil,
    seen version: Int? = nil, in year: Int = 2022, of group: Int64 = 31
  ) async throws -> ID {
    let kind = try #require(LedgerKinds.byID[kind])
    return try await database.write { transaction in
      guard let at = try find(person, group, in: year, transaction) else { throw LedgerConflict.forbidden }
      let before = record.flatMap { id in at.year.records(kind.id).first { $0.id == id } }
      if record != nil, before == nil || (version != nil && before?.version != version) { throw LedgerConflict.changed }
      let reading = RecordReading(TypedRecord(kind: kind.id, school: school, texts: texts), kind: kind, in: at.context)
      return try LedgerStore.save(
        LedgerStore.Draft(reading, kind: kind, before: before, evidence: nil), on: at.ground, at.year,
        rights: at.rights, at: Self.now, by: person.actor, ids: ids, transaction)
    }
  }

  /// Takes a record out on the page of a year.
  func remove(_ kind: String, _ record: ID, in year: Int = 2022, by person: Person = .lead) async throws {
    let kind = try #require(LedgerKinds.byID[kind])
    try await database.write { transaction in
      guard let at = try find(person, 31, in: year, transaction),
        let found = at.year.records(kind.id).first(where: { $0.id == record })
      else { throw LedgerConflict.changed }
      try LedgerStore.remove(
        found, kind: kind, on: at.ground, at.year, rights: at.rights, at: Self.now, by: person.actor, transaction)
    }
  }

  func declare(
    _ kind: String, _ school: ID? = nil, _ term: Term? = nil, _ isComplete: Bool = true, by person: Person
  ) async throws {
    let kind = try #require(LedgerKinds.byID[kind])
    try await database.write { transaction in
      guard let at = try find(person, 31, transaction) else { throw LedgerConflict.forbidden }
      try LedgerStore.declare(
        Statement(kind: kind.id, school: school, term: term), isComplete: isComplete, kind: kind, on: at.ground,
        rights: at.rights, at: Self.now, by: person.actor, transaction)
    }
  }

  /// What kept something from being done.
  func conflict(_ body: () async throws -> Void) async throws -> String {
    do {
      try await body()
      return "none"
    } catch let conflict as LedgerConflict {
      switch conflict {
      case .changed: return "changed"
      case .forbidden: return "forbidden"
      case .refused(let faults): return faults.map(\.message.key).joined(separator: " ")
      }
    }
  }

  static let meeting = [
    "day": "2021-10-08", "kind": "例会（工作会议）", "title": "十月例会", "recorded": "是", "schools": "学校1、学校2",
  ]
  static let exchange = [
    "teacher": "王五", "host": "学校3", "way": "轮岗", "fullTime": "是", "backbone": "是", "from": "2021-09-01",
    "to": "2022-08-31",
  ]
}
