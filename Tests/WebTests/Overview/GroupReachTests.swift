import HTTPTypes
import Storage
import Testing

@testable import Web

@Suite struct GroupReachTests {
  /// Who may look at group 31 and what is around it.
  static let ofGroup: [(TestPerson, Int)] = [
    (.city, 200), (.district, 200), (.lead, 200), (.member, 200), (.supervisor, 200), (.otherDistrict, 404),
    (.otherLead, 404), (.expertA, 404), (.foreignCity, 404), (.foreignLead, 404), (.thirdParty, 403), (.system, 403),
    (.security, 403), (.audit, 403),
  ]

  @Test(arguments: ofGroup)
  func `a group is found by those it concerns`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      for path in ["/cycles/10/500/groups/31", "/cycles/10/500/groups/31/schools/22"] {
        let page = try await test.ask(person, .get, path)
        #expect(page.status == status, "\(path)")
      }
    }
  }

  @Test(arguments: [
    "/cycles/10/500/groups/31/schools/24", "/cycles/10/500/groups/39", "/cycles/19/590/groups/39",
    "/cycles/10/590/groups/31", "/cycles/10/x/groups/31", "/cycles/99999999999999999999/500/groups/31",
  ])
  func `what isn't there, or is another city's, is not found`(path: String) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, path)
      #expect(page.status == 404)
    }
  }

  @Test(arguments: [
    (TestPerson.city, ["31", "32", "33"]), (.district, ["31"]), (.otherLead, ["32"]),
    (.supervisor, ["31", "32", "33"]),
  ])
  func `a list holds whom its reader may see`(person: TestPerson, groups: [String]) async throws {
    try await TestSite.with { test in
      // The map is of what is scored.
      for group in [31, 32, 33] as [Int64] { try await test.submit(group, "self", total: "80", scores: [("4", "3")]) }
      for path in ["/cycles/10/500/groups", "/cycles/10/500/rates"] {
        let page = try await test.ask(person, .get, path)
        #expect(page.status == 200)
        for group in ["31", "32", "33", "39"] {
          #expect(page.text.contains("第\(group)教育集团") == groups.contains(group), "\(path) \(group)")
        }
      }
    }
  }

  @Test func `another city's list is not found`() async throws {
    try await TestSite.with { test in
      for path in ["groups", "groups.xlsx", "rates", "rates.xlsx", "progress.xlsx"] {
        let page = try await test.ask(.foreignCity, .get, "/cycles/10/500/\(path)")
        #expect(page.status == 404, "\(path)")
      }
    }
  }

  @Test func `names, panels and second looks are told to offices, not to schools`() async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "80")
      try await test.assign(.expertA, to: 31, "preliminary")
      #expect(try await test.ask(.city, .get, "/cycles/10/500/groups/31").text.contains("分配评审专家"))
      #expect(try await !test.ask(.lead, .get, "/cycles/10/500/groups/31").text.contains("分配评审专家"))
    }
  }
}
