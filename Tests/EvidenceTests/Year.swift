import Cycles
import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Storage

/// A city with two districts and two groups in the middle of a year: group 31 (lead 21, members 22 and 23) answers to
/// district 11, group 32 (lead 24, member 25) to district 12.
struct Year: Sendable {
  static let now = Instant(startOf: Day(daysSince1970: 20_640))  // 2026-07-06
  /// While last year's cycle was open.
  static let before = Instant(startOf: Day(daysSince1970: 20_275))
  static let city = ID(10)
  static let cycle = ID(500)
  static let policy = try? Examples.of("ankang-2022").policy
  static let plan = policy.map { EvidencePlan($0) }

  let database: any Database

  static func with(_ engine: Engine, _ body: (Year) async throws -> Void) async throws {
    try await TestDatabases.with(engine, holding: "year", { try Year.fill($0) }) { database in
      try await body(Year(database: database))
    }
  }

  private static func fill(_ transaction: any Transaction) throws {
    let policy = try #require(Year.policy)
    let form = policy.forms.first?.id
    try SmallMap.lay(
      authorities: [(10, nil, .city), (11, 10, .district), (12, 10, .district)],
      groups: [(31, 11, form, [21, 22, 23]), (32, 12, form, [24, 25])], at: now, transaction)
    let files = PolicyEditions.Files.of("ankang-2022")
    let ids = IDMaker(node: 1)
    for (cycle, year) in [(cycle, 2026), (ID(499), 2025)] {
      try CycleStore.open(
        CycleOpening(authority: city, id: cycle, year: year, title: "\(year)", files: files, policy: policy), at: now,
        by: .program, ids: ids, transaction)
    }
    for person in Person.allCases { try person.appoint(transaction) }
    try transaction.run(
      """
      INSERT INTO assignment (authority, cycle, stage, grp, appointment, at) VALUES (10, 500, 'preliminary', 31, $1, 0)
      """, [.id(Person.expert.appointment)])
  }

  /// The group hands in its self-evaluation, and the district's sheet is opened.
  func handIn(_ group: Int64 = 31) async throws {
    try await database.write {
      try $0.run("UPDATE sheet SET submission = 1 WHERE cycle = 500 AND grp = $1 AND stage = 'self'", [.integer(group)])
      try $0.run(
        """
        INSERT INTO sheet (authority, id, cycle, stage, grp, created_at) VALUES (10, $1, 500, 'preliminary', $2, 0)
        ON CONFLICT (authority, cycle, stage, grp, school) DO UPDATE SET submission = NULL
        """, [.integer(900 + group), .integer(group)])
    }
  }

  /// The district hands in its sheet of the group.
  func evaluate(_ group: Int64 = 31) async throws {
    try await database.write {
      try $0.run(
        "UPDATE sheet SET submission = 1 WHERE cycle = 500 AND grp = $1 AND stage = 'preliminary'", [.integer(group)])
    }
  }

  func add(
    _ person: Person, _ content: String = "内容", as id: Int64, group: Int64 = 31, cycle: ID = cycle,
    school: Int64? = nil,
    year: Int? = nil, to places: [EvidencePlace] = [EvidencePlace(item: "4", entry: "roster")],
    quota: Int64 = EvidenceQuota.usual, at now: Instant = Year.now
  ) async throws -> EvidenceStore.Added {
    let plan = try #require(Year.plan)
    return try await database.write {
      try EvidenceStore.add(
        EvidenceDraft(
          authority: Year.city, cycle: cycle, group: ID(group), school: school.map { ID($0) },
          fileName: "\(content).pdf",
          file: Year.file(content), kind: .pdf, year: year, places: places),
        plan: plan, quota: quota, id: ID(id), for: person.post, at: now, by: person.actor, $0)
    }
  }

  func list(_ person: Person, group: Int64 = 31, cycle: ID = cycle, item: String? = nil) async throws
    -> [StoredEvidence]
  {
    try await database.read {
      try EvidenceStore.list(
        authority: Year.city, cycle: cycle, group: ID(group), item: item, for: person.post, $0)
    }
  }

  func ids(_ person: Person, group: Int64 = 31, cycle: ID = cycle) async throws -> [Int64] {
    try await list(person, group: group, cycle: cycle).map(\.id.number)
  }

  /// A made-up file with a hash of its own.
  static func file(_ content: String) -> ReceivedFile {
    var crc = CRC32()
    crc.update(Array(content.utf8))
    let hex = String(crc.value, radix: 16)
    let hash = FileHash(String(repeating: "0", count: 64 - hex.count) + hex) ?? ArchiveTests.hash
    return ReceivedFile(hash: hash, size: Int64(content.utf8.count), crc: crc.value)
  }
}

enum Person: Int64, CaseIterable, Sendable {
  case city = 1, district, otherDistrict, lead, member, sister, otherLead, expert, supervisor

  var role: Role {
    switch self {
    case .city, .district, .otherDistrict: .office
    case .lead, .otherLead: .lead
    case .member, .sister: .member
    case .expert: .expert
    case .supervisor: .supervisor
    }
  }

  var authority: ID {
    switch self {
    case .city, .expert, .supervisor: ID(10)
    case .otherDistrict, .otherLead: ID(12)
    default: ID(11)
    }
  }

  var school: ID? {
    switch self {
    case .lead: ID(21)
    case .member: ID(22)
    case .sister: ID(23)
    case .otherLead: ID(24)
    default: nil
    }
  }

  var appointment: ID { ID(100 + rawValue) }
  var actor: Actor { Actor(account: ID(rawValue), appointment: appointment) }
  var post: Viewer.Post {
    Viewer.Post(
      appointment: appointment, role: role, authority: authority, authorityName: "",
      level: authority == ID(10) ? "city" : "district",
      school: school, schoolName: nil)
  }

  func appoint(_ transaction: any Transaction) throws {
    try transaction.run(
      "INSERT INTO account (id, login, name, created_at) VALUES ($1, $2, $2, 0)",
      [.integer(rawValue), .text("\(self)")])
    try transaction.run(
      "INSERT INTO appointment (id, account, role, authority, school, since, created_at) VALUES ($1, $2, $3, $4, $5, '2020-01-01', 0)",
      [
        .id(appointment), .integer(rawValue), .text(role.rawValue), school == nil ? .id(authority) : .null, .id(school),
      ])
  }
}
