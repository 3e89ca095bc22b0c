import Notation
import People
import Testing

@Suite struct AccountsPlanTests {
  static let both: Set<Power> = [.keepAccounts, .keepRoles]
  static let today = AppointmentTests.day("2026-03-02")

  static func row(
    _ login: String, _ name: String, _ role: Role, _ unit: String, since: String = "2025-09-01", last: String? = nil,
    line: Int = 3
  ) -> AccountRow {
    let columns = AccountColumn.allCases.enumerated()
    return AccountRow(
      login: Login(login) ?? Login("wrong")!, name: name, role: role, unit: unit, since: AppointmentTests.day(since),
      last: last.map(AppointmentTests.day),
      places: Dictionary(
        uniqueKeysWithValues: columns.map { ($1, Place(file: "a.xlsx", line: line, column: $0 + 1, sheet: "A")) }))
  }

  static func known(_ people: (login: String, name: String, posts: [Appointment], reached: Bool)...) -> KnownPeople {
    var known = KnownPeople()
    known.authorities.add(.init(seat: .authority(ID(1)), authority: ID(1), name: "City"), code: "61")
    known.schools.add(.init(seat: .school(ID(11)), authority: ID(2), name: "First"), code: "S1")
    for person in people {
      let account = Account(
        id: ID(7), login: person.login, name: person.name, authority: ID(1), createdAt: Instant(milliseconds: 0))
      known.people[Login(person.login)!] = .init(
        account: account, appointments: person.posts, isReached: person.reached)
    }
    return known
  }

  static func problems(_ rows: [AccountRow], _ known: KnownPeople, _ powers: Set<Power> = both) -> [String] {
    AccountsPlan(rows, beside: known, powers: powers, by: nil, on: Self.today).problems
      .map { "\($0.what.key.dropFirst("problem.people.import.".count)) \($0.place.text)" }
  }

  @Test func `units are called by code or by a full name that only one has`() {
    var known = Self.known()
    for (id, code) in [(12, "S3"), (13, "S2")] as [(Int64, String)] {
      known.schools.add(.init(seat: .school(ID(id)), authority: ID(2), name: "Twin"), code: code)
    }
    func plan(_ unit: String) -> AccountsPlan {
      AccountsPlan([Self.row("wu", "Wu Gang", .lead, unit)], beside: known, powers: Self.both, by: nil, on: Self.today)
    }
    #expect(plan("First").lines.map(\.unit.seat) == [.school(ID(11))])
    #expect(plan("S2").lines.map(\.unit.seat) == [.school(ID(13))])
    let several = plan("Twin").problems.map(\.what)
    #expect(several.map(\.key) == ["problem.people.import.several"])
    #expect(several.first?.parts["codes"] == .known(["S2", "S3"]))
    #expect(plan("City").problems.map(\.what.key) == ["problem.people.import.school"])
  }

  @Test func `tells new, changed and unchanged apart`() {
    let held = Appointment(
      id: ID(5), account: ID(7), role: .office, seat: .authority(ID(1)), since: AppointmentTests.day("2025-09-01"),
      until: nil)
    let known = Self.known(("li", "Li Na", [held], true))
    let plan = AccountsPlan(
      [
        Self.row("li", "Li Na", .office, "61"), Self.row("li", "Li Na", .lead, "S1", line: 4),
        Self.row("wu", "Wu Gang", .member, "S1", line: 5), Self.row("wu", "Wu Gang", .expert, "61", line: 6),
      ], beside: known, powers: Self.both, by: nil, on: Self.today)
    #expect(plan.problems.isEmpty)
    #expect(plan.lines.map(\.state) == [.unchanged, .new, .new, .new])
    #expect(plan.lines.map(\.account) == [.unchanged(ID(7)), .unchanged(ID(7)), .new, .sameAsAbove])
    #expect((plan.newAccounts, plan.newAppointments) == (1, 3))
    let ended = AccountsPlan(
      [Self.row("li", "Li Na-Wu", .office, "61", last: "2026-08-31")], beside: known, powers: Self.both, by: nil,
      on: Self.today)
    #expect(ended.lines.map(\.account) == [.renamed(ID(7), from: "Li Na")])
    #expect(ended.lines.map(\.appointment) == [.ends(ID(5), from: nil)])
    #expect(ended.lines.map(\.state) == [.changed])
  }

  @Test func `who keeps the accounts appoints nobody, who keeps the roles makes no accounts`() {
    let rows = [Self.row("wu", "Wu Gang", .member, "S1")]
    let accounts = AccountsPlan(rows, beside: Self.known(), powers: [.keepAccounts], by: ID(1), on: Self.today)
    #expect(accounts.lines.map(\.account) == [.new])
    #expect(accounts.lines.map(\.appointment) == [.left])
    #expect(Self.problems(rows, Self.known(), [.keepRoles]) == ["unknown a.xlsx A!A3"])
    let there = Self.known(("wu", "Wu Gang", [], true))
    let roles = AccountsPlan(rows, beside: there, powers: [.keepRoles], by: ID(1), on: Self.today)
    #expect(roles.lines.map(\.appointment) == [.new])
    #expect(Self.problems([Self.row("wu", "Wu G", .member, "S1")], there, [.keepRoles]) == ["name a.xlsx A!B3"])
  }

  @Test func `everything wrong is found at once, with its cell, and nothing is planned`() {
    let rows = [
      Self.row("li", "Li Na", .office, "S1"), Self.row("wu", "Wu Gang", .lead, "61", line: 4),
      Self.row("wu", "Wu Ming", .lead, "S1", line: 5), Self.row("qi", "Qi", .office, "61", line: 6),
      Self.row("qi", "Qi", .office, "61", line: 7), Self.row("he", "He", .system, "61", line: 8),
      Self.row("he", "He", .audit, "61", line: 9),
    ]
    let known = Self.known(("li", "Li Na", [], false))
    let plan = AccountsPlan(rows, beside: known, powers: Self.both, by: nil, on: Self.today)
    #expect(plan.lines.isEmpty)
    #expect(
      Self.problems(rows, known) == [
        "elsewhere a.xlsx A!A3", "authority a.xlsx A!D3", "school a.xlsx A!D4", "names a.xlsx A!B5",
        "post a.xlsx A!C7", "post a.xlsx A!C9",
      ])
  }

  @Test func `nobody appoints themselves through a workbook`() {
    let known = Self.known(("li", "Li Na", [], true))
    let plan = AccountsPlan(
      [Self.row("li", "Li Na", .office, "61")], beside: known, powers: [.keepRoles], by: ID(7), on: Self.today)
    #expect(plan.problems.map(\.what.key) == ["problem.people.import.post"])
  }

  @Test func `no workbook ends a post in the past, before it begins, or makes one over that is gone by`() {
    let gone = Appointment(
      id: ID(5), account: ID(7), role: .lead, seat: .school(ID(11)), since: AppointmentTests.day("2024-09-01"),
      until: AppointmentTests.day("2025-09-01"))
    let known = Self.known(("li", "Li Na", [gone], true))
    let rows = [
      Self.row("li", "Li Na", .office, "61", last: "2025-12-31"),
      Self.row("li", "Li Na", .expert, "61", last: "2025-08-31", line: 4),
      Self.row("li", "Li Na", .lead, "S1", since: "2024-09-01", last: "2026-08-31", line: 5),
      // Yesterday ends it today, as its page would; what stays as it is isn't asked about.
      Self.row("li", "Li Na", .member, "S1", last: "2026-03-01", line: 6),
      Self.row("wu", "Wu Gang", .expert, "61", since: "2026-09-01", last: "2026-08-30", line: 7),
    ]
    let until = ["post a.xlsx A!F3", "post a.xlsx A!F4", "post a.xlsx A!F4", "post a.xlsx A!F5", "post a.xlsx A!F7"]
    #expect(Self.problems(rows, known) == until)
    #expect(
      Self.problems([Self.row("li", "Li Na", .lead, "S1", since: "2024-09-01", last: "2025-08-31")], known) == [])
  }
}
