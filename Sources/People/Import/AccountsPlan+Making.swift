public import Notation

extension AccountsPlan {
  /// Holds the rows of a file against what is stored; everything wrong is found at once. `by` is whose file it is.
  public init(_ rows: [AccountRow], beside known: KnownPeople, powers: Set<Power>, by: ID?, on today: Day) {
    var maker = Maker(known: known, powers: powers, by: by, today: today)
    let lines = rows.compactMap { maker.line($0) }
    self.powers = powers
    self.rows = rows
    problems = maker.problems.sorted
    self.lines = maker.problems.isEmpty ? lines : []
  }

  private struct Maker {
    let known: KnownPeople
    let powers: Set<Power>
    let by: ID?
    let today: Day
    var problems = Problems()
    /// What rows above said: the name of each login, and its posts.
    var names: [Login: AccountRow] = [:]
    var posts: [Login: [Appointment]] = [:]

    mutating func line(_ row: AccountRow) -> Line? {
      let account = account(row)
      let units = row.role.isOfSchool ? known.schools : known.authorities
      guard let unit = units[row.unit] else {
        let codes = units.codes(named: row.unit)
        let unknown = row.role.isOfSchool ? "people.import.school" : "people.import.authority"
        problems.add(
          codes.isEmpty ? unknown : "people.import.several", at: row.place(.unit),
          ["code": .text(row.unit), "role": .message(row.role.title), "codes": .known(codes)])
        return nil
      }
      let appointment = appointment(row, unit)
      guard let account else { return nil }
      return Line(row: row, unit: unit, account: account, appointment: appointment)
    }

    private mutating func account(_ row: AccountRow) -> AccountChange? {
      let person = known.people[row.login]
      let login = Message.Part.text(row.login.text)
      let above = names[row.login]
      if above == nil { names[row.login] = row }
      if let above, above.name != row.name {
        problems.add(
          "people.import.names", at: row.place(.name),
          ["login": login, "name": .text(row.name), "other": .text(above.name)])
        return nil
      }
      guard let person else {
        if powers.contains(.keepAccounts) { return above == nil ? .new : .sameAsAbove }
        problems.add("people.import.unknown", at: row.place(.login), ["login": login])
        return nil
      }
      guard person.isReached else {
        problems.add("people.import.elsewhere", at: row.place(.login), ["login": login])
        return nil
      }
      guard person.account.closedAt == nil else {
        problems.add("people.import.closed", at: row.place(.login), ["login": login])
        return nil
      }
      if person.account.name == row.name { return .unchanged(person.account.id) }
      guard powers.contains(.keepAccounts) else {
        problems.add(
          "people.import.name", at: row.place(.name),
          ["login": login, "name": .text(row.name), "other": .text(person.account.name)])
        return nil
      }
      return above == nil ? .renamed(person.account.id, from: person.account.name) : .sameAsAbove
    }

    private mutating func appointment(_ row: AccountRow, _ unit: Unit) -> AppointmentChange {
      let person = known.people[row.login]
      let held = person?.appointments ?? []
      let same = held.first { $0.role == row.role && $0.seat == unit.seat && $0.since == row.since }
      // Posts not yet made have no number; a row's place among the others tells them apart.
      let above = posts[row.login] ?? []
      let post = Appointment(
        id: same?.id ?? ID(-Int64(above.count) - 1), account: person?.account.id ?? ID(0), role: row.role,
        seat: unit.seat, since: row.since, until: row.until)
      posts[row.login] = above + [post]
      if above.contains(where: { $0.id == post.id }) {
        problems.add("people.import.twice", at: row.place(.login), ["login": .text(row.login.text)])
        return .left
      }
      if let same, same.until == row.until { return .unchanged(same.id) }
      let beside = held.filter { old in !above.contains { $0.id == old.id } } + above
      for message in post.problems(beside: beside, by: powers.contains(.keepRoles) ? by : nil) {
        let column: AccountColumn = message.key == "people.appointment.days" ? .until : .role
        problems.add("people.import.post", at: row.place(column), ["why": .message(message)])
      }
      // What was done in a post stays done: none is ended, or made over, for days gone by.
      if [row.until, same?.until].contains(where: { $0.map { $0 < today } ?? false }) {
        let past = Message("people.appointment.past")
        problems.add("people.import.post", at: row.place(.until), ["why": .message(past)])
      }
      guard powers.contains(.keepRoles) else { return .left }
      return same.map { .ends($0.id, from: $0.until) } ?? .new
    }
  }
}
