import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct ResultReachTests {
  static let groups = ["31", "32", "33"]

  /// Which groups each finds in the list before publication; nil: no such page.
  static let drafts: [(TestPerson, [String]?)] = [
    (.city, groups), (.supervisor, groups), (.lead, ["31"]), (.otherLead, ["32"]), (.member, []), (.district, []),
    (.foreignCity, nil), (.foreignLead, nil),
  ]

  @Test(arguments: drafts)
  func `a draft is its office's and supervision's, and of each lead school its own`(
    person: TestPerson, groups: [String]?
  ) async throws {
    try await TestSite.with { test in
      _ = try await test.confirmedYear()
      let page = try await test.ask(person, .get, "/cycles/10/501/results")
      #expect(page.status == (groups == nil ? 404 : 200))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      for group in Self.groups {
        let isSeen = groups?.contains(group) ?? false
        #expect(page.text.contains("第\(group)教育集团") == isSeen, "\(group)")
        let own = try await test.ask(person, .get, "/cycles/10/501/results/\(group)")
        #expect(own.status == (isSeen ? 200 : 404), "\(group)")
      }
      #expect(try await test.ask(person, .get, "/cycles/10/501/results?edition=0").status != 500)
    }
  }

  @Test func `published results are read by every post, a group's reasons by whom they concern`() async throws {
    try await TestSite.with { test in
      _ = try await test.publishedYear()
      for person in [TestPerson.city, .district, .lead, .member, .otherLead, .supervisor, .thirdParty, .foreignCity] {
        #expect(try await test.ask(person, .get, "/cycles/10/501/results").status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(person): \(test.counter.all)")
        #expect(try await test.ask(person, .get, "/results").status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(person): \(test.counter.all)")
      }
      for person in [TestPerson.lead, .member, .district, .city] {
        #expect(try await test.ask(person, .get, "/cycles/10/501/results/31").status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(person): \(test.counter.all)")
      }
      for person in [TestPerson.otherLead, .otherDistrict, .foreignCity] {
        let answer = try await test.ask(person, .get, "/cycles/10/501/results/31")
        #expect(answer.location == "/public/10/501/groups/31", "\(person)")
      }
      #expect(try await test.ask(.city, .get, "/cycles/10/501/results/39").status == 404)
      #expect(try await test.ask(.city, .get, "/cycles/10/501/results-book").status == 200)
      #expect(try await test.ask(.foreignCity, .get, "/cycles/19/590/results-book").status != 500)
    }
  }
}

@Suite struct AuditPagesTests {
  @Test(arguments: TestDatabases.engines)
  func `the log of one's own authority is read and checked, nobody else's`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.confirmedYear()
      for person in [TestPerson.audit, .supervisor] {
        let page = try await test.ask(person, .get, "/audit?chain=10")
        #expect(page.status == 200, "\(person)")
        #expect(test.counter.count <= 8, "\(person): \(test.counter.all)")
        #expect(try await test.ask(person, .get, "/audit?chain=19").status == 404, "\(person)")
        #expect(try await test.ask(person, .post, "/audit", form: [("chain", "19")]).status == 404, "\(person)")
        #expect(try await test.ask(person, .post, "/audit", form: [("chain", "10")]).status == 303, "\(person)")
        #expect(try await test.ask(person, .get, "/audit?chain=10&from=x").status == 422, "\(person)")
      }
      for person in TestPerson.allCases where ![.audit, .supervisor].contains(person) {
        #expect(try await test.ask(person, .get, "/audit").status == 403, "\(person)")
      }
    }
  }
}
