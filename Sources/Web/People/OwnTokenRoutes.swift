import Hummingbird
import Notation
import People
import Storage

/// The tokens by which a person's programs act in a post of theirs.
enum OwnTokenRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.makeToken) { visit in try await make(visit) }
    table.on(.revokeToken) { visit in
      let (id, account, actor, now) = (try visit.id("id"), try visit.account, visit.actor, visit.now)
      let isRevoked = try await visit.site.database.write {
        try APITokenStore($0).revoke(id, of: account, by: actor, at: now)
      }
      guard isRevoked else { throw Refusal.notFound }
      return visit.redirect(Endpoint.account.link(query: [("done", "token")]))
    }
  }

  private static func make(_ visit: Visit) async throws -> Response {
    let (account, actor, now, id) = (try visit.account, visit.actor, visit.now, visit.site.newID(visit.now))
    let (name, post) = (visit.form.text("name") ?? "", visit.form.text("post").flatMap { ID($0) } ?? ID(0))
    let scopes = Set(visit.form.all("scope").compactMap { Scope(rawValue: $0) })
    guard let days = visit.form.number("days", in: .counts), OwnAccountPage.tokenDays.contains(days) else {
      return try await OwnAccountRoutes.page(visit, problems: [Message("account.tokens.days.unknown")])
    }
    var random = SystemRandomNumberGenerator()
    let token = Token(from: &random)
    let end = now.adding(seconds: Int64(days) * 86_400)
    do {
      try await visit.site.database.write {
        try APITokenStore($0).create(
          token, id: id, name: name, account: account, appointment: post, scopes: scopes, until: end, by: actor, at: now
        )
      }
    } catch let refusal as PeopleRefusal {
      return try await OwnAccountRoutes.page(visit, problems: refusal.messages)
    }
    // The answer to the form itself: only the token's hash is kept, no later page could show it.
    let page = TokenPage(
      name: name, token: token.text, ends: end.day.text, back: Endpoint.account.link())
    return visit.page("people/token", page, visit.frame(visit.text("account.tokens.made")))
  }
}

struct TokenPage {
  let name: String
  let token: String
  let ends: String
  let back: String
}
