import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// Appointing and dismissing.
enum PostRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.posts) { visit in try await list(visit) }
    table.on(.appoint) { visit in try await appoint(visit) }
    table.on(.heldPost) { visit in try await page(visit) }
    table.on(.endPost) { visit in try await end(visit) }
    table.on(.allowLink) { visit in try await settleLink(visit, allows: true) }
    table.on(.refuseLink) { visit in try await settleLink(visit, allows: false) }
  }

  private static func settleLink(_ visit: Visit, allows: Bool) async throws -> Response {
    let (id, actor, now) = (try visit.id("account"), visit.actor, visit.now)
    do {
      let isSettled = try await visit.site.database.write { transaction -> Bool in
        guard try AccountStore(transaction).account(id, for: actor) != nil else { return false }
        return try InvitationStore(transaction).settle(id, allows: allows, by: actor, at: now)
      }
      guard isSettled else { throw Refusal.notFound }
    } catch let refusal as PeopleRefusal {
      return try await list(visit, problems: refusal.messages)
    }
    return visit.redirect(Endpoint.posts.link(query: [("done", allows ? "allowed" : "refused")]))
  }

  private static func list(_ visit: Visit, problems: [Message] = []) async throws -> Response {
    let narrowed = PostListPage.Narrowed(visit)
    let page = PostListPage(
      visit, narrowed, try await PostListPage.Stored(visit, narrowed), problems: problems)
    return visit.page(
      "people/posts", page, visit.frame(visit.text("posts.title"), current: "posts"),
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }

  private static func appoint(_ visit: Visit) async throws -> Response {
    let (actor, now, id) = (visit.actor, visit.now, visit.site.newID(visit.now))
    do {
      let asked = try Asked(visit)
      try await visit.site.database.write { transaction in
        var problems: [Message] = []
        let account = try Login(asked.login).flatMap { try AccountStore(transaction).account(login: $0) }
        if account == nil { problems.append(Message("posts.login.unknown", ["login": .text(asked.login)])) }
        let units = try RegistryStore.units(
          called: asked.seat, isSchool: asked.role.isOfSchool, for: actor, transaction)
        if units.count != 1 {
          problems.append(
            Message(
              units.isEmpty ? "posts.seat.unknown" : "posts.seat.several",
              [
                "seat": .text(asked.seat), "role": .message(asked.role.title),
                "codes": .known(units.map(\.code)),
              ]))
        }
        guard problems.isEmpty, let account, let unit = units.first else { throw PeopleRefusal(problems) }
        try AppointmentStore(transaction).appoint(
          Appointment(
            id: id, account: account.id, role: asked.role, seat: unit.seat, since: asked.since,
            until: asked.last.map { $0.adding(days: 1) }), by: actor, at: now)
      }
    } catch let refusal as PeopleRefusal {
      return try await list(visit, problems: refusal.messages)
    }
    return visit.redirect(Endpoint.posts.link(query: [("done", "appointed")]))
  }

  /// What the form of an appointment says.
  private struct Asked {
    let login: String
    let role: Role
    let seat: String
    let since: Day
    let last: Day?

    /// Throws `PeopleRefusal` with everything that can't be read.
    init(_ visit: Visit) throws(PeopleRefusal) {
      var problems: [Message] = []
      func day(_ name: String) -> Day? {
        do throws(Refusal) {
          return try visit.day(name)
        } catch {
          problems += error.messages
          return nil
        }
      }
      let (since, last) = (day("since"), day("last"))
      let role = visit.form.text("role").flatMap { Role(rawValue: $0) }
      if role == nil { problems.append(Message("posts.role.missing")) }
      if since == nil, visit.form.text("since") == nil { problems.append(Message("posts.since.missing")) }
      let (login, seat) = (visit.form.text("login"), visit.form.text("seat"))
      if login == nil { problems.append(Message("posts.login.missing")) }
      if seat == nil { problems.append(Message("posts.seat.missing")) }
      guard problems.isEmpty, let role, let since, let login, let seat else { throw PeopleRefusal(problems) }
      self.role = role
      self.since = since
      self.last = last
      self.login = String(login.prefix(200))
      self.seat = String(seat.prefix(200))
    }
  }

  private static func page(_ visit: Visit, problems: [Message] = []) async throws -> Response {
    let (id, actor) = (try visit.id("post"), visit.actor)
    let found = try await visit.site.database.read { try AppointmentStore($0).post(id, for: actor) }
    guard let found else { throw Refusal.notFound }
    let post = found.line.appointment
    let isOver = post.until.map { $0 <= visit.now.day } ?? false
    let page = HeldPostPage(
      login: found.login, name: found.name, post: visit.row(found.line),
      canEnd: !isOver && post.account != actor.account, isOwn: post.account == actor.account,
      last: visit.form.text("last") ?? visit.now.day.text, problems: problems.map { visit.text($0) },
      action: Endpoint.endPost.link(id))
    return visit.page(
      "people/held-post", page, visit.frame(found.name, current: "posts"),
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }

  private static func end(_ visit: Visit) async throws -> Response {
    let (id, actor, now) = (try visit.id("post"), visit.actor, visit.now)
    let last: Day?
    do throws(Refusal) {
      last = visit.form.has("now") ? now.day.adding(days: -1) : try visit.day("last")
    } catch {
      return try await page(visit, problems: error.messages)
    }
    guard let until = last?.adding(days: 1) else {
      return try await page(visit, problems: [Message("posts.last.missing")])
    }
    do {
      try await visit.site.database.write { transaction in
        let appointments = AppointmentStore(transaction)
        guard let post = try appointments.post(id, for: actor)?.line.appointment else { throw Refusal.notFound }
        if until < now.day { throw PeopleRefusal("people.appointment.past") }
        if let present = post.until, until > present { throw PeopleRefusal("people.appointment.longer") }
        try appointments.end(id, from: until, by: actor, at: now)
      }
    } catch let refusal as PeopleRefusal {
      return try await page(visit, problems: refusal.messages)
    }
    return visit.redirect(Endpoint.posts.link(query: [("done", "ended")]))
  }
}

/// One post, and its end.
struct HeldPostPage {
  let login: String
  let name: String
  let post: PostRow
  let canEnd: Bool
  let isOwn: Bool
  let last: String
  let problems: [String]
  let action: String
  let list = Endpoint.posts.link()
}
