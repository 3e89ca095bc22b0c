import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// Signing in and out.
enum SessionRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.signIn) { visit in
      if visit.viewer != nil { return visit.redirect(Endpoint.root.link()) }
      return page(visit, to: visit.query("to"))
    }
    table.on(.startSession) { visit in
      let (login, to) = (visit.form.text("login") ?? "", visit.form.text("to"))
      let password = Password(visit.form.raw("password") ?? "")
      var random = SystemRandomNumberGenerator()
      let answer = try await visit.site.entrance.signIn(
        login: login, password: password, from: visit.arrival, at: visit.now, random: &random)
      switch answer {
      case .entered(let token, _):
        var response = visit.redirect(safe(to) ?? Endpoint.root.link())
        response.headers[.setCookie] = visit.cookie(token)
        return response
      case .refused(let messages, let wait):
        var response = page(
          visit, to: to, login: login, problem: messages.map { visit.words.text($0) }.joined(separator: " "),
          status: wait == nil ? .unprocessableContent : .tooManyRequests)
        if let wait { response.headers[.retryAfter] = String(wait) }
        return response
      }
    }
    table.on(.endSession) { visit in
      if let token = visit.cookieToken {
        let (actor, now, terms) = (visit.actor, visit.now, visit.site.settings.session)
        try await visit.site.database.write { try SessionStore($0, terms: terms).revoke(token, by: actor, at: now) }
      }
      return visit.signedOut()
    }
  }

  private static func page(
    _ visit: Visit, to: String?, login: String = "", problem: String? = nil, status: HTTPResponse.Status = .ok
  ) -> Response {
    let page = SignInPage(
      action: Endpoint.startSession.link(), to: safe(to) ?? "", login: String(login.prefix(200)), problem: problem)
    return visit.page("session/sign-in", page, visit.frame(visit.text("signIn.title")), status: status)
  }

  /// Where to go after signing in: a path of ours, never another site's.
  static func safe(_ path: String?) -> String? {
    guard let path, path.hasPrefix("/"), !path.hasPrefix("//"), !path.contains("\\"),
      path.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else { return nil }
    return path
  }
}

struct SignInPage {
  let action: String
  let to: String
  let login: String
  let problem: String?
}

extension Visit {
  /// What the way in needs to know of the request.
  var arrival: Entrance.Arrival {
    Entrance.Arrival(address: address ?? "-", request: id, session: cookieToken)
  }

  func cookie(_ token: Token) -> String {
    "\(Session.cookie)=\(token.text); Path=/; Secure; HttpOnly; SameSite=Lax"
  }
}
