import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// A case against the group as it stands by now, on both engines.
@Suite struct StaleCaseTests {
  static let lead = FormationStoreTests.lead
  static let district = FormationStoreTests.district

  /// A group of 21, 22 and 23.
  static func with(_ engine: Engine, _ body: (Office) async throws -> Void) async throws {
    try await Office.with(engine) { office in
      try await office.database.write { transaction in
        let since = try #require(Day("2020-09-01"))
        try RegistryStore.add(
          Group(id: ID(31), authority: ID(11), code: "g31", name: "老集团", form: "collaborative", formed: since),
          at: Office.now, by: .program, transaction)
        for (school, role) in [(21, Membership.Role.lead), (22, .member), (23, .member)] as [(Int64, Membership.Role)] {
          try RegistryStore.add(
            Membership(group: ID(31), school: ID(school), role: role, since: since, until: nil), transaction)
        }
      }
      try await body(office)
    }
  }

  /// Changes what a case of the lead school says.
  static func write(
    _ office: Office, _ id: Int64, _ party: FormationCase.Party = lead, as post: Int64 = 204,
    at now: Instant = Office.now,
    _ change: (inout CaseContent) throws -> Void
  ) async throws {
    let stored = try #require(try await office.find(post, id, at: now)).value
    var content = stored.content
    content.reason = "布局调整"
    content.area = "elsewhere"
    try change(&content)
    try await office.act(.write(content, seen: stored.version), party, as: post, id, at: now)
  }

  static func handIn(_ office: Office, _ id: Int64, at now: Instant = Office.now) async throws {
    try await office.act(.submit, lead, as: 204, id, at: now)
    try await office.act(.accept, district, as: 202, id, at: now)
  }

  static func school(_ office: Office, _ id: Int64) async throws -> CaseSchool {
    try #require(
      try await office.database.read { try FormationStore.school(ID(id), within: ID(10), on: Office.now.day, $0) })
  }

  static func members(_ office: Office) async throws -> [Int64] {
    try await office.database.read { transaction in
      try transaction.rows("SELECT school FROM membership WHERE grp = 31 AND until IS NULL ORDER BY school").map {
        try $0.integer("school")
      }
    }
  }

  static func fault(_ body: () async throws -> Void) async -> CaseFault? {
    await #expect(throws: CaseFault.self) { try await body() }
  }

  @Test(arguments: TestDatabases.engines)
  func `who came or left since a case was begun is neither put out nor put back by it`(engine: Engine) async throws {
    try await Self.with(engine) { office in
      for id in [701, 702, 703] as [Int64] { try await office.begin(.change, group: 31, id: id) }
      let joining = try await Self.school(office, 24)
      // The first takes 23 out and 24 in, and renames the group.
      try await Self.write(office, 701) { content in
        content.schools[2].part = .leaving
        content.schools.append(joining)
        content.name = "新集团"
      }
      // The second was handed in before the first was decided.
      try await Self.write(office, 702) { _ in }
      try await Self.handIn(office, 702)
      try await Self.handIn(office, 701)
      try await office.act(Town.approval(Office.now.day), Self.district, as: 202, 701)
      #expect(try await Self.members(office) == [21, 22, 24])
      let approval = Town.approval(Office.now.day, number: "2号")
      let fault = await Self.fault { try await office.act(approval, Self.district, as: 202, 702) }
      #expect(fault?.kind == .conflict && fault?.messages.map(\.key) == ["formation.fault.moved"])
      #expect(fault?.messages.first?.parts["schools"] == .names(["第24小学", "第23小学"]))
      // The third isn't even handed in.
      try await Self.write(office, 703) { _ in }
      let early = await Self.fault { try await office.act(.submit, Self.lead, as: 204, 703) }
      #expect(early?.messages.map(\.key) == ["formation.fault.moved"])
      #expect(try await Self.members(office) == [21, 22, 24])
      // Taken over by the applicant it goes on, and the name that it didn't touch stays the new one.
      try await office.act(.giveBack(reason: "成员已变动"), Self.district, as: 202, 702)
      try await Self.write(office, 702) { content in
        content.schools.removeAll { $0.school == ID(23) }
        content.schools.append(joining)
      }
      try await Self.handIn(office, 702)
      try await office.act(approval, Self.district, as: 202, 702)
      #expect(try await Self.members(office) == [21, 22, 24])
      let name = try await office.database.read {
        try $0.row("SELECT name FROM school_group WHERE id = 31")?.text("name")
      }
      #expect(name == "新集团")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a dissolved group is neither changed nor dissolved again`(engine: Engine) async throws {
    try await Self.with(engine) { office in
      try await office.begin(.dissolution, group: 31, id: 701)
      try await office.begin(.change, group: 31, id: 702)
      try await office.begin(.dissolution, group: 31, id: 703)
      for id in [701, 702] as [Int64] {
        try await Self.write(office, id) { _ in }
        try await Self.handIn(office, id)
      }
      try await office.act(Town.approval(Office.now.day), Self.district, as: 202, 701)
      let later = Town.later(3)
      let fault = await Self.fault {
        try await office.act(Town.approval(later.day, number: "2号"), Self.district, as: 202, 702, at: later)
      }
      #expect(fault?.kind == .conflict && fault?.messages.map(\.key) == ["formation.fault.dissolved"])
      try await Self.write(office, 703, at: later) { _ in }
      let again = await Self.fault { try await office.act(.submit, Self.lead, as: 204, 703, at: later) }
      #expect(again?.messages.map(\.key) == ["formation.fault.dissolved"])
      let kept = try await office.database.read { transaction in
        (
          try transaction.row("SELECT dissolved FROM school_group WHERE id = 31")?.text("dissolved"),
          try transaction.row("SELECT count(*) AS n FROM membership WHERE grp = 31 AND until IS NULL")?.int("n")
        )
      }
      #expect(kept.0 == Office.now.day.text && kept.1 == 0)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nothing is approved for a day before the group's last change`(engine: Engine) async throws {
    try await Self.with(engine) { office in
      for id in [701, 702] as [Int64] {
        try await office.begin(.change, group: 31, id: id)
        try await Self.write(office, id) { $0.name = "集团\(id)" }
        try await Self.handIn(office, id)
      }
      let later = Town.later(4)
      let joining = try await Self.school(office, 24)
      try await office.act(.giveBack(reason: "增加学校"), Self.district, as: 202, 701, at: later)
      try await Self.write(office, 701, at: later) { $0.schools.append(joining) }
      try await Self.handIn(office, 701, at: later)
      try await office.act(Town.approval(later.day), Self.district, as: 202, 701, at: later)
      let fault = await Self.fault {
        try await office.act(Town.approval(Office.now.day, number: "2号"), Self.district, as: 202, 702, at: later)
      }
      #expect(fault?.messages.map(\.key) == ["formation.fault.moved", "formation.fault.movedAfter"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `who is left out of a change leaves by it and is asked, and still sees the case`(engine: Engine) async throws {
    try await Self.with(engine) { office in
      try await office.begin(.change, group: 31)
      let joining = try await Self.school(office, 24)
      try await Self.write(office, 700) { $0.schools.append(joining) }
      try await Self.write(office, 700) { content in
        content.schools.removeAll { $0.school == ID(22) || $0.school == ID(24) }
      }
      let stored = try #require(try await office.find(205)).value.content
      #expect(stored.schools.map(\.school) == [ID(21), ID(22), ID(23)])
      #expect(stored.school(ID(22))?.part == .leaving)
      try await office.begin(.dissolution, group: 31, id: 701)
      try await Self.write(office, 701) { content in content.schools.removeAll { $0.school == ID(22) } }
      let end = try #require(try await office.find(205, 701)).value.content
      #expect(end.school(ID(22))?.part == .member)
    }
  }
}
