import Fixtures
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Files of a case.
@Suite struct PaperTests {
  static func link(_ text: String) throws -> String {
    try #require(
      text.firstMatch(of: #/href="(\/formation\/[0-9]+\/[0-9]+\/papers\/[0-9]+)"/#).map { String($0.output.1) })
  }

  @Test(arguments: TestDatabases.engines)
  func `whoever takes part adds files, whoever sees the case reads them`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let path = try await FormationFlowTests.written(test, [22, 24])
      let added = try await test.upload(
        .lead, [("方案.pdf", EvidenceTests.pdf)], [("kind", "scheme"), ("title", "组建方案")], to: path + "/papers")
      #expect(added.status.code == 303, "\(added.text)")
      let page = try await test.ask(.lead, .get, path)
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(page.text.contains("组建方案") && page.text.contains("删除"))
      let file = try Self.link(page.text)
      let read = try await test.fetch(.member, .get, file)
      #expect(read.status == .ok && Array(read.body.readableBytesView) == EvidenceTests.pdf)
      #expect(read.headers[.contentType] == "application/pdf")
      // Not handed in yet: no office sees it, and none may add.
      for person in [TestPerson.district, .city, .foreignCity, .foreignLead] {
        #expect(try await test.fetch(person, .get, file).status == .notFound, "\(person)")
        let refused = try await test.upload(person, [("a.pdf", EvidenceTests.pdf)], [], to: path + "/papers")
        #expect([403, 404].contains(refused.status.code), "\(person) \(refused.status)")
      }
      #expect(try await test.ask(.member, .post, file + "/removal", form: []).status == 403)
      #expect(try await test.ask(.lead, .post, path + "/papers/1/removal", form: []).status == 404)
      #expect(try await test.ask(.lead, .post, file + "/removal", form: []).status == 303)
      #expect(try await test.fetch(.lead, .get, file).status == .notFound)
      #expect(!(try await test.ask(.lead, .get, path).text.contains("组建方案")))
    }
  }

  @Test func `what isn't what its name says is refused, and nothing is kept`() async throws {
    try await TestSite.with { test in
      let path = try await FormationFlowTests.begin(test)
      let refused = try await test.upload(
        .lead, [("方案.pdf", EvidenceTests.pdf), ("脚本.pdf", Array("<script>".utf8))], [], to: path + "/papers")
      #expect(refused.status.code == 422)
      #expect(!(try await test.ask(.lead, .get, path).text.contains("/papers/")))
      #expect(test.keptFiles.isEmpty)
    }
  }

  @Test func `while a plan is public everybody reads the papers its policy makes public, and no others`() async throws {
    try await TestSite.with { test in
      let path = try await FormationFlowTests.written(test, [22, 24])
      for (kind, title) in [("scheme", "组建方案"), ("other", "内部说明")] {
        let added = try await test.upload(
          .lead, [("文件.pdf", EvidenceTests.pdf)], [("kind", kind), ("title", title)], to: path + "/papers")
        #expect(added.status.code == 303)
      }
      let notice = "/notices" + path.dropFirst("/formation".count)
      let papers = try await test.site.database.read {
        try $0.rows("SELECT kind, id FROM formation_paper").map { (try $0.text("kind"), try $0.id("id").description) }
      }
      let links = Dictionary(papers.map { ($0.0, "\(notice)/papers/\($0.1)") }) { first, _ in first }
      let (scheme, other) = (try #require(links["scheme"]), try #require(links["other"]))
      #expect(try await test.fetch(nil, .get, scheme).status == .notFound)
      _ = try await test.ask(.lead, .post, path + "/submission", form: [])
      _ = try await test.ask(.district, .post, path + "/acceptance", form: [])
      #expect(try await test.ask(.district, .post, path + "/publicity", form: [("from", "2026-08-20")]).status == 303)
      let page = try await test.ask(nil, .get, notice)
      #expect(page.text.contains("公布的材料") && page.text.contains(scheme) && page.text.contains("组建方案"))
      #expect(!page.text.contains("内部说明") && !page.text.contains("学校决议"))
      let read = try await test.fetch(nil, .get, scheme)
      #expect(read.status == .ok && Array(read.body.readableBytesView) == EvidenceTests.pdf)
      #expect(try await test.fetch(nil, .get, other).status == .notFound)
      test.clock.forward(days: 60)
      #expect(try await test.fetch(nil, .get, scheme).status == .ok)
    }
  }

  @Test func `the application stands as a paper to be signed, for those who see the case`() async throws {
    try await TestSite.with { test in
      let path = try await FormationFlowTests.written(test, [22, 24])
      let page = try await test.ask(.lead, .get, path + "/form")
      #expect(page.status == 200 && test.counter.count <= 8, "\(test.counter.count)")
      for text in ["组建申请表", "江北教育集团", "中心城区", "缩小差距", "第22小学", "申请单位意见", "审批意见", "（盖章）"] {
        #expect(page.text.contains(text), "\(text)")
      }
      #expect(try await test.ask(.lead, .get, path).text.contains("\(path)/form\""))
      #expect(try await test.ask(.foreignLead, .get, path + "/form").status == 404)
    }
  }
}
