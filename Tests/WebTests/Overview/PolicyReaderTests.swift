import HTTPTypes
import Notation
import Policies
import Storage
import Testing

@testable import Web

@Suite struct PolicyReaderTests {
  static func edition(_ test: TestSite) async throws -> String {
    try #require(
      try await test.site.database.read { try $0.row("SELECT edition FROM cycle WHERE id = 500", []) }
    ).text("edition")
  }

  @Test(arguments: [TestPerson.city, .lead, .member, .expertA, .thirdParty, .supervisor])
  func `whoever works under a policy reads it, clause by clause`(person: TestPerson) async throws {
    try await TestSite.with { test in
      let edition = try await Self.edition(test)
      // A thing to mark makes the year the expert's.
      try await test.assign(.expertA, to: 31, "preliminary")
      let list = try await test.ask(person, .get, "/policies")
      #expect(list.text.contains("/policies/\(edition)"))
      let page = try await test.ask(person, .get, "/policies/\(edition)")
      #expect(page.text.contains("教师交流比例") && page.text.contains("指标（共 100 分）"))
      let item = try await test.ask(person, .get, "/policies/\(edition)/items/4")
      #expect(item.text.contains("达到要求的计5分，每降低1个百分点少计1分。"))
      #expect(item.text.contains("每低 1 个百分点，扣 1 分"))
      #expect(item.text.contains("所采读法"))
      #expect(test.counter.count <= 8)
    }
  }

  @Test func `drafts of the folder are for those who open cycles and those who supervise`() async throws {
    try await TestSite.with { test in
      let draft = try await test.ask(.city, .get, "/policies/suizhou-2022")
      #expect(draft.status == 200)
      #expect(try await test.ask(.supervisor, .get, "/policies/suizhou-2022").status == 200)
      #expect(try await test.ask(.lead, .get, "/policies/suizhou-2022").status == 404)
      #expect(try await !test.ask(.lead, .get, "/policies").text.contains("suizhou-2022"))
      #expect(try await test.ask(.system, .get, "/policies").status == 403)
    }
  }

  @Test(arguments: ["..", "%2e%2e%2fREADME", "nothing", "ankang-2022%2F.", "ankang-2022%01"])
  func `a name that no folder has is not found`(name: String) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, "/policies/\(name)")
      #expect(page.status == 404)
    }
  }

  @Test(arguments: ["sanya-2021", "shanghai-2015", "zhongyuan-2022"])
  func `one with something undecided can be read`(name: String) async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, "/policies/\(name)")
      #expect(page.status == 200)
      #expect(page.text.contains("不能用于考核"))
      #expect(!page.text.contains("policies.") && !page.text.contains("reads."))
    }
  }

  @Test func `two policies stand side by side`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.city, .get, "/policies/suizhou-2022/changes?from=ankang-2022")
      #expect(page.status == 200)
      #expect(page.text.contains("处不同") && page.text.contains("新增") && page.text.contains("删去"))
      let same = try await test.ask(.city, .get, "/policies/ankang-2022/changes?from=ankang-2022")
      #expect(same.text.contains("两份办法内容相同"))
      #expect(try await test.ask(.city, .get, "/policies/ankang-2022/changes?from=nothing").status == 404)
    }
  }

  @Test func `every item of every policy says how it is scored`() async throws {
    try await TestSite.with { test in
      for name in test.site.policies.names(in: test.site.settings.policyFolder) {
        let policy = try #require(test.site.policies.read(name, in: test.site.settings.policyFolder)?.policy)
        for item in policy.allItems {
          let page = try await test.ask(.city, .get, "/policies/\(name)/items/\(Endpoint.escaped(item.id))")
          #expect(page.status == 200)
          #expect(!page.text.contains(">reads.") && !page.text.contains("{"), "\(name) \(item.id)")
        }
      }
    }
  }
}
