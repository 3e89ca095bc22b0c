import Fixtures
import HTTPTypes
import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Documents without a scheme to score by: they ask for consents and list tasks, and nothing in them keeps groups from
/// being formed under them.
@Suite struct OriginalDocumentTests {
  struct Document: Sendable, CustomTestStringConvertible {
    let policy: String
    let form: String
    /// What the applicant is asked of each school, and which resolutions are due then.
    let flags: [(String, String)]
    let consents: [(TestPerson, String)]
    let task: String

    var testDescription: String { policy }
  }

  static let documents = [
    Document(
      policy: "shanghai-2015", form: "multi-legal", flags: [("private/21", "no"), ("private/22", "yes")],
      consents: [(.lead, "21/staff-congress"), (.member, "22/staff-congress"), (.member, "22/board")],
      task: "制定推进学区化、集团化办学实施方案，明确目标任务、主要举措和时间表、路线图，落实支持政策"),
    Document(
      policy: "zhongyuan-2022", form: "close", flags: [],
      consents: [(.lead, "21/staff-congress"), (.member, "22/staff-congress")], task: "打破原有教育集团格局，组建新的教育集团"),
  ]

  @Test(arguments: TestDatabases.engines, documents)
  func `a group is formed under a document that only asks for consents`(
    engine: Engine, document: Document
  ) async throws {
    try await TestSite.with(engine) { test in
      let choice = try await test.ask(.city, .get, "/formation")
      #expect(choice.text.contains("value=\"\(document.policy)\""))
      let set = try await test.ask(.city, .post, "/formation/policy", form: [("policy", document.policy)])
      #expect(set.status == 303, "\(set.text)")
      let path = try await FormationFlowTests.begin(test)
      #expect(try await FormationFlowTests.save(test, path, [("add", "22")]).status == 303)
      let written = [("name", "江北教育集团"), ("form", document.form)] + document.flags
      #expect(try await FormationFlowTests.save(test, path, written).status == 303)
      let handed = try await test.ask(.lead, .post, path + "/submission", form: [])
      #expect(handed.status == 303, "\(handed.text)")
      #expect(try await test.ask(.district, .post, path + "/acceptance", form: []).status == 303)
      let ruling = [("decision", "approved"), ("number", "汉教发〔2026〕9号"), ("day", "2026-08-20")]
      let early = try await test.ask(.district, .post, path + "/decision", form: ruling)
      #expect(early.status == 422 && early.text.contains("决议未交"))
      for (person, consent) in document.consents {
        let given = try await test.ask(
          person, .post, path + "/consents",
          form: [("of", consent), ("day", "2026-08-18"), ("present", "40"), ("inFavour", "30"), ("agrees", "yes")])
        #expect(given.status == 303, "\(given.text)")
      }
      let decided = try await test.ask(.district, .post, path + "/decision", form: ruling)
      #expect(decided.status == 303, "\(decided.text)")
      for (person, school) in [(TestPerson.lead, "21"), (.member, "22")] {
        let passed = try await test.ask(
          person, .post, path + "/charter", form: [("school", school), ("day", "2026-08-20")])
        #expect(passed.status == 303)
      }
      #expect(
        try await test.ask(
          .district, .post, path + "/charter/filing", form: [("number", "章9号"), ("day", "2026-08-20")]
        )
        .status == 303)
      let groups = try await test.site.database.read {
        try $0.rows("SELECT form FROM school_group WHERE name = '江北教育集团'").map { try $0.text("form") }
      }
      #expect(groups == [document.form])
      #expect(try await test.ask(.city, .post, "/tasks", form: []).status == 303)
      #expect(try await test.ask(.city, .get, "/tasks").text.contains(document.task))
    }
  }

  @Test func `what a document's words on forming leave open keeps it back, what its grades leave open doesn't`() throws
  {
    let sanya = try #require(PolicyEditions.Files.of("sanya-2021").policy.policy)
    #expect(!sanya.obstacles.isEmpty && sanya.formationObstacles.isEmpty)
    let whole = PolicyEditions.Files.of("zhongyuan-2022")
    let text = try #require(whole.files["policy.yaml"])
    let open = PolicyEditions.Files(
      name: whole.name,
      files: ["policy.yaml": text.replacing("    chosen: staff-congress\n", with: "")])
    let policy = try #require(open.policy.policy)
    #expect(policy.formationObstacles.compactMap { $0.parts["id"] } == [.text("charter-adoption")])
  }
}
