import HTTPTypes
import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct VetoTests {
  private static func form(_ year: TestYear, _ changes: [String: String] = [:]) throws -> [(String, String)] {
    let veto = try #require(year.policy.vetoes.first)
    return [
      ("group", "31"), ("veto", veto.id), ("reason", "食堂发生<b>食物中毒</b>"), ("evidence", "市教通〔2026〕7号"),
    ].map { ($0.0, changes[$0.0] ?? $0.1) }
  }

  @Test(arguments: TestDatabases.engines)
  func `a veto is laid and lifted with reasons, both stay, and the group sees them`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try TestYear.current(test)
      let path = year.path("vetoes")
      #expect(try await test.ask(.city, .post, path, form: Self.form(year)).status == 303)
      for person in [TestPerson.city, .district, .lead, .member, .supervisor] {
        let page = try await test.ask(person, .get, path)
        #expect(page.text.contains("食物中毒") && page.text.contains("市教通〔2026〕7号"), "\(person)")
        #expect(!page.text.contains("<b>食物中毒"))
        #expect(test.counter.count <= 8)
      }
      for person in [TestPerson.otherDistrict, .otherLead] {
        let page = try await test.ask(person, .get, path)
        #expect(page.status == 200 && !page.text.contains("食物中毒"), "\(person)")
      }
      #expect(try await test.ask(.thirdParty, .get, path).status == 403)
      #expect(try await test.ask(.foreignCity, .get, path).status == 404)
      let twice = try await test.ask(.city, .post, path, form: Self.form(year))
      #expect(twice.status == 409)
      let page = try await test.ask(.city, .get, path)
      let laid = try #require(page.text.firstMatch(of: #/name="laid" value="([0-9]+)"/#)).output.1
      let lift = try Self.form(year).filter { $0.0 != "evidence" } + [("laid", String(laid))]
      let silent = try await test.ask(
        .city, .post, path + "/lifting", form: lift.map { ($0.0, $0.0 == "reason" ? "" : $0.1) })
      #expect(silent.status == 422)
      let lifted = try await test.ask(
        .city, .post, path + "/lifting", form: lift.map { ($0.0, $0.0 == "reason" ? "查证不实" : $0.1) })
      #expect(lifted.status == 303)
      let after = try await test.ask(.lead, .get, path)
      #expect(after.text.contains("食物中毒") && after.text.contains("查证不实") && after.text.contains("已解除"))
      #expect(try await test.ask(.city, .post, path + "/lifting", form: lift).status == 409)
      // Laid anew it is another one.
      test.clock.set(test.clock.now.adding(seconds: 60))
      #expect(try await test.ask(.city, .post, path, form: Self.form(year)).status == 303)
      #expect(try await year.count("veto") == 2)
    }
  }

  @Test func `everything that is missing is told at once`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let bad = try await test.ask(
        .city, .post, year.path("vetoes"), form: Self.form(year, ["group": "39", "veto": "nope", "reason": ""]))
      #expect(bad.status == 422)
      for text in ["没有选定情形", "没有选定集团", "没有写理由"] { #expect(bad.text.contains(text)) }
      #expect(try await year.count("veto") == 0)
    }
  }

  @Test(arguments: [
    (TestPerson.district, 403), (.lead, 403), (.supervisor, 403), (.foreignCity, 404), (.expertA, 403),
  ])
  func `only the authority that runs the year lays one, and none after the confirmation`(
    person: TestPerson, status: Int
  ) async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      #expect(try await test.ask(person, .post, year.path("vetoes"), form: Self.form(year)).status == status)
      try await year.confirm()
      #expect(try await test.ask(.city, .post, year.path("vetoes"), form: Self.form(year)).status == 409)
      #expect(try await year.count("veto") == 0)
    }
  }
}
