import Cycles
import HTTPTypes
import HummingbirdTesting
import Notation
import Storage
import Testing

@testable import Web

/// Numbers in addresses and forms come from anybody.
@Suite struct NumbersTests {
  static let far = ["-9223372036854775808", "9223372036854775807", "-1", "0", "99999999999999999999", "1e9", "２"]

  @Test(arguments: far)
  func `a school year out of all bounds is refused by whichever way it comes`(year: String) async throws {
    try await TestSite.with { test in
      let sent = try await test.put(.lead, "y.pdf", EvidenceTests.pdf, [("place", "4/roster"), ("year", year)])
      #expect(sent.status == .unprocessableContent && sent.text.contains("相差太远"))
      let posted = try await test.upload(
        .lead, [("y.pdf", EvidenceTests.pdf)], [("place", "4/roster"), ("year", year)])
      #expect(posted.status == .unprocessableContent)
      #expect(test.keptFiles == [])
      let link = Endpoint.apiAddEvidence.link(10, 500, 31, query: [("name", "y.pdf"), ("year", year)])
      #expect(try await test.call(.lead, .post, link, bytes: EvidenceTests.pdf).status == 400)
    }
  }

  @Test(arguments: far)
  func `places, pages, years and editions out of all bounds lead to an ordinary page or to none`(
    number: String
  ) async throws {
    try await TestSite.with { test in
      let wanted: [(TestPerson, String)] = [
        (.city, Endpoint.root.link(query: [("from", number)])),
        (.city, Endpoint.newCycle.link(query: [("policy", "ankang-2022"), ("year", number)])),
        (.city, Endpoint.dryRun.link(query: [("policy", "ankang-2022"), ("year", number)])),
        (.city, Endpoint.rates.link(10, 500, query: [("from", number)])),
        (.city, Endpoint.groupList.link(10, 500, query: [("page", number)])),
        (.city, Endpoint.results.link(10, 500, query: [("page", number), ("edition", number)])),
        (.city, "/cycles/10/500?page=\(number)"),
        (.city, Endpoint.accounts.link(query: [("page", number)])),
        (.lead, Endpoint.evidence.link(10, 500, 31, query: [("saved", "\(number)-\(number)")])),
        (.audit, Endpoint.auditLog.link(query: [("before", number)])),
      ]
      for (person, link) in wanted {
        let status = try await test.ask(person, .get, link).status
        #expect([200, 403, 404, 422].contains(status), "\(link): \(status)")
      }
      for link in ["/api/v1/cycles/10/500/sheets?limit=\(number)", "/api/v1/cycles/10/500/draft?cursor=\(number)"] {
        #expect([200, 400, 404].contains(try await test.call(.city, .get, link).status), "\(link)")
      }
      let sheet = try await SheetTests.sheet(test, group: 31)
      let saved = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "9"), ("v:group/exchange_rate", number)])
      #expect([303, 409].contains(saved.status))
    }
  }
}
