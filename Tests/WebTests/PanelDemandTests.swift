import Cycles
import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Where a policy asks for experts, and where it doesn't.
@Suite struct PanelDemandTests {
  /// The final evaluation of group 31, filled in by the city's office alone.
  private static func final(_ test: TestSite) async throws -> (path: String, sheet: ID) {
    let year = try TestYear.current(test)
    try await year.bringToFinal(31)
    let sheet = try await year.lay(31, "final")
    try await SubmissionTests.fill(test, sheet, as: .city)
    return ("/sheets/10/\(sheet)/submission", sheet)
  }

  @Test(arguments: TestDatabases.engines)
  func `without the experts that are asked for it is handed in for a reason only, which is kept`(engine: Engine)
    async throws
  {
    try await TestSite.with(engine) { test in
      let (path, _) = try await Self.final(test)
      let page = try await test.ask(.city, .get, path).text
      #expect(page.contains("应有 3 名专家，已分配 0 名") && page.contains("专家未足额，仍要提交"))
      for form in [[], [("lacking", "yes")], [("why", "专家因故未到")]] as [[(String, String)]] {
        let refused = try await test.ask(.city, .post, path, form: form)
        #expect(refused.status == 422 && refused.text.contains("写明不足额的理由"), "\(form)")
      }
      #expect(try await test.call(.city, .post, "/api/v1\(path)?withoutEvidence=x").status == 422)
      let done = try await test.ask(.city, .post, path, form: [("lacking", "yes"), ("why", "专家因故未到")])
      #expect(done.status == 303)
      let log = try await test.site.database.read {
        try $0.row(
          "SELECT after_value FROM audit WHERE action = 'sheet.submitted' AND after_value LIKE '%wanted%'"
        )?.text("after_value")
      }
      let kept = try JSON.read(Array((log ?? "").utf8), file: "audit")
      #expect(kept["reason"]?.text == "专家因故未到")
      #expect(kept["experts"]?.integer == 0 && kept["wanted"]?.integer == 3)
    }
  }

  @Test func `a program says in its address why experts are missing`() async throws {
    try await TestSite.with { test in
      let (path, _) = try await Self.final(test)
      #expect(try await test.call(.city, .post, "/api/v1\(path)?withoutExperts=%E7%BC%BA").status == 201)
    }
  }

  @Test func `where no experts are asked for nobody is told to assign any, and a panel may still be made`() async throws
  {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      try await year.handIn(31, "self")
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let home = try await test.ask(.district, .get, "/").text
      #expect(home.contains("区级初评：") && !home.contains("分配评审专家"))
      let page = try await test.ask(.district, .get, year.path("panel/preliminary")).text
      #expect(page.contains("区级初评专家（可选）") && page.contains("办法不要求本阶段分配专家"))
      #expect(!page.contains("每项至少"))
    }
  }

  @Test func `where they are, the task says who appoints them`() async throws {
    try await TestSite.with { test in
      let (_, _) = try await Self.final(test)
      let home = try await test.ask(.city, .get, "/").text
      #expect(home.contains("分配评审专家") && home.contains("专家由"))
    }
  }
}
