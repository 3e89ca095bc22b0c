import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct SearchTests {
  @Test(arguments: TestDatabases.engines)
  func `finds groups, schools, items and people of one's own`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let city = try await test.ask(.city, .get, "/search?q=31").text
      #expect(city.contains("/groups/31\""))
      #expect(try await test.ask(.city, .get, "/search?q=%E7%AC%AC22%E5%B0%8F%E5%AD%A6").text.contains("/schools/22\""))
      let items = try await test.ask(.lead, .get, "/search?q=%E6%95%99%E5%B8%88%E4%BA%A4%E6%B5%81").text
      #expect(items.contains("4 教师交流比例"))
      #expect(test.counter.count <= 8)
    }
  }

  @Test func `finds nothing of another's`() async throws {
    try await TestSite.with { test in
      for person in [TestPerson.otherDistrict, .otherLead, .foreignCity, .expertA, .thirdParty, .system] {
        let page = try await test.ask(person, .get, "/search?q=31")
        #expect(page.status == 200)
        #expect(!page.text.contains("/groups/31\""), "\(person)")
        let schools = try await test.ask(person, .get, "/search?q=%E5%B0%8F%E5%AD%A6")
        #expect(!schools.text.contains("第22小学"), "\(person)")
      }
    }
  }

  @Test(arguments: ["%25", "_", "!", "%27%3B--", "%5C", "%00", "%3Cscript%3E"])
  func `signs mean themselves`(sign: String) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, "/search?q=\(sign)")
      #expect(page.status == 200)
      #expect(!page.text.contains("/groups/31\""))
      #expect(!page.text.contains("<script>"))
    }
  }

  @Test func `people are found by offices only`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write {
        try $0.run("UPDATE account SET authority = 10 WHERE id = $1", [.id(TestPerson.lead.account)])
      }
      #expect(try await test.ask(.city, .get, "/search?q=lead").text.contains("人员"))
      #expect(try await !test.ask(.foreignCity, .get, "/search?q=lead").text.contains("人员"))
      #expect(try await !test.ask(.supervisor, .get, "/search?q=lead").text.contains("人员"))
    }
  }
}
