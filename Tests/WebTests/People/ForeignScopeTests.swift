import Cycles
import Fixtures
import HTTPTypes
import HummingbirdTesting
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Every endpoint whose address names something, with what isn't the asker's.
@Suite struct ForeignScopeTests {
  /// What the gaps of an address are filled with.
  typealias World = [String: String]

  static let bound: Set = [
    "authority", "cycle", "sheet", "group", "account", "post", "school", "edition", "evidence", "objection", "stage",
    "case", "task", "conference", "paper",
  ]
  /// Gaps that name nothing of anybody's: a policy's item, a hash of styles, an invitation's secret, a table of the
  /// registry, a year, a kind of records; a token has a test of its own below.
  static let others: Set = ["item", "hash", "token", "id", "table", "year", "kind"]

  @Test func `every gap of every address is tried here`() {
    #expect(Set(Endpoint.all.flatMap(Self.gaps)).symmetricDifference(Self.bound.union(Self.others)) == [])
  }

  static func gaps(_ endpoint: Endpoint) -> [String] {
    endpoint.path.split(separator: "/").filter { $0.first == ":" }.map { String($0.dropFirst()) }
  }

  /// What is nobody's own.
  static let usual: World = ["year": "2026", "kind": "meetings"]

  static func path(_ endpoint: Endpoint, _ world: World) -> String {
    "/"
      + endpoint.path.split(separator: "/").map { part in
        part.first == ":"
          ? world[String(part.dropFirst())] ?? usual[String(part.dropFirst())] ?? "1"
          : part == "**" ? "x" : String(part)
      }.joined(separator: "/")
  }

  /// Asks with everything in the address from `world`, as everybody whom the table lets in.
  static func check(
    _ test: TestSite, _ world: World, as people: [TestPerson], conflicts: [Int] = [],
    where isMeant: (Set<String>) -> Bool
  ) async throws -> Int {
    var asked = 0
    for endpoint in Endpoint.all where isMeant(Set(gaps(endpoint))) {
      guard case .may(let power) = endpoint.access else { continue }
      for person in people where person.role.may(power) {
        let path = path(endpoint, world)
        let method = HTTPRequest.Method(endpoint.method.rawValue)!
        let json = endpoint.kind == .api && endpoint.changes ? #"{"marks":[]}"# : nil
        let answer = try await test.ask(
          person, method, path, form: endpoint.changes && json == nil ? [("reason", "x")] : nil, json: json)
        asked += 1
        // A form that lacks what it must say is refused for that, before anybody looks whose it is.
        let refused = endpoint.changes ? [400, 403, 404, 422] + conflicts : [403, 404]
        #expect(
          refused.contains(answer.status), "\(endpoint.method.rawValue) \(path) as \(person): \(answer.status)")
      }
    }
    return asked
  }

  /// A thing of each kind that is another city's: its cycle of 2027 goes by a policy nobody else has.
  static func foreign(_ test: TestSite) async throws -> World {
    let now = test.clock.now
    try await test.keep([.foreignLead], at: ID(19))
    let sheet = try await SheetTests.sheet(test, group: 39, authority: 19)
    let evidence = try await evidence(test, of: .foreignLead, authority: 19, cycle: 590, group: 39)
    let edition = try await test.site.database.write { transaction in
      try transaction.run("UPDATE school_group SET form = 'tight' WHERE id = 39")
      try CycleStore.open(
        CycleOpening(
          authority: ID(19), id: ID(591), year: 2027, title: "2027", files: SmallPolicy.files,
          policy: SmallPolicy.policy), at: now, by: .program, ids: IDMaker(node: 6), transaction)
      try transaction.run(
        "INSERT INTO objection (authority, id, cycle, grp, text, at, by_account) VALUES (19, 888, 590, 39, '异议', 1, $1)",
        [.id(TestPerson.foreignLead.account)])
      let edition = try #require(try transaction.row("SELECT edition FROM cycle WHERE id = 591")).text("edition")
      try transaction.run(
        """
        INSERT INTO formation_case (authority, id, edition, kind, applicant_authority, created_at, shown)
        VALUES (19, 777, $1, 'new', 19, 1, 1)
        """, [.text(edition)])
      try transaction.run(
        "INSERT INTO work_task (authority, id, position, title, created_at) VALUES (19, 778, 0, '任务', 1)", [])
      try transaction.run(
        "INSERT INTO conference (authority, id, day, title, created_at) VALUES (19, 779, '2026-08-20', '例会', 1)", [])
      return edition
    }
    return [
      "authority": "19", "cycle": "590", "sheet": "\(sheet)", "group": "39", "school": "29", "item": "4",
      "evidence": evidence, "edition": edition, "objection": "888", "stage": "first",
      "account": "\(TestPerson.foreignLead.account)", "post": "\(TestPerson.foreignLead.appointment)",
      "case": "777", "task": "778", "conference": "779", "paper": "780",
    ]
  }

  /// A piece of evidence that somebody adds to their group's.
  static func evidence(
    _ test: TestSite, of person: TestPerson, authority: Int64, cycle: Int64, group: Int64
  ) async throws -> String {
    let link = Endpoint.sendEvidence.link(
      authority, cycle, group, query: [("name", "a.pdf"), ("place", "4/roster")])
    let answer = try await test.fetch(
      person, .put, link, [.csrf: try await test.csrf(person), .accept: "application/json"], body: EvidenceTests.pdf)
    #expect(answer.status.code == 201)
    return try await test.site.database.read { transaction in
      try #require(try transaction.row("SELECT id FROM evidence WHERE authority = $1", [.integer(authority)]))
        .id("id").description
    }
  }

  static let ofTheCity = TestPerson.allCases.filter { $0 != .foreignCity && $0 != .foreignLead }

  @Test(arguments: TestDatabases.engines)
  func `another city's things are nobody's here`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let world = try await Self.foreign(test)
      let asked = try await Self.check(test, world, as: Self.ofTheCity) { !$0.isDisjoint(with: Self.bound) }
      #expect(asked > 150)
    }
  }

  @Test func `under one's own authority's number another city's things aren't found either`() async throws {
    try await TestSite.with { test in
      var world = try await Self.foreign(test)
      world["authority"] = "10"
      _ = try await Self.check(test, world, as: Self.ofTheCity) {
        !$0.isDisjoint(with: ["sheet", "cycle", "evidence", "case", "task", "conference"])
      }
      // In one's own cycle no more; there, what is done or isn't due may come first.
      world["cycle"] = "500"
      _ = try await Self.check(test, world, as: Self.ofTheCity, conflicts: [409]) {
        !$0.isDisjoint(with: ["group", "evidence", "stage", "edition", "objection"])
      }
    }
  }

  @Test func `the other district's group is no business of a district, its schools or their experts`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 32)
      let evidence = try await Self.evidence(test, of: .otherLead, authority: 10, cycle: 500, group: 32)
      let world = [
        "authority": "10", "cycle": "500", "sheet": "\(sheet)", "group": "32", "school": "24", "item": "4",
        "evidence": evidence,
      ]
      _ = try await Self.check(test, world, as: [.district, .lead, .member, .expertA, .thirdParty]) {
        $0.contains("sheet") || $0.contains("group") || $0.contains("evidence")
      }
    }
  }

  @Test func `numbers that are none name nothing`() async throws {
    try await TestSite.with { test in
      for value in ["0", "-1", "x", "99999999999999999999", "%00", "9223372036854775807", "%F0%9F%90%89"] {
        let world = Dictionary(uniqueKeysWithValues: Self.bound.map { ($0, value) })
        for endpoint in Endpoint.all where !endpoint.changes && !Set(Self.gaps(endpoint)).isDisjoint(with: Self.bound) {
          guard case .may(let power) = endpoint.access,
            let person = TestPerson.allCases.first(where: { $0.role.may(power) })
          else { continue }
          let answer = try await test.ask(person, .get, Self.path(endpoint, world))
          #expect([403, 404].contains(answer.status), "\(Self.path(endpoint, world)): \(answer.status)")
        }
      }
    }
  }

  @Test func `somebody else's token is not revoked`() async throws {
    try await TestSite.with { test in
      var random = Seeded(5)
      let (token, now, id) = (Token(from: &random), test.clock.now, ID(77))
      try await test.site.database.write {
        try APITokenStore($0).create(
          token, id: id, name: "t", account: TestPerson.member.account, appointment: TestPerson.member.appointment,
          scopes: [.readSheets], until: now.adding(seconds: 600), by: .program, at: now)
      }
      #expect(try await test.ask(.lead, .post, "/account/tokens/77/revocation", form: []).status == 404)
      #expect(try await test.ask(.member, .post, "/account/tokens/77/revocation", form: []).status == 303)
    }
  }
}
