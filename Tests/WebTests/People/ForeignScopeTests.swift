import Fixtures
import HTTPTypes
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

  static let bound: Set = ["authority", "cycle", "sheet", "group", "account", "post", "school"]

  static func gaps(_ endpoint: Endpoint) -> [String] {
    endpoint.path.split(separator: "/").filter { $0.first == ":" }.map { String($0.dropFirst()) }
  }

  static func path(_ endpoint: Endpoint, _ world: World) -> String {
    "/"
      + endpoint.path.split(separator: "/").map { part in
        part.first == ":" ? world[String(part.dropFirst())] ?? "1" : part == "**" ? "x" : String(part)
      }.joined(separator: "/")
  }

  /// Asks with everything in the address from `world`, as everybody whom the table lets in.
  static func check(
    _ test: TestSite, _ world: World, as people: [TestPerson], where isMeant: (Set<String>) -> Bool
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
        let refused = endpoint.changes ? [400, 403, 404, 422] : [403, 404]
        #expect(
          refused.contains(answer.status), "\(endpoint.method.rawValue) \(path) as \(person): \(answer.status)")
      }
    }
    return asked
  }

  static let ofTheCity = TestPerson.allCases.filter { $0 != .foreignCity && $0 != .foreignLead }

  @Test(arguments: TestDatabases.engines)
  func `another city's things are nobody's here`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 39, authority: 19)
      let world = [
        "authority": "19", "cycle": "590", "sheet": "\(sheet)", "group": "39", "school": "29", "item": "4",
        "account": "\(TestPerson.foreignLead.account)", "post": "\(TestPerson.foreignLead.appointment)",
      ]
      try await test.keep([.foreignLead], at: ID(19))
      let asked = try await Self.check(test, world, as: Self.ofTheCity) { !$0.isDisjoint(with: Self.bound) }
      #expect(asked > 100)
    }
  }

  @Test func `under one's own authority's number another city's things aren't found either`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 39, authority: 19)
      let world = ["authority": "10", "cycle": "590", "sheet": "\(sheet)", "group": "39", "school": "29", "item": "4"]
      _ = try await Self.check(test, world, as: Self.ofTheCity) {
        $0.contains("sheet") || $0.contains("cycle")
      }
    }
  }

  @Test func `the other district's group is no business of a district, its schools or their experts`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 32)
      let world = ["authority": "10", "cycle": "500", "sheet": "\(sheet)", "group": "32", "school": "24", "item": "4"]
      _ = try await Self.check(test, world, as: [.district, .lead, .member, .expertA, .thirdParty]) {
        $0.contains("sheet") || $0.contains("group")
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
