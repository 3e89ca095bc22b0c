import HTTPTypes
import Notation
import Storage
import Testing

@testable import Web

@Suite struct GroupListTests {
  /// The groups a list shows, in its order.
  static func groups(_ page: Answer) -> [String] {
    page.text.matches(of: #/class="rowlink" href="\/cycles\/10\/500\/groups\/(\d+)"/#).map { String($0.output.1) }
  }

  static let filters: [(String, [String])] = [
    ("?stage=self&state=done", ["31", "32"]), ("?stage=self&state=open", ["33"]), ("?area=11", ["31"]),
    ("?stage=self&state=incomplete", ["32"]), ("?q=32", ["32"]), ("?q=%25", []), ("?form=nothing", []),
    ("?stage=self&sort=total", ["31", "32", "33"]), ("?stage=self&sort=totalUp", ["32", "31", "33"]),
    ("?stage=self&item=4&sort=item", ["32", "31", "33"]), ("?page=9", []),
    ("?page=-1&area=x&state=y", ["33", "31", "32"]),
  ]

  @Test(arguments: filters)
  func `filter, order and page stand in the address`(query: String, groups: [String]) async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "88.50", scores: [("4", "5")])
      try await test.submit(32, "self", total: "70.00", scores: [("4", "1"), ("5", nil)])
      let page = try await test.ask(.city, .get, "/cycles/10/500/groups\(query)")
      #expect(page.status == 200)
      let found = Self.groups(page)
      #expect(query.contains("sort") ? found == groups : found.sorted() == groups.sorted(), "\(found)")
      #expect(test.counter.count <= 8)
    }
  }

  @Test func `an item's share stands beside the groups`() async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "88.50", scores: [("4", "2.5")])
      let page = try await test.ask(.city, .get, "/cycles/10/500/groups?stage=self&item=4&sort=item")
      #expect(page.text.contains("50.0%"))
    }
  }

  @Test(arguments: ["groups.xlsx?stage=self&state=open", "rates.xlsx?stage=self"])
  func `leaves as a workbook`(path: String) async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "88.50", scores: [("4", "2.5")])
      let book = try await test.ask(.city, .get, "/cycles/10/500/\(path)")
      #expect(book.status == 200)
      #expect(book.headers[.contentDisposition]?.contains("filename*=UTF-8''") == true)
    }
  }
}
