import Cycles
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Who learns what the experts of a panel found, and when.
@Suite struct PanelSightTests {
  /// The final evaluation of group 31 with two experts who have marked item 4, in its season.
  private static func panel(_ test: TestSite) async throws -> (year: TestYear, sheet: ID) {
    let year = try TestYear.current(test)
    try await year.bringToFinal(31)
    for person in ["207", "208"] {
      let form = [("group", "31"), ("add", person), ("reason", "增补")]
      #expect(try await test.ask(.city, .post, year.path("panel/final/changes"), form: form).status == 303)
    }
    let sheet = try await year.lay(31, "final")
    #expect(try await mark(test, .expertA, sheet, 7) == 303)
    #expect(try await mark(test, .expertB, sheet, 6) == 303)
    return (year, sheet)
  }

  private static func mark(_ test: TestSite, _ person: TestPerson, _ sheet: ID, _ value: Int) async throws -> Int {
    let form = [
      ("f:group/exchange_rate", "\(value).25"), ("v:group/exchange_rate", "0"),
      ("f:group/backbone_share", "20"), ("v:group/backbone_share", "0"), ("choice", "correct"), ("remark", "核对名单"),
    ]
    return try await test.ask(person, .post, "/sheets/10/\(sheet)/items/4", form: form).status
  }

  private static func appoint(
    _ test: TestSite, _ account: ID, _ role: Role, _ seat: Appointment.Seat
  ) async throws -> ID {
    let (id, now) = (ID(9_000 + account.number), test.clock.now)
    try await test.site.database.write { transaction in
      try AppointmentStore(transaction).appoint(
        Appointment(id: id, account: account, role: role, seat: seat, since: now.day, until: nil), by: .program, at: now
      )
    }
    return id
  }

  @Test(arguments: TestDatabases.engines)
  func `whom a panel has evaluated learns what it found, not who found it`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (year, sheet) = try await Self.panel(test)
      try await year.handIn(31, "final", grade: "良好")
      let pages = [
        "/sheets/10/\(sheet)?item=4", "/sheets/10/\(sheet)/history", "/sheets/10/\(sheet)/now?item=4",
        "/api/v1/sheets/10/\(sheet)/marks",
      ]
      for person in [TestPerson.lead, .member, .district] {
        for page in pages {
          let answer = try await test.ask(person, .get, page)
          // The reason of a score tells what each found; who, and when, stays with those who lead the panel.
          let isReason = page.contains("item=")
          for secret in ["expertA", "expertB"] + (isReason ? [] : ["7.25", "6.25"]) {
            let found = answer.text.contains(secret)
            #expect(!found, "\(person) reads \(secret) at \(page)")
          }
        }
      }
      let told = try await test.ask(.city, .get, "/sheets/10/\(sheet)/history").text
      #expect(told.contains("expertA") && told.contains("expertB"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an expert with another post looks at the panel as its expert until their marks are in`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let (_, sheet) = try await Self.panel(test)
      let post = try await Self.appoint(test, TestPerson.expertB.account, .supervisor, .authority(TestSite.city))
      let both = try await test.person(.expertB)
      let supervisor = try #require(
        try await test.site.database.read {
          try AppointmentStore($0).posts(of: both.account, on: test.clock.now.day)
        }.first { $0.appointment == post })
      let other = Viewer(account: both.account, name: both.name, post: supervisor, language: both.language)
      func standing() async throws -> SheetStanding? {
        try await test.site.database.read {
          try SheetStanding.find(
            authority: TestSite.city, sheet, for: other, at: test.clock.now, test.site.editions, $0)
        }
      }
      #expect(try await standing() == nil)
      try await test.site.database.write {
        try $0.run(
          "INSERT INTO hand_in (authority, sheet, reviewer, at) VALUES (10, $1, $2, 1)",
          [.id(sheet), .id(both.account)])
      }
      #expect(try await standing()?.rights.seesPanel == true)
    }
  }

  @Test func `who comes to work at a school of the group marks it no more`() async throws {
    try await TestSite.with { test in
      let (_, sheet) = try await Self.panel(test)
      _ = try await Self.appoint(test, TestPerson.expertB.account, .member, .school(ID(23)))
      let form = [("f:group/exchange_rate", "9"), ("v:group/exchange_rate", "1")]
      let refused = try await test.ask(.expertB, .post, "/sheets/10/\(sheet)/items/4", form: form)
      #expect(refused.status == 409 && refused.text.contains("须回避"))
    }
  }

  @Test func `a second look asked for twice is open, and ends when it is ended`() async throws {
    try await TestSite.with { test in
      let (_, sheet) = try await Self.panel(test)
      func look(_ word: String) async throws -> Int {
        try await test.ask(.city, .post, "/sheets/10/\(sheet)/items/4/second-look", form: [("look", word)]).status
      }
      func open() async throws -> Int64 {
        try await test.site.database.read {
          try $0.row("SELECT count(*) AS n FROM second_look WHERE closed_at IS NULL")?.integer("n") ?? -1
        }
      }
      #expect(try await test.ask(.city, .get, "/sheets/10/\(sheet)?item=4").text.contains("发起合议"))
      for _ in 0..<2 { #expect(try await look("open") == 303) }
      #expect(try await open() == 1)
      #expect(try await test.ask(.city, .get, "/sheets/10/\(sheet)?item=4").text.contains("结束合议"))
      for _ in 0..<2 { #expect(try await look("close") == 303) }
      #expect(try await open() == 0)
    }
  }
}
