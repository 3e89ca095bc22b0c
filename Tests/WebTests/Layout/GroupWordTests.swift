import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// What a place's policy calls its groups, and its areas.
@Suite struct GroupWordTests {
  @Test func `another word stands in sentences, not in what fills them nor in the name of the whole`() {
    let called = Catalogue.chinese.calling(groups: "教联体")
    #expect(called.text("head.group") == "教联体" && called.groupWord == "教联体")
    #expect(called.text("help.junheng") == Catalogue.chinese.text("help.junheng"))
    #expect(called.text("registry.sheet.groupPast") == "教联体旧况")
    let named = called.text("problem.facts.group.twice", ["year": .count(2022), "id": .text("江北集团")])
    #expect(named.contains("江北集团") && named.contains("教联体“"))
    #expect(Catalogue.english.calling(groups: "教联体").text("head.group") == Catalogue.english.text("head.group"))
  }

  @Test func `pages use the word of the place where somebody works`() async throws {
    try await TestSite.with { test in
      let path = Endpoint.registryGroups.link()
      let usual = try await test.ask(.city, .get, path).text
      #expect(usual.contains("<h1>集团</h1>") && !usual.contains("教联体"))
      try await test.site.database.write { _ = try $0.run("UPDATE authority SET code = '421300' WHERE id = 10") }
      let called = try await test.ask(.city, .get, path).text
      #expect(called.contains("<h1>教联体</h1>") && !called.contains("<h1>集团</h1>"))
    }
  }

  @Test func `areas stand under the policy's titles`() async throws {
    try await TestSite.with { test in
      try await test.site.database.write { transaction in
        _ = try transaction.run("UPDATE authority SET code = '610900' WHERE id = 10")
        _ = try transaction.run(
          "INSERT INTO school_flag (school, flag, area, since) VALUES (21, 'area', 'central', '2020-09-01')")
        _ = try transaction.run(
          """
          INSERT INTO allotment (policy, target, authority, measure, value)
          VALUES ('ankang-2022', '2022-central', 11, 'groups', '12')
          """)
      }
      let school = try await test.ask(.city, .get, Endpoint.registrySchool.link(ID(21))).text
      #expect(school.contains("片区 中心城区") && !school.contains("central"))
      let coverage = try await test.ask(.city, .get, Endpoint.coverage.link()).text
      #expect(coverage.contains("2022 中心城区组建任务") && !coverage.contains("2022-central"))
    }
  }
}
