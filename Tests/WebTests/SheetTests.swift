import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct SheetTests {
  /// The sheet of a group at a stage.
  static func sheet(_ site: TestSite, group: Int64, stage: String = "self", authority: Int64 = 10) async throws -> ID {
    let row = try await site.site.database.read {
      try $0.row(
        "SELECT id FROM sheet WHERE authority = $1 AND grp = $2 AND stage = $3",
        [.integer(authority), .integer(group), .text(stage)])
    }
    return try #require(row).id("id")
  }

  @Test(arguments: TestDatabases.engines)
  func `a lead school fills an item without any script`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await Self.sheet(test, group: 31)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4")
      #expect(page.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(page.text.contains("交流比例"))
      let saved = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "8.4"), ("v:group/exchange_rate", "0"), ("f:group/backbone_share", "20")])
      #expect(saved.status == 303)
      let after = try await test.ask(.lead, .get, try #require(saved.location))
      #expect(after.text.contains("3.40"))
    }
  }

  @Test func `schools' fields name their school, and the history says in words what was entered`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=8")
      let names = try await test.site.database.read {
        try $0.rows(
          """
          SELECT s.name FROM participant_school p JOIN school s ON s.id = p.school
          WHERE p.authority = $1 AND p.grp = $2 AND p.role = 'member'
          """, [.integer(10), .integer(31)]
        ).map { try $0.text("name") }
      }
      #expect(!names.isEmpty && names.allSatisfy { page.text.contains(">\($0)：") }, "\(names)")
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "8.4"), ("v:group/exchange_rate", "0")])
      let history = try await test.ask(.lead, .get, "/sheets/10/\(sheet)/history")
      #expect(history.text.contains("填写“教师交流比例”：8.4") && !history.text.contains("exchange_rate"))
    }
  }

  @Test func `a sheet is printed whole, every item with what is entered, and nothing to press`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "8.4"), ("v:group/exchange_rate", "0")])
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?print=all")
      #expect(page.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      let screen = try await test.ask(.lead, .get, "/sheets/10/\(sheet)").text
      let titles = screen.matches(of: #/class="tt">([^<]+)</#).map { String($0.1) }
      #expect(titles.count > 10 && titles.allSatisfy { page.text.contains($0) })
      #expect(page.text.contains("<b>8.4%</b>") && !page.text.contains("name=\"f:"))
      #expect(try await test.ask(.otherLead, .get, "/sheets/10/\(sheet)?print=all").status == 404)
    }
  }

  @Test func `somebody else's change of the same field is shown and not overwritten`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let link = "/sheets/10/\(sheet)/items/4"
      _ = try await test.ask(
        .lead, .post, link, form: [("f:group/exchange_rate", "9"), ("v:group/exchange_rate", "0")])
      let second = try await test.ask(
        .lead, .post, link, form: [("f:group/exchange_rate", "7"), ("v:group/exchange_rate", "0")])
      #expect(second.status == 409)
      #expect(second.text.contains("与他人的改动冲突"))
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4")
      #expect(page.text.contains("value=\"9\""))
    }
  }

  @Test(arguments: [
    (TestPerson.otherLead, 404), (.otherDistrict, 404), (.foreignCity, 404), (.foreignLead, 404), (.expertA, 404),
    (.system, 403), (.thirdParty, 403), (.district, 403), (.supervisor, 403), (.member, 403),
  ])
  func `nobody marks where they have no part`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let answer = try await test.ask(
        person, .post, "/sheets/10/\(sheet)/items/4",
        form: [("f:group/exchange_rate", "99"), ("v:group/exchange_rate", "0")])
      #expect(answer.status == status)
      let marks = try await test.site.database.read { try $0.rows("SELECT 1 AS one FROM mark") }
      #expect(marks.isEmpty)
    }
  }

  @Test func `a form from another site is refused`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let answer = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4", form: [("f:group/exchange_rate", "9")], forged: true)
      #expect(answer.status == 403)
    }
  }

  @Test func `after the deadline nothing can be entered`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-01"))))
      let answer = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/4", form: [("f:group/exchange_rate", "9")])
      #expect(answer.status == 409)
      #expect(answer.text.contains("2026-08-31"))
    }
  }

  @Test func `what is typed is never markup`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let text = "<script>alert(1)</script>\"\u{301} onfocus=alert(1) '"
      let link = "/sheets/10/\(sheet)/items/4"
      _ = try await test.ask(
        .lead, .post, link, form: [("remark", text), ("f:group/exchange_rate", text)])
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4")
      #expect(!page.text.contains("<script>alert"))
      let broken = "\"\u{301} onfocus"
      #expect(!page.text.contains(broken))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a program saves marks, and a retry changes nothing`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await Self.sheet(test, group: 31)
      let body = #"{"marks":[{"item":"4","field":"group/exchange_rate","value":8.4,"version":0}]}"#
      let first = try await test.ask(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body)
      #expect(first.status == 200)
      #expect(first.text.contains(#""state":"saved","version":1"#))
      // Who may is found in one statement.
      #expect(test.counter.all.count { $0.contains("participant_reach") } == 1)
      let again = try await test.ask(.lead, .put, "/api/v1/sheets/10/\(sheet)/marks", json: body)
      #expect(again.text.contains(#""state":"same","version":1"#))
      let unknown = try await test.ask(
        .lead, .put, "/api/v1/sheets/10/\(sheet)/marks",
        json: #"{"marks":[{"item":"4","field":"group/nonsense","value":1,"version":0}]}"#)
      #expect(unknown.status == 422)
    }
  }
}

extension SheetTests {
  @Test(arguments: TestDatabases.engines)
  func `who saves mark after mark is let in by one statement, until something else has changed`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let (year, sheet) = (try TestYear.current(test), try await Self.sheet(test, group: 31))
      let link = "/api/v1/sheets/10/\(sheet)/marks"
      func body(_ value: Int, seen: Int) -> String {
        #"{"marks":[{"item":"4","field":"group/exchange_rate","value":\#(value),"version":\#(seen)}]}"#
      }
      _ = try await test.ask(.lead, .put, link, json: body(1, seen: 0))
      let second = try await test.ask(.lead, .put, link, json: body(2, seen: 1))
      #expect(second.text.contains(#""state":"saved","version":2"#))
      // The session, the gate with the mark as it was, the mark.
      #expect(test.counter.count == 3)
      let late = try await test.ask(.lead, .put, link, json: body(3, seen: 1))
      #expect(late.status == 409)
      #expect(late.text.contains(#""state":"conflict","version":2"#))
      let form = [("stage", "self"), ("group", "33"), ("due", "2026-09-20"), ("reason", "停水")]
      #expect(try await test.ask(.city, .post, year.path("extensions"), form: form).status == 303)
      let third = try await test.ask(.lead, .put, link, json: body(3, seen: 2))
      #expect(third.text.contains(#""state":"saved","version":3"#))
      #expect(test.counter.count > 3)
    }
  }

  @Test func `a form that doesn't say which version it saw has seen none`() async throws {
    try await TestSite.with { test in
      let sheet = try await Self.sheet(test, group: 31)
      let link = "/sheets/10/\(sheet)/items/4"
      let first = [("f:group/exchange_rate", "9"), ("remark", "第一次")]
      #expect(try await test.ask(.lead, .post, link, form: first).status == 303)
      let silent = try await test.ask(
        .lead, .post, link, form: [("f:group/exchange_rate", "7"), ("remark", "第二次")])
      #expect(silent.status == 409)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=4")
      #expect(page.text.contains("value=\"9\"") && page.text.contains("第一次"))
      // What says the same is no conflict.
      #expect(try await test.ask(.lead, .post, link, form: first).status == 303)
    }
  }

  @Test func `a script is told what it stored, and over which version the choice stands`() async throws {
    try await TestSite.with { test in
      try await TestYear.current(test).submit(31, "self", by: .lead)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let sheet = try await Self.sheet(test, group: 31, stage: "preliminary")
      func send(_ form: [(String, String)]) async throws -> Answer {
        try await test.ask(
          .district, .post, "/sheets/10/\(sheet)/items/4", form: form, accept: "application/json")
      }
      let accepted = try await send([("choice", "accept"), ("v:choice", "0")])
      #expect(accepted.text.contains("\"stored\":[\"choice\"]") && accepted.text.contains("\"choice\":\"accept\""))
      // A value corrects what was recorded; whoever hasn't seen the choice doesn't change it.
      let unseen = try await send([("f:group/exchange_rate", "8"), ("v:group/exchange_rate", "0")])
      #expect(unseen.text.contains("\"stored\":[\"group/exchange_rate\"]"))
      #expect(unseen.text.contains("\"choice\":\"accept\""))
      let seen = try await send([("f:group/exchange_rate", "7"), ("v:group/exchange_rate", "1"), ("v:choice", "1")])
      #expect(seen.text.contains("\"stored\":[\"group/exchange_rate\",\"choice\"]"))
      #expect(seen.text.contains("\"choice\":\"correct\""))
    }
  }

  @Test func `a page older than the choice doesn't turn what was accepted into a correction`() async throws {
    try await TestSite.with { test in
      try await TestYear.current(test).submit(31, "self", by: .lead)
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let sheet = try await Self.sheet(test, group: 31, stage: "preliminary")
      // What the form held before anything was chosen: empty fields that nobody has filled in.
      let stale = [
        ("choice", "accept"), ("v:choice", "1"), ("f:group/exchange_rate", ""), ("v:group/exchange_rate", "0"),
      ]
      for form in [[("choice", "accept"), ("v:choice", "0")], stale] {
        let answer = try await test.ask(.district, .post, "/sheets/10/\(sheet)/items/4", form: form)
        #expect(answer.status == 303)
      }
      let marks = try await test.site.database.read { transaction in
        try transaction.rows("SELECT field, value FROM mark WHERE sheet = $1", [.id(sheet)]).map {
          "\(try $0.text("field")) \(try $0.optionalText("value") ?? "none")"
        }
      }
      #expect(marks == ["choice \"accept\""])
    }
  }

  @Test func `schools don't look over the shoulder of who evaluates them`() async throws {
    try await TestSite.with { test in
      // The group's preliminary sheet is opened as handing in does it.
      try await test.site.database.write { transaction in
        try transaction.run(
          """
          INSERT INTO sheet (authority, id, cycle, stage, grp, created_at) VALUES (10, 777, 500, 'preliminary', 31, 1)
          """)
      }
      let statuses = try await [TestPerson.lead, .member, .district, .city, .supervisor].asyncMap {
        try await test.ask($0, .get, "/sheets/10/777").status
      }
      #expect(statuses == [404, 404, 200, 200, 200])
      // Nor through programs, nor by who is on it just now.
      for path in ["/api/v1/sheets/10/777", "/api/v1/sheets/10/777/marks"] {
        let answers = try await [TestPerson.lead, .member, .district, .supervisor].asyncMap {
          try await test.ask($0, .get, path).status
        }
        #expect(answers == [404, 404, 200, 200], "\(path)")
      }
      let seen = try await [TestPerson.lead, .district].asyncMap {
        try await test.ask($0, .post, "/sheets/10/777/presence", form: [("item", "4")]).status
      }
      #expect(seen == [404, 200])
    }
  }
}

extension Array {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
    var result: [T] = []
    for element in self { result.append(try await transform(element)) }
    return result
  }
}
