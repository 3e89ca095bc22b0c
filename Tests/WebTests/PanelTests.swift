import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct PanelTests {
  /// The plan of the page, as its form sends it back.
  private static func plan(_ page: Answer) throws -> [(String, String)] {
    try ["size", "seed", "plan"].map { name in
      let match = page.text.matches(of: #/<input type="hidden" name="([a-z]+)" value="([^"]*)">/#)
        .first { $0.output.1 == name }
      return (name, String(try #require(match).output.2))
    }
  }

  /// A third expert in the city's pool.
  private static func fillPool(_ test: TestSite) async throws {
    try await appoint(test, .thirdParty, .expert, .authority(ID(10)))
  }

  /// Gives somebody another post.
  private static func appoint(_ test: TestSite, _ person: TestPerson, _ role: Role, _ seat: Appointment.Seat)
    async throws
  {
    let now = test.clock.now
    try await test.site.database.write { transaction in
      try AppointmentStore(transaction).appoint(
        Appointment(
          id: ID(person.rawValue + 1_000), account: person.account, role: role, seat: seat, since: now.day, until: nil),
        by: .program, at: now)
    }
  }

  private static func assigned(_ test: TestSite) async throws -> [[Int64]] {
    try await test.site.database.read { transaction in
      try transaction.rows("SELECT grp, appointment FROM assignment ORDER BY grp, appointment")
        .map { [try $0.integer("grp"), try $0.integer("appointment")] }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a plan is looked at, then stored as it was seen`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await Self.fillPool(test)
      let path = try TestYear.current(test).path("panel/final")
      // The first reader of a policy also reads the policy.
      _ = try await test.ask(.city, .get, path)
      let first = try await test.ask(.city, .get, path)
      #expect(first.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      let page = try await test.ask(.city, .get, path + "?size=3&seed=abc")
      #expect(page.text.contains("拟分配"))
      #expect(try await Self.assigned(test).isEmpty)
      let stored = try await test.ask(.city, .post, path, form: Self.plan(page))
      #expect(stored.status == 303)
      #expect(try await Self.assigned(test) == [31, 32, 33].flatMap { [[$0, 207], [$0, 208], [$0, 1_109]] })
      // The experts now reach the groups; nothing is left to assign.
      #expect(try await test.ask(.expertA, .get, "/cycles/10/500").text.contains("3 个集团"))
      let again = try await test.ask(.city, .get, path + "?size=3&seed=other")
      #expect(again.text.contains("新分配 0 人次"))
      let seed = try await test.site.database.read {
        try $0.row("SELECT after_value FROM audit WHERE action = 'expert.assigned' LIMIT 1")?.text("after_value")
      }
      #expect(seed?.contains("abc") == true)
    }
  }

  @Test func `those that have come to the stage stand first, the others aren't missing anything yet`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      try await year.bringToFinal(32)
      let page = try await test.ask(.city, .get, year.path("panel/final")).text
      let names = page.matches(of: #/第(3[123])教育集团/#).map { String($0.output.1) }
      #expect(names.first == "32" && page.contains("已到本阶段 1 个，未到 2 个"))
      #expect(page.matches(of: #/<span class="chip warn">未分配/#).count == 1)
      #expect(page.contains("尚在区级初评") || page.contains("尚在自查自评"))
    }
  }

  @Test func `a plan that is no longer the one seen isn't stored`() async throws {
    try await TestSite.with { test in
      let path = try TestYear.current(test).path("panel/final")
      let plan = try Self.plan(try await test.ask(.city, .get, path + "?size=2&seed=abc"))
      try await test.site.database.write {
        try $0.run("UPDATE account SET closed_at = 1 WHERE id = $1", [.id(TestPerson.expertB.account)])
      }
      let answer = try await test.ask(.city, .post, path, form: plan)
      #expect(answer.status == 409)
      #expect(try await Self.assigned(test).isEmpty)
    }
  }

  @Test func `nobody gets their own school's group, and by setting none of their district`() async throws {
    try await TestSite.with { test in
      try await Self.fillPool(test)
      let path = try TestYear.current(test).path("panel/final")
      try await Self.appoint(test, .expertA, .member, .school(ID(23)))
      let page = try await test.ask(.city, .get, path + "?size=2&seed=abc&group=31")
      #expect(page.text.contains("第31教育集团：还缺 1 名；专家库 3 人，回避本校 1 人，回避本辖区 0 人"))
      #expect(page.text.contains("在集团内任职：第23小学"))
      let forced = try await test.ask(
        .city, .post, path + "/changes", form: [("group", "31"), ("add", "207"), ("reason", "缺人")])
      #expect(forced.status == 409)
      try await test.site.database.write { try $0.run("UPDATE cycle SET avoid_district = 1") }
      try await Self.appoint(test, .expertB, .office, .authority(ID(12)))
      let other = try await test.ask(.city, .get, path + "?size=2&seed=abc&group=32")
      #expect(other.text.contains("在本辖区任职：教育局12"))
      let near = try await test.ask(
        .city, .post, path + "/changes", form: [("group", "32"), ("add", "208"), ("reason", "缺人")])
      #expect(near.status == 409)
      #expect(try await Self.assigned(test).isEmpty)
    }
  }

  @Test func `single experts are added and replaced with a reason, until the sheet is handed in`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let path = year.path("panel/final/changes")
      let silent = try await test.ask(.city, .post, path, form: [("group", "31"), ("add", "207")])
      #expect(silent.status == 422)
      let added = try await test.ask(.city, .post, path, form: [("group", "31"), ("add", "207"), ("reason", "增补")])
      #expect(added.status == 303)
      let twice = try await test.ask(.city, .post, path, form: [("group", "31"), ("add", "207"), ("reason", "增补")])
      #expect(twice.status == 409)
      let replaced = try await test.ask(
        .city, .post, path, form: [("group", "31"), ("remove", "207"), ("add", "208"), ("reason", "出差")])
      #expect(replaced.status == 303)
      #expect(try await Self.assigned(test) == [[31, 208]])
      // One who isn't in the pool, one who isn't assigned, a group of another city.
      #expect(
        try await test.ask(.city, .post, path, form: [("group", "31"), ("add", "204"), ("reason", "x")]).status == 422)
      #expect(
        try await test.ask(.city, .post, path, form: [("group", "31"), ("remove", "207"), ("reason", "x")]).status
          == 409)
      #expect(
        try await test.ask(.city, .post, path, form: [("group", "39"), ("add", "207"), ("reason", "x")]).status == 403)
      for stage in ["self", "preliminary"] { try await year.handIn(31, stage, grade: "良好") }
      try await year.handIn(31, "final", grade: "良好")
      let late = try await test.ask(
        .city, .post, path, form: [("group", "31"), ("remove", "208"), ("reason", "出差")])
      #expect(late.status == 409)
      #expect(try await Self.assigned(test) == [[31, 208]])
    }
  }

  @Test(arguments: [
    // The final evaluation is the city's; a district's own groups at it are none of the district's business.
    (TestPerson.district, 403), (.lead, 403), (.supervisor, 403), (.expertA, 403), (.foreignCity, 404),
  ])
  func `only whom the policy names for the stage assigns`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let answer = try await test.ask(
        person, .post, year.path("panel/final/changes"), form: [("group", "31"), ("add", "207"), ("reason", "x")])
      #expect(answer.status == status)
      let plan = try await test.ask(
        person, .post, year.path("panel/final"), form: [("size", "2"), ("seed", "abc"), ("plan", "x")])
      #expect(plan.status == status)
      #expect(try await Self.assigned(test).isEmpty)
      try await year.confirm()
      let late = try await test.ask(
        .city, .post, year.path("panel/final/changes"), form: [("group", "31"), ("add", "207"), ("reason", "x")])
      #expect(late.status == 409)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an expert who marks blind isn't told which other experts are on the sheet`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try TestYear.current(test)
      for person in ["207", "208"] {
        let form = [("group", "31"), ("add", person), ("reason", "增补")]
        #expect(try await test.ask(.city, .post, year.path("panel/final/changes"), form: form).status == 303)
      }
      let sheet = try await year.lay(31, "final")
      func others(_ person: TestPerson) async throws -> [String] {
        let answer = try await test.ask(
          person, .post, "/sheets/10/\(sheet)/presence", form: [("item", "4")], accept: "application/json")
        #expect(answer.status == 200)
        return ["city", "expertA", "expertB"].filter { answer.text.contains($0) }
      }
      #expect(try await others(.expertA) == [])
      #expect(try await others(.expertB) == [])
      #expect(try await others(.city) == ["expertA", "expertB"])
      #expect(try await others(.expertA) == ["city"])
      // Nor by the history: that a colleague has handed in says who they are.
      try await test.site.database.write { transaction in
        transaction.record(
          AuditEntry(
            authority: TestSite.city, at: test.clock.now,
            actor: Actor(account: TestPerson.expertB.account, appointment: nil, address: nil, request: nil),
            action: "marks.handedIn", object: "sheet/\(sheet)"))
      }
      #expect(!(try await test.ask(.expertA, .get, "/sheets/10/\(sheet)/history").text.contains("expertB")))
      #expect(try await test.ask(.city, .get, "/sheets/10/\(sheet)/history").text.contains("expertB"))
    }
  }

  @Test func `an expert who has handed in changes nothing any more, by the page or by a program`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      for stage in ["self", "preliminary"] { try await year.handIn(31, stage, grade: "良好") }
      let now = test.clock.now
      try await test.site.database.write { transaction in
        try transaction.run(
          """
          INSERT INTO recommendation (authority, cycle, stage, grp, recommended, at)
          VALUES (10, 500, 'recommend', 31, 1, $1)
          """, [.instant(now)])
      }
      test.clock.set(Instant(startOf: try #require(Day("2026-10-10"))))
      for person in ["207", "208"] {
        let form = [("group", "31"), ("add", person), ("reason", "增补")]
        #expect(try await test.ask(.city, .post, year.path("panel/final/changes"), form: form).status == 303)
      }
      let sheet = try await year.lay(31, "final")
      let marks = "/api/v1/sheets/10/\(sheet)/marks"
      func mark(_ value: Int, _ version: Int) -> String {
        #"{"marks":[{"item":"4","field":"group/exchange_rate","value":\#(value),"version":\#(version)}]}"#
      }
      #expect(try await test.ask(.expertA, .put, marks, json: mark(8, 0)).status == 200)
      try await test.site.database.write { transaction in
        try transaction.run(
          "INSERT INTO hand_in (authority, sheet, reviewer, at) VALUES (10, $1, $2, 1)",
          [.id(sheet), .id(TestPerson.expertA.account)])
        transaction.record(
          AuditEntry(
            authority: TestSite.city, at: now, actor: .program, action: "marks.handedIn", object: "sheet/\(sheet)"))
      }
      #expect(try await test.ask(.expertA, .put, marks, json: mark(9, 1)).status == 409)
      let form = [("f:group/exchange_rate", "9"), ("v:group/exchange_rate", "1")]
      #expect(try await test.ask(.expertA, .post, "/sheets/10/\(sheet)/items/4", form: form).status == 409)
    }
  }

  @Test func `an office without experts is told what to do, and of no number that nobody can reach`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(.district, .get, try TestYear.current(test).path("panel/preliminary"))
      #expect(page.status == 200)
      #expect(page.text.contains("安全管理员任用，或由本单位直接评分。") && !page.text.contains("每项至少"))
    }
  }
}
