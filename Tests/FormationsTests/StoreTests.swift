import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// Cases as they are kept, on both engines.
@Suite struct FormationStoreTests {
  static let lead = FormationCase.Party.school(ID(21))
  static let district = FormationCase.Party.authority(ID(11))
  static let city = FormationCase.Party.authority(ID(10))

  @Test(arguments: TestDatabases.engines)
  func `what is written comes back as it was`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.begin()
      try await office.write(
        [21, 22, 24], form: "entrusted", figures: ["dispatched-managers": .share(part: 7, whole: 16)])
      let value = try #require(try await office.find(204)).value
      #expect(value.version == 2 && value.phase == .writing)
      #expect(value.content.schools.map(\.school) == [ID(21), ID(22), ID(24)])
      #expect(value.content.schools.map(\.part) == [.lead, .member, .member])
      #expect(value.content.schools.allSatisfy { $0.isWeak == true && $0.isNew == false && $0.isPrivate == nil })
      #expect(value.content.figures == ["dispatched-managers": .share(part: 7, whole: 16)])
      #expect(value.content.texts["goals"] == "缩小差距")
      #expect(value.content.facts.crossesDistricts == true && value.content.facts.leadLevel == "district")
      try await office.write([21, 22])
      let less = try #require(try await office.find(204)).value.content
      #expect(less.schools.count == 2 && less.figures.isEmpty)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `across districts: approved by the lead's district, filed with the city, and the group stands`(engine: Engine)
    async throws
  {
    try await Office.with(engine) { office in
      try await office.begin()
      try await office.write([21, 22, 24])
      let submitted = try await office.act(.submit, Self.lead, as: 204)
      #expect(submitted.submission?.routing.approver.authority == ID(11))
      #expect(submitted.submission?.routing.filer?.authority == ID(10))
      try await office.act(.accept, Self.district, as: 202)
      try await office.act(.publish(from: Office.now.day), Self.district, as: 202)
      let (later, day) = (Town.later(8), Town.later(8).day)
      let approved = try await office.act(Town.approval(day), Self.district, as: 202, at: later)
      let group = try #require(approved.group)
      let rows = try await office.database.read { transaction in
        try transaction.rows(
          """
          SELECT g.name, g.form, g.formed, g.authority, m.school, m.role, m.since
          FROM school_group g JOIN membership m ON m.grp = g.id WHERE g.id = $1 ORDER BY m.school
          """, [.id(group)]
        ).map {
          "\(try $0.text("name")) \(try $0.text("form")) \(try $0.text("formed")) \(try $0.integer("authority")) "
            + "\(try $0.integer("school")) \(try $0.text("role")) \(try $0.text("since"))"
        }
      }
      #expect(
        rows
          == [(21, "lead"), (22, "member"), (24, "member")].map {
            "第一教育集团 collaborative \(day.text) 11 \($0.0) \($0.1) \(day.text)"
          })
      try await office.act(.file(number: "安教备3号", day: day), Self.city, as: 201, at: later)
      let filed = try #require(try await office.find(206, at: later))
      #expect(filed.value.phase == .filed && filed.groupName == "第一教育集团")
      #expect(filed.value.filing?.number == "安教备3号")
      let actions = try await office.database.read {
        try $0.rows(
          """
          SELECT action FROM audit WHERE object = 'formation/700' ORDER BY number
          """
        ).map { try $0.text("action") }
      }
      // After each, how the case was left.
      #expect(actions.count { $0 == "formation.kept" } * 2 == actions.count)
      #expect(
        actions.filter { $0 != "formation.kept" }
          == ["begun", "written", "submitted", "accepted", "published", "approved", "filed"].map { "formation.\($0)" })
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `who may see a case`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      func sees() async throws -> [Int64] {
        var seen: [Int64] = []
        for post in [201, 202, 203, 204, 205, 206, 209] as [Int64] where try await office.find(post) != nil {
          seen.append(post)
        }
        return seen
      }
      try await office.begin()
      #expect(try await sees() == [204])
      try await office.write([21, 22])
      #expect(try await sees() == [204, 205])
      try await office.write([21, 22, 23])
      try await office.act(.submit, Self.lead, as: 204)
      #expect(try await sees() == [201, 202, 204, 205])
      let list = try await office.database.read { try FormationStore.list(FormationFilter(), for: ID(203), $0) }
      #expect(list.lines.isEmpty && list.count == 0)
      let own = try await office.database.read {
        try FormationStore.list(FormationFilter(stand: .open, kind: .new, text: "第一"), for: ID(202), $0)
      }
      #expect(own.count == 1 && own.lines.first?.phase == .submitted && own.lines.first?.lead == "第21小学")
      for filter in [FormationFilter(stand: .over), FormationFilter(kind: .plan), FormationFilter(text: "%")] {
        #expect(try await office.database.read { try FormationStore.list(filter, for: ID(202), $0) }.count == 0)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `two who write at once don't overwrite each other`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.begin()
      let stale = try #require(try await office.find(204))
      try await office.write([21, 22])
      let fault = await #expect(throws: CycleFault.self) {
        try await office.database.write { transaction in
          _ = try FormationStore.act(
            .write(CaseContent(name: "另一个名称"), seen: 1), on: stale, by: Self.lead, at: Office.now,
            actor: .program, ids: office.ids, transaction)
        }
      }
      #expect(fault?.messages.map(\.key) == ["formation.fault.version"])
      #expect(try await office.find(204)?.value.content.name == "第一教育集团")
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `consents, comments and the charter are kept`(engine: Engine) async throws {
    try await Office.with(engine, policy: "shanghai-2015") { office in
      try await office.begin()
      let form = try #require(try await office.find(204)?.setting.terms.forms.first?.id)
      try await office.write([21, 22], form: form)
      try await office.act(Town.consent(22), .school(ID(22)), as: 205)
      let given = try #require(try await office.find(204)).value.consents
      #expect(given.map(\.school) == [ID(22)] && given.first?.inFavour == 38)
      try await office.act(.takeBackConsent(school: ID(22), kind: "staff-congress"), .school(ID(22)), as: 205)
      #expect(try await office.find(204)?.value.consents == [])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `everybody may comment while it is public, one place only so often, and no place is remembered`(engine: Engine)
    async throws
  {
    try await Office.with(engine) { office in
      try await office.begin()
      try await office.write([21, 22, 23])
      try await office.act(.submit, Self.lead, as: 204)
      try await office.act(.accept, Self.district, as: 202)
      func open(_ now: Instant) async throws -> StoredFormation? {
        try await office.database.read { [editions = office.editions] in
          try FormationStore.findPublic(authority: ID(10), ID(700), at: now, editions, $0)
        }
      }
      #expect(try await open(Office.now) == nil)
      try await office.act(.publish(from: Office.now.day), Self.district, as: 202)
      let stored = try #require(try await open(Office.now))
      func say(_ id: Int64, at now: Instant = Office.now, from source: String = "x") async throws {
        try await office.database.write {
          try FormationStore.comment(
            CaseComment(id: ID(id), speaker: .parent, text: "片区会不会调整？", at: now), on: stored, source: source, at: now,
            actor: Actor(account: nil, address: "192.0.2.9"), $0)
        }
      }
      for id in 1...5 { try await say(Int64(id)) }
      let fault = await #expect(throws: CycleFault.self) { try await say(6) }
      #expect(fault?.messages.map(\.key) == ["formation.fault.tooMany"])
      try await say(7, from: "y")
      try await say(8, at: Town.later(2), from: "z")
      try await office.database.write { try FormationStore.forgetPlaces(at: Town.later(2), $0) }
      let (kept, address) = try await office.database.read { transaction in
        (
          try transaction.row("SELECT count(*) AS n FROM formation_comment WHERE source IS NOT NULL")?.int("n"),
          try transaction.row("SELECT count(address) AS n FROM audit WHERE action = 'formation.commented'")?.int("n")
        )
      }
      #expect(kept == 1 && address == 0)
      try await office.act(.answer(comment: ID(1), text: "不调整"), Self.district, as: 202)
      try await office.act(.withhold(comment: ID(2), reason: "含姓名"), Self.district, as: 202)
      let comments = try #require(try await office.find(202)).value.comments
      #expect(comments.filter(\.isSettled).map(\.id) == [ID(1), ID(2)])
      #expect(try await open(Town.later(7)) != nil)
      // What was answered stays to be read; nobody speaks any more.
      let over = try #require(try await open(Town.later(8)))
      let late = CaseAct.comment(CaseComment(id: ID(99), speaker: .parent, text: "迟到的意见", at: Town.later(8)))
      #expect(throws: CaseFault(.conflict, [Message("formation.fault.commentClosed")])) {
        try over.value.after(late, by: CaseActor(.anybody, account: nil), at: Town.later(8), in: over.setting)
      }
      func listed(_ day: Day) async throws -> Int {
        try await office.database.read { transaction in try FormationStore.running(on: day, transaction).count }
      }
      #expect(try await listed(Office.now.day) == 1)
      #expect(try await listed(Office.now.day.adding(days: 8)) == 1)
      #expect(try await listed(Office.now.day.adding(days: 200)) == 0)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a change ends and begins memberships on the day of the decision, a dissolution ends them all`(engine: Engine)
    async throws
  {
    try await Office.with(engine) { office in
      try await office.database.write { transaction in
        let since = try #require(Day("2020-09-01"))
        try RegistryStore.add(
          Group(id: ID(31), authority: ID(11), code: "g31", name: "老集团", form: "collaborative", formed: since),
          at: Office.now,
          by: .program, transaction)
        for (school, role) in [(21, Membership.Role.lead), (22, .member), (23, .member)] as [(Int64, Membership.Role)] {
          try RegistryStore.add(
            Membership(group: ID(31), school: ID(school), role: role, since: since, until: nil), transaction)
        }
      }
      try await office.begin(.change, group: 31)
      var content = try #require(try await office.find(204)).value.content
      #expect(content.name == "老集团" && content.schools.map(\.part) == [.lead, .member, .member])
      content.schools[2].part = .leaving
      content.reason = "第23小学撤并"
      content.name = "新集团"
      content.area = "elsewhere"
      try await office.act(.write(content, seen: 1), Self.lead, as: 204)
      try await office.act(.submit, Self.lead, as: 204)
      try await office.act(.accept, Self.district, as: 202)
      try await office.act(Town.approval(Office.now.day), Self.district, as: 202)
      func members() async throws -> [String] {
        try await office.database.read { transaction in
          try transaction.rows("SELECT school, until FROM membership WHERE grp = 31 ORDER BY school").map {
            "\(try $0.integer("school")) \(try $0.optionalText("until") ?? "-")"
          }
        }
      }
      let day = Office.now.day.text
      #expect(try await members() == ["21 -", "22 -", "23 \(day)"])
      let past = try await office.database.read {
        try $0.rows("SELECT name, until FROM group_past WHERE grp = 31").map {
          "\(try $0.text("name")) \(try $0.text("until"))"
        }
      }
      #expect(past == ["老集团 \(day)"])
      try await office.begin(.dissolution, group: 31, by: Self.district, id: 701)
      var end = try #require(try await office.find(202, 701)).value.content
      end.reason = "优化组合"
      try await office.act(.write(end, seen: 1), Self.district, as: 202, 701)
      try await office.act(.submit, Self.district, as: 202, 701)
      try await office.act(.accept, Self.district, as: 202, 701)
      try await office.act(Town.approval(Office.now.day, number: "2号"), Self.district, as: 202, 701)
      #expect(try await members() == ["21 \(day)", "22 \(day)", "23 \(day)"])
      let dissolved = try await office.database.read {
        try $0.row("SELECT dissolved FROM school_group WHERE id = 31")?.optionalText("dissolved")
      }
      #expect(dissolved == day)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `somebody else's group is nobody's to change`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.database.write { transaction in
        try RegistryStore.add(
          Group(id: ID(32), authority: ID(12), code: "g32", name: "邻区集团", form: nil, formed: nil), at: Office.now,
          by: .program,
          transaction)
      }
      for party in [Self.lead, Self.district] {
        await #expect(throws: CycleFault.invalid("formation.fault.group")) {
          try await office.begin(.dissolution, group: 32, by: party)
        }
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the nearest authority's policy holds, the last one set before a cycle's`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      func holds(_ authority: Int64) async throws -> ID? {
        try await office.database.read { [editions = office.editions] in
          try FormationPolicyStore.inForce(for: ID(authority), editions, $0)?.authority
        }
      }
      let (near, far) = (try await holds(12), try await holds(19))
      #expect(near == ID(10) && far == nil)
      // What the city has set, its district doesn't leave.
      let left = await #expect(throws: CycleFault.self) {
        try await office.database.write { [editions = office.editions] in
          try FormationPolicyStore.set(
            PolicyEditions.Files(name: "x", files: [:]), title: "x", for: ID(202), at: Office.now, by: .program,
            editions, $0)
        }
      }
      #expect(left?.messages.map(\.key) == ["formation.fault.policyAbove"])
      await #expect(throws: CycleFault.forbidden) {
        try await office.database.write { [editions = office.editions] in
          try FormationPolicyStore.set(
            PolicyEditions.Files(name: "x", files: [:]), title: "x", for: ID(204), at: Office.now, by: .program,
            editions, $0)
        }
      }
    }
  }
}
