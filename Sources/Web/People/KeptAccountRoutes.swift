import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// One account, as who keeps it sees it.
struct KeptAccountPage {
  let login: String
  let name: String
  let state: String
  let stateKind: String
  let isClosed: Bool
  let created: String
  let posts: [PostRow]
  let isOwn: Bool
  /// Where sign-ins are refused after too many failures.
  let refused: [String]
  let typedName: String
  let problems: [String]
  let list = Endpoint.accounts.link()
  let rename: String
  let newLink: String
  /// What the link is for: an account that was never used has no password to choose anew.
  let linkHint: String
  /// What became of the latest link; nil: there was none.
  let latest: String?
  let latestKind: String
  let closure: String
  let reopening: String
}

enum KeptAccountRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.keptAccount) { visit in try await page(visit) }
    change(.renameAccount, in: &table) { accounts, account, visit in
      try accounts.rename(account.id, to: visit.form.text("name") ?? "", by: visit.actor, at: visit.now)
    }
    change(.closeAccount, in: &table) { accounts, account, visit in
      try accounts.close(account.id, by: visit.actor, at: visit.now)
    }
    change(.reopenAccount, in: &table) { accounts, account, visit in
      try accounts.reopen(account.id, by: visit.actor, at: visit.now)
    }
    table.on(.issueLink) { visit in
      let (id, actor, now) = (try visit.id("account"), visit.actor, visit.now)
      var random = SystemRandomNumberGenerator()
      let token = Token(from: &random)
      do {
        let issued = try await visit.site.database.write { transaction -> (Account, Bool)? in
          guard let account = try AccountStore(transaction).account(id, for: actor) else { return nil }
          return (account, try InvitationStore(transaction).issue(token, to: id, by: actor, at: now))
        }
        guard let (account, waits) = issued else { throw Refusal.notFound }
        return LinkPage.answer(visit, token, to: account, waits: waits)
      } catch let refusal as PeopleRefusal {
        return try await page(visit, problems: refusal.messages)
      }
    }
  }

  private static func change(
    _ endpoint: Endpoint, in table: inout RouteTable,
    _ body: @escaping @Sendable (AccountStore, Account, Visit) throws -> Void
  ) {
    table.on(endpoint) { visit in
      let id = try visit.id("account")
      do {
        try await visit.site.database.write { transaction in
          let accounts = AccountStore(transaction)
          guard let account = try accounts.account(id, for: visit.actor) else { throw Refusal.notFound }
          try body(accounts, account, visit)
        }
      } catch let refusal as PeopleRefusal {
        return try await page(visit, problems: refusal.messages)
      }
      return visit.redirect(Endpoint.keptAccount.link(id))
    }
  }

  private static func page(_ visit: Visit, problems: [Message] = []) async throws -> Response {
    let (id, actor, now, lockout) = (try visit.id("account"), visit.actor, visit.now, visit.site.entrance.lockout)
    let found = try await visit.site.database.read { transaction in
      try AccountStore(transaction).account(id, for: actor).map {
        (
          $0, try AppointmentStore(transaction).lines(of: [id])[id] ?? [],
          try SignInStore(transaction, lockout: lockout).refused([$0])[id] ?? [],
          try InvitationStore(transaction).latest(of: id, at: now)
        )
      }
    }
    guard let (account, posts, refused, link) = found else { throw Refusal.notFound }
    let (state, kind) = visit.state(account)
    let page = KeptAccountPage(
      login: account.login, name: account.name, state: state, stateKind: kind, isClosed: account.closedAt != nil,
      created: visit.dated(account.createdAt), posts: posts.reversed().map { visit.row($0) },
      isOwn: actor.account == id,
      refused: refused.map { visit.text("accounts.refused.\($0.rawValue)") }.sorted(),
      typedName: visit.form.has("name") ? visit.form.text("name") ?? "" : account.name,
      problems: problems.map { visit.words.text($0) }, rename: Endpoint.renameAccount.link(id),
      newLink: Endpoint.issueLink.link(id),
      linkHint: visit.text(account.hasSecret ? "accounts.link.hint" : "accounts.link.hint.first"),
      latest: link.map {
        visit.text(
          "accounts.link.\($0.state.rawValue)",
          ["at": .text(visit.dated($0.at)), "until": .text(visit.dated($0.until)), "who": .text($0.who ?? "—")])
      }, latestKind: link?.state == .refused ? "bad" : link?.state == .waiting ? "warn" : "",
      closure: Endpoint.closeAccount.link(id),
      reopening: Endpoint.reopenAccount.link(id))
    return visit.page(
      "people/kept-account", page, visit.frame(account.name, current: "accounts"),
      status: problems.isEmpty ? .ok : .unprocessableContent)
  }
}

/// A one-time link, shown this once: only its hash is kept.
struct LinkPage {
  let name: String
  let login: String
  let address: String
  let until: String
  let back: String
  /// Whether somebody else has to allow it first.
  let waits: Bool

  static func answer(_ visit: Visit, _ token: Token, to account: Account, waits: Bool = false) -> Response {
    let page = LinkPage(
      name: account.name, login: account.login, address: visit.origin + Links.invitation(token),
      until: visit.dated(InvitationTerms.end(of: visit.now)), back: Endpoint.accounts.link(), waits: waits)
    return visit.page(
      "people/link", page, visit.frame(visit.text("accounts.link.title"), current: "accounts"))
  }
}
