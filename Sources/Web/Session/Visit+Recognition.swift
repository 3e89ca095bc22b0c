import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

extension Visit {
  /// The visit with whoever is signed in: by the cookie of a browser, or by a program's bearer token.
  func recognised() async throws -> Visit {
    var visit = self
    if let bearer = request.headers[.authorization], bearer.lowercased().hasPrefix("bearer ") {
      guard let token = Token(bearer.dropFirst(7)) else { throw Refusal.token }
      visit.session = try await program(token)
    } else if let token = cookieToken {
      visit.session = try await browser(token)
    }
    return visit
  }

  /// The token of the session's cookie.
  var cookieToken: Token? {
    (request.headers[values: .cookie]).lazy
      .flatMap { $0.split(separator: ";") }
      .compactMap { pair -> Token? in
        let pair = pair.drop { $0 == " " }
        guard pair.hasPrefix(Session.cookie + "=") else { return nil }
        return Token(pair.dropFirst(Session.cookie.utf8.count + 1))
      }.first
  }

  private func browser(_ token: Token) async throws -> Session? {
    let (now, terms) = (now, site.settings.session)
    let found = try await site.database.readOne { try SessionStore($0, terms: terms).find(token, at: now) }
    guard let found else { return nil }
    if found.isDueToTouch {
      try await site.database.write { try SessionStore($0, terms: terms).touch(token, at: now) }
    }
    return Session(viewer: found.viewer, csrf: Session.csrf(of: token.text), unread: found.unread)
  }

  private func program(_ token: Token) async throws -> Session {
    let now = now
    guard let found = try await site.database.readOne({ try APITokenStore($0).find(token, at: now) }) else {
      throw Refusal.token
    }
    return Session(viewer: found.viewer, csrf: nil, scopes: Set(found.scopes.map(\.rawValue)))
  }
}
