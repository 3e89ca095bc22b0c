import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// The accounts a system administrator keeps.
struct AccountListPage {
  struct Row {
    let login: String
    let name: String
    let to: String
    let keeper: String
    let posts: [String]
    let state: String
    let stateKind: String
    /// Sign-ins are refused somewhere after too many failures.
    let isRefused: Bool
  }

  struct Choice {
    let value: String
    let words: String
    let isChosen: Bool
  }

  let rows: [Row]
  let count: String
  let search: String
  let states: [Choice]
  let pager: PagingLinks
  let authorities: [Choice]
  let typedLogin: String
  let typedName: String
  let problems: [String]
  let done: String?
  let action = Endpoint.accounts.link()
  let importLink = Endpoint.accountImport.link()
}

enum AccountListRoutes {
  static let longestSearch = 100

  static func add(to table: inout RouteTable) {
    table.on(.accounts) { visit in try await page(visit) }
    table.on(.addAccount) { visit in try await add(visit) }
  }

  private static func page(_ visit: Visit, problems: [Message] = []) async throws -> Response {
    let (actor, lockout) = (visit.actor, visit.site.entrance.lockout)
    let search = String((visit.query("q") ?? "").prefix(longestSearch))
    let state = visit.query("state").flatMap { AccountFilter.State(rawValue: $0) }
    let filter = AccountFilter(search: search, state: state)
    let place = ListPlace(visit)
    let (lines, total, units, refused) = try await visit.site.database.read { transaction in
      let accounts = AccountStore(transaction)
      let lines = try accounts.list(for: actor, filter, skip: place.skip, limit: ListPlace.size)
      return (
        lines, try accounts.count(for: actor, filter), try RegistryStore.authorities(for: actor, transaction),
        try SignInStore(transaction, lockout: lockout).refused(lines.map(\.account))
      )
    }
    let names = Dictionary(units.map { ($0.seat, $0.name) }) { first, _ in first }
    let rows = lines.map { line in
      let (words, kind) = visit.state(line.account)
      return AccountListPage.Row(
        login: line.account.login, name: line.account.name, to: Endpoint.keptAccount.link(line.account.id),
        keeper: line.account.authority.flatMap { names[.authority($0)] } ?? "",
        posts: line.posts.filter { $0.appointment.isInForce(on: visit.now.day) }.map { visit.title($0) },
        state: words, stateKind: kind, isRefused: refused[line.account.id] != nil)
    }
    let own = try visit.post.authority.description
    let chosen = visit.form.text("authority") ?? own
    let page = AccountListPage(
      rows: rows, count: visit.text("accounts.count", ["count": .count(total)]), search: search,
      states: AccountFilter.State.allCases.map {
        .init(value: $0.rawValue, words: visit.text("accounts.state.\($0)"), isChosen: $0 == state)
      },
      pager: place.pager(visit, total: total) {
        Endpoint.accounts.link(
          query: [("q", search.isEmpty ? nil : search), ("state", state?.rawValue), ("page", String($0))])
      },
      authorities: units.compactMap { unit in
        unit.seat.authority.map {
          .init(value: $0.description, words: unit.name, isChosen: $0.description == chosen)
        }
      }, typedLogin: String((visit.form.text("login") ?? "").prefix(200)),
      typedName: String((visit.form.text("name") ?? "").prefix(200)), problems: problems.map { visit.words.text($0) },
      done: visit.query("done") == "imported" ? visit.text("peopleImport.done") : nil)
    return visit.page(
      "people/accounts", page, visit.frame(visit.text("accounts.title"), current: "accounts"),
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }

  private static func add(_ visit: Visit) async throws -> Response {
    let (actor, now, id) = (visit.actor, visit.now, visit.site.newID(visit.now))
    let typed = visit.form.text("login") ?? ""
    let account = Account(
      id: id, login: Login(typed)?.text ?? typed, name: visit.form.text("name") ?? "",
      authority: visit.form.text("authority").flatMap { ID($0) } ?? ID(0), createdAt: now)
    var random = SystemRandomNumberGenerator()
    let token = Token(from: &random)
    do {
      try await visit.site.database.write { transaction in
        try AccountStore(transaction).create(account, by: actor, at: now)
        try InvitationStore(transaction).issue(token, to: id, by: actor, at: now)
      }
    } catch let refusal as PeopleRefusal {
      return try await page(visit, problems: refusal.messages)
    }
    return LinkPage.answer(visit, token, to: account)
  }
}

extension Visit {
  /// An account's state, and the colour of its chip.
  func state(_ account: Account) -> (words: String, kind: String) {
    let state: AccountFilter.State = account.closedAt != nil ? .closed : account.hasSecret ? .open : .waiting
    return (text("accounts.state.\(state)"), state == .open ? "ok" : state == .waiting ? "warn" : "")
  }
}
