import Documents
import Foundation
import Hummingbird
import Notation
import People
import Storage

/// The workbook of accounts and posts: to fill in, its preview, its acceptance as a whole.
enum PeopleBookRoutes {
  static let mostBytes = 5 << 20
  /// Rows and units that a workbook to fill in brings.
  static let mostListed = 10_000

  static func add(to table: inout RouteTable) {
    for room in [PeopleBook.accounts, .posts] {
      table.on(room.page) { visit in answer(visit, room, PeopleBookPage(visit, room)) }
      table.on(room.book) { visit in try await book(visit, room) }
      table.on(room.preview) { visit in try await preview(visit, room) }
      table.on(room.accept) { visit in try await accept(visit, room) }
    }
  }

  private static func answer(_ visit: Visit, _ room: PeopleBook, _ page: PeopleBookPage) -> Response {
    visit.page(
      "people/import", page, visit.frame(page.title, current: room.word),
      status: page.problems.isEmpty ? .ok : .unprocessableContent)
  }

  private static func book(_ visit: Visit, _ room: PeopleBook) async throws -> Response {
    let (actor, isFilled, today) = (visit.actor, visit.query("with") == "all", visit.now.day)
    let (units, held) = try await visit.site.database.read { transaction in
      (
        try RegistryStore.units(for: actor, limit: mostListed, transaction),
        isFilled
          ? try AppointmentStore(transaction).list(for: actor, PostFilter(from: today), limit: mostListed) : []
      )
    }
    let rows = held.compactMap { post -> AccountRow? in
      guard let login = Login(post.login) else { return nil }
      let appointment = post.line.appointment
      return AccountRow(
        login: login, name: post.name, role: appointment.role, unit: post.line.seatCode, since: appointment.since,
        last: appointment.until?.adding(days: -1))
    }
    let words = visit.words
    return try await visit.workbook(named: visit.text(room.title)) { (path) throws(WorkbookTrouble) in
      try AccountsBook(catalogue: words).write(
        rows,
        units: units.map {
          AccountsBook.Unit(code: $0.code, name: $0.name, isSchool: $0.seat.school != nil)
        }, to: path)
    }
  }

  private static func preview(_ visit: Visit, _ room: PeopleBook) async throws -> Response {
    let path = try await visit.uploadedFile(most: mostBytes).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let read: (rows: [AccountRow], problems: [Problem])
    do {
      read = try await visit.aside {
        try AccountsBookReader.read(
          [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), file: visit.text("peopleImport.file"),
          catalogues: [visit.words] + OwnAccountPage.languages.map { visit.site.words($0) })
      }
    } catch let error as WorkbookTrouble {
      return answer(visit, room, PeopleBookPage(visit, room, problems: error.messages.map { visit.text($0) }))
    }
    guard read.rows.count <= PlanText.mostRows, PlanText.text(read.rows).utf8.count <= PlanText.mostBytes else {
      let problem = visit.text(
        "peopleImport.tooMany", ["count": .count(read.rows.count), "most": .count(PlanText.mostRows)])
      return answer(visit, room, PeopleBookPage(visit, room, problems: [problem]))
    }
    let (actor, today) = (visit.actor, visit.now.day)
    let plan = try await visit.site.database.read {
      try AccountsImport($0).plan(read.rows, powers: [room.power], for: actor, on: today)
    }
    var problems = Problems()
    problems.append(contentsOf: read.problems + plan.problems)
    let lines = problems.sorted.map { $0.line(in: visit.words) }
    return answer(visit, room, PeopleBookPage(visit, room, plan: lines.isEmpty ? plan : nil, problems: lines))
  }

  private static func accept(_ visit: Visit, _ room: PeopleBook) async throws -> Response {
    let (actor, now, seal) = (visit.actor, visit.now, visit.form.text("seal"))
    let file = visit.text("peopleImport.file")
    guard let rows = PlanText.rows(visit.form.raw("rows") ?? "", file: file) else {
      throw Refusal.invalid("peopleImport.changed")
    }
    let ids = rows.flatMap { _ in [visit.site.newID(now), visit.site.newID(now)] }
    var random = SystemRandomNumberGenerator()
    let tokens = rows.map { _ in Token(from: &random) }
    let issued: [IssuedInvitation]
    do {
      issued = try await visit.site.database.write { transaction in
        let accounts = AccountsImport(transaction)
        let plan = try accounts.plan(rows, powers: [room.power], for: actor, on: now.day)
        if !plan.problems.isEmpty { throw PeopleRefusal(plan.problems.map(\.what)) }
        guard PlanText.seal(plan) == seal else { throw PeopleRefusal("people.import.meanwhile") }
        return try accounts.store(plan, ids: ids, tokens: tokens, by: actor, at: now)
      }
    } catch let refusal as PeopleRefusal {
      return answer(visit, room, PeopleBookPage(visit, room, problems: refusal.messages.map { visit.text($0) }))
    }
    if issued.isEmpty { return visit.redirect(room.list.link(query: [("done", "imported")])) }
    return LinksPage.answer(visit, issued)
  }
}
