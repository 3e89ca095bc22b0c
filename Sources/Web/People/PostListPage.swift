import Hummingbird
import Notation
import People
import Storage

/// Who holds which post, for security administrators; beside it the form by which somebody is appointed.
struct PostListPage {
  struct Row {
    let login: String
    let name: String
    let post: PostRow
    let to: String
  }

  struct Choice {
    let value: String
    let words: String
    let isChosen: Bool
  }

  struct Person {
    let login: String
    let name: String
    let to: String
  }

  /// A link that waits for this administrator.
  struct Waiting {
    let login: String
    let name: String
    /// Where the person is to be found, and as what.
    let posts: String
    let about: String
    let allow: String
    let refuse: String
  }

  /// What was typed into the form, shown again where it can't be taken.
  struct Typed {
    let login: String
    let seat: String
    let since: String
    let last: String
  }

  let rows: [Row]
  let count: String
  let search: String
  let roles: [Choice]
  let withPast: Bool
  let pager: PagingLinks
  let unposted: [Person]
  let waiting: [Waiting]
  let newRoles: [Choice]
  let units: [Choice]
  let typed: Typed
  let problems: [String]
  let done: String?
  let action = Endpoint.posts.link()
  let importLink = Endpoint.postImport.link()
}

extension PostListPage {
  /// Suggested beside the field; others are found by their code.
  static let mostUnits = 300
  static let mostUnposted = 20

  /// What an address narrows the list to.
  struct Narrowed {
    let search: String
    let role: Role?
    let withPast: Bool
    let place: ListPlace

    init(_ visit: Visit) {
      search = String((visit.query("q") ?? "").prefix(AccountListRoutes.longestSearch))
      role = visit.query("role").flatMap { Role(rawValue: $0) }
      withPast = visit.query("past") != nil
      place = ListPlace(visit)
    }

    func filter(on day: Day) -> PostFilter { PostFilter(search: search, role: role, from: withPast ? nil : day) }

    func link(page: Int) -> String {
      Endpoint.posts.link(
        query: [
          ("q", search.isEmpty ? nil : search), ("role", role?.rawValue), ("past", withPast ? "1" : nil),
          ("page", String(page)),
        ])
    }
  }

  /// What the page shows of the database.
  struct Stored {
    let posts: [HeldPost]
    let total: Int
    let unposted: [Account]
    let units: [RegisteredUnit]
    let waiting: [WaitingLink]

    init(_ visit: Visit, _ narrowed: Narrowed) async throws {
      let (actor, now, today) = (visit.actor, visit.now, visit.now.day)
      let filter = narrowed.filter(on: today)
      (posts, total, unposted, units, waiting) = try await visit.site.database.read { transaction in
        let appointments = AppointmentStore(transaction)
        return (
          try appointments.list(for: actor, filter, skip: narrowed.place.skip, limit: ListPlace.size),
          try appointments.count(for: actor, filter),
          try AccountStore(transaction).withoutPost(for: actor, on: today, limit: mostUnposted),
          try RegistryStore.units(for: actor, limit: mostUnits, transaction),
          try InvitationStore(transaction).waiting(for: actor, at: now)
        )
      }
    }
  }

  init(_ visit: Visit, _ narrowed: Narrowed, _ stored: Stored, problems: [Message]) {
    rows = stored.posts.map {
      Row(
        login: $0.login, name: $0.name, post: visit.row($0.line), to: Endpoint.heldPost.link($0.line.appointment.id))
    }
    count = visit.text("posts.count", ["count": .count(stored.total)])
    search = narrowed.search
    withPast = narrowed.withPast
    pager = narrowed.place.pager(visit, total: stored.total) { narrowed.link(page: $0) }
    func choices(_ chosen: String?) -> [Choice] {
      Role.allCases.map { Choice(value: $0.rawValue, words: visit.text($0.title), isChosen: $0.rawValue == chosen) }
    }
    roles = choices(narrowed.role?.rawValue)
    newRoles = choices(visit.form.text("role"))
    unposted = stored.unposted.map {
      Person(login: $0.login, name: $0.name, to: Endpoint.posts.link(query: [("login", $0.login)]) + "#appoint")
    }
    waiting = stored.waiting.map { link in
      Waiting(
        login: link.login, name: link.name, posts: visit.posts(link),
        about: visit.text(
          "posts.links.about", ["who": .text(link.issuer ?? "—"), "when": .text(visit.moment(link.at))]),
        allow: Endpoint.allowLink.link(link.account), refuse: Endpoint.refuseLink.link(link.account))
    }
    units = stored.units.map { Choice(value: $0.code, words: $0.name, isChosen: false) }
    func shown(_ name: String) -> String { String((visit.form.text(name) ?? "").prefix(200)) }
    typed = Typed(
      login: visit.form.has("login") ? shown("login") : String((visit.query("login") ?? "").prefix(100)),
      seat: shown("seat"), since: visit.form.has("since") ? shown("since") : visit.now.day.text, last: shown("last"))
    self.problems = problems.map { visit.text($0) }
    done =
      ["appointed", "ended", "imported", "allowed", "refused"].contains(visit.query("done") ?? "")
      ? visit.text("posts.done.\(visit.query("done") ?? "")") : nil
  }
}
