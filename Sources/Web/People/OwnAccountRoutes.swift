import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// What everybody does with their own account.
enum OwnAccountRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.account) { visit in try await page(visit) }
    table.on(.choosePost) { visit in try await choosePost(visit) }
    table.on(.chooseLanguage) { visit in
      let (account, actor, now) = (try visit.account, visit.actor, visit.now)
      guard let language = visit.form.text("language"), OwnAccountPage.languages.contains(language) else {
        throw Refusal.invalid("account.language.unknown")
      }
      try await visit.site.database.write {
        try AccountStore($0).setLanguage(language, of: account, by: actor, at: now)
      }
      return visit.redirect(Endpoint.account.link(query: [("done", "language")]))
    }
    table.on(.changePassword) { visit in try await changePassword(visit) }
    table.on(.signOutEverywhere) { visit in
      let (account, actor, now, terms) = (try visit.account, visit.actor, visit.now, visit.site.settings.session)
      let kept = visit.form.text("keep") == nil ? nil : visit.cookieToken
      try await visit.site.database.write {
        try SessionStore($0, terms: terms).revokeAll(of: account, except: kept, by: actor, at: now)
      }
      if kept != nil { return visit.redirect(Endpoint.account.link(query: [("done", "others")])) }
      return visit.signedOut()
    }
  }

  static func page(
    _ visit: Visit, problems: [Message] = [], status: HTTPResponse.Status? = nil
  ) async throws -> Response {
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let page = OwnAccountPage(visit, viewer, try await OwnAccountPage.Stored(visit), problems: problems)
    return visit.page(
      "people/account", page, visit.frame(visit.text("account.title")),
      status: status ?? (problems.isEmpty ? .ok : .unprocessableContent))
  }

  private static func choosePost(_ visit: Visit) async throws -> Response {
    let (actor, now, terms) = (visit.actor, visit.now, visit.site.settings.session)
    guard let token = visit.cookieToken, let post = visit.form.text("post").flatMap({ ID($0) }) else {
      throw Refusal.invalid("account.posts.none")
    }
    var random = SystemRandomNumberGenerator()
    let next = Token(from: &random)
    let isChosen = try await visit.site.database.write {
      try SessionStore($0, terms: terms).choosePost(post, in: token, to: next, by: actor, at: now)
    }
    guard isChosen else { throw Refusal.invalid("account.posts.none") }
    var response = visit.redirect(Endpoint.root.link())
    response.headers[.setCookie] = visit.cookie(next)
    return response
  }

  private static func changePassword(_ visit: Visit) async throws -> Response {
    guard let viewer = visit.viewer else { throw Refusal.signIn }
    let typed = visit.form.raw("password") ?? ""
    let password = Password(typed)
    let account = viewer.account
    let words = try await visit.site.database.read { try AccountStore($0).words(of: account) }
    let problems = visit.problems(password, words: words)
    guard problems.isEmpty else { return try await page(visit, problems: problems) }
    var random = SystemRandomNumberGenerator()
    let answer = try await visit.site.entrance.changePassword(
      of: viewer, present: Password(visit.form.raw("present") ?? ""), new: password, from: visit.arrival, at: visit.now,
      random: &random)
    switch answer {
    case .entered(let token, _):
      var response = visit.redirect(Endpoint.account.link(query: [("done", "password")]))
      response.headers[.setCookie] = visit.cookie(token)
      return response
    case .refused(let messages, let wait):
      var response = try await page(
        visit, problems: messages, status: wait == nil ? .unprocessableContent : .tooManyRequests)
      if let wait { response.headers[.retryAfter] = String(wait) }
      return response
    }
  }
}

extension Visit {
  /// Everything that speaks against a password typed twice.
  func problems(_ password: Password, words: [String]) -> [Message] {
    var problems = password.problems(words: words)
    if form.raw("repeat") != form.raw("password") { problems.append(Message("people.password.repeat")) }
    return problems
  }

  /// To the sign-in, the session's cookie gone.
  func signedOut() -> Response {
    var response = redirect(Endpoint.signIn.link())
    response.headers[.setCookie] = "\(Session.cookie)=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
    return response
  }
}
