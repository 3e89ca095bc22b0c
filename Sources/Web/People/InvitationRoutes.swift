import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// One-time links: a person takes up an account, or chooses a new password.
enum InvitationRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.invitation) { visit in
      guard let (token, invited, _) = try await read(visit) else { return gone(visit) }
      if invited.isWaiting { return waiting(visit) }
      return page(visit, token, invited)
    }
    table.on(.takeUpInvitation) { visit in
      guard let (token, invited, words) = try await read(visit) else { return gone(visit) }
      if invited.isWaiting { return waiting(visit) }
      let password = Password(visit.form.raw("password") ?? "")
      let problems = visit.problems(password, words: words)
      guard problems.isEmpty else { return page(visit, token, invited, problems: problems) }
      var random = SystemRandomNumberGenerator()
      let answer = try await visit.site.entrance.takeUp(
        token, password: password, from: visit.arrival, at: visit.now, random: &random)
      switch answer {
      case .entered(let session, _):
        var response = visit.redirect(Endpoint.root.link())
        response.headers[.setCookie] = visit.cookie(session)
        return response
      case .refused(let messages, let wait):
        guard try await read(visit) != nil else { return gone(visit) }
        var response = page(
          visit, token, invited, problems: messages, status: wait == nil ? .unprocessableContent : .tooManyRequests)
        if let wait { response.headers[.retryAfter] = String(wait) }
        return response
      }
    }
  }

  /// Whom the link invites and what their password mustn't lean on; nil for a link that doesn't hold.
  private static func read(_ visit: Visit) async throws -> (Token, Invited, [String])? {
    guard let token = Token(try visit.parameter("token")) else { return nil }
    let now = visit.now
    return try await visit.site.database.read { transaction in
      try InvitationStore(transaction).find(token, at: now).map { invited in
        (token, invited, try AccountStore(transaction).words(of: invited.account))
      }
    }
  }

  private static func page(
    _ visit: Visit, _ token: Token, _ invited: Invited, problems: [Message] = [], status: HTTPResponse.Status? = nil
  ) -> Response {
    let page = InvitationPage(
      name: invited.name, login: invited.login, action: Endpoint.takeUpInvitation.link(token.text),
      until: visit.dated(invited.endsAt), rules: PasswordRules(visit).lines,
      problems: problems.map { visit.words.text($0) })
    return visit.page(
      "people/invitation", page, visit.frame(visit.text("invitation.title")),
      status: status ?? (problems.isEmpty ? .ok : .unprocessableContent))
  }

  private static func gone(_ visit: Visit) -> Response { closed(visit, "people.invitation.gone", .gone) }
  private static func waiting(_ visit: Visit) -> Response { closed(visit, "people.invitation.waiting", .forbidden) }

  private static func closed(_ visit: Visit, _ key: String, _ status: HTTPResponse.Status) -> Response {
    let page = GoneInvitationPage(why: visit.text(key), signIn: Endpoint.signIn.link())
    return visit.page("people/invitation-gone", page, visit.frame(visit.text("invitation.title")), status: status)
  }
}

struct InvitationPage {
  let name: String
  let login: String
  let action: String
  let until: String
  let rules: [String]
  let problems: [String]
}

struct GoneInvitationPage {
  let why: String
  let signIn: String
}
