import HTTPTypes
import Hummingbird
import Logging
import Notation
import People
import Storage

/// Stands before every handler: who is it, may they, is the form ours; afterwards: errors in words, headers, the log.
struct Gate {
  let site: Site
  let endpoint: Endpoint

  func answer(_ request: Request, _ context: PageContext, _ handler: RouteTable.Handler) async -> Response {
    let started = ContinuousClock.now
    var visit = Visit(
      site: site, endpoint: endpoint, request: request, parameters: context.parameters, now: site.clock(),
      id: context.id, address: address(request, context), session: nil)
    var response: Response
    do {
      if !endpoint.isAnonymous { visit = try await visit.recognised() }
      try admit(visit)
      try await readForm(&visit)
      response = try await handler(visit)
    } catch {
      response = visit.answer(to: error)
    }
    SecurityHeaders.add(to: &response, endpoint: endpoint)
    response.headers[.requestID] = visit.id
    site.counters.count(endpoint, response.status, took: ContinuousClock.now - started)
    log(visit, response, ContinuousClock.now - started)
    return response
  }

  /// Whether the table of routes lets the visitor in, and the form comes from us.
  private func admit(_ visit: Visit) throws(Refusal) {
    if endpoint.access != .everyone, visit.session == nil {
      throw endpoint.kind == .api ? Refusal(.unauthorized, "api.none") : .signIn
    }
    if case .may(let power) = endpoint.access, try !visit.post.role.may(power) { throw .forbidden }
    if let scopes = visit.session?.scopes {
      // What is open to everyone is so with a token too.
      guard endpoint.kind == .api || endpoint.access == .everyone else { throw .forbidden }
      if let scope = endpoint.scope, !scopes.contains(scope) { throw .lacking(scope: scope) }
    }
    guard endpoint.changes, visit.session?.scopes == nil else { return }
    // A browser says where a form comes from; another site's never comes in.
    switch visit.request.headers[.secFetchSite] {
    case nil, "same-origin", "none": break
    default: throw .forged
    }
    if let origin = visit.request.headers[.origin] {
      let (own, authority) = (site.settings.origin, visit.request.head.authority)
      guard Gate.isOwn(origin, authority: authority, own: own) else { throw .forged }
    }
  }

  /// Whether a browser's `Origin` is this site's; whether the connection was secure, a proxy before us knows better.
  static func isOwn(_ origin: String, authority: String?, own: String? = nil) -> Bool {
    if let own { return ["null", own].contains(origin) }
    guard let authority else { return origin == "null" }
    return ["null", "https://" + authority, "http://" + authority].contains(origin)
  }

  /// Reads a posted form and holds its secret against the session's. Other bodies bring the secret in a header, save
  /// forms with files at endpoints that take them, whose reader checks it (`Visit.checkSecret`).
  private func readForm(_ visit: inout Visit) async throws {
    guard endpoint.changes else { return }
    // Programs send no forms: what a program sends is its endpoint's to read.
    if visit.session?.scopes != nil { return }
    let type = visit.request.headers[.contentType] ?? ""
    if type.hasPrefix("application/x-www-form-urlencoded") {
      visit.form = Form(urlEncoded: try await visit.body(most: Form.mostBytes))
    }
    guard visit.session?.csrf != nil else { return }
    if let secret = visit.request.headers[.csrf] {
      try visit.checkSecret(secret)
    } else if !endpoint.takesFiles || !type.hasPrefix("multipart/form-data") {
      try visit.checkSecret(visit.form.raw("csrf"))
    }
  }

  private func address(_ request: Request, _ context: PageContext) -> String? {
    if site.settings.trustsProxy, let forwarded = request.headers[.forwardedFor]?.split(separator: ",").last {
      return String(forwarded.filter { $0 != " " }.prefix(64))
    }
    return context.remoteAddress?.ipAddress
  }

  private func log(_ visit: Visit, _ response: Response, _ took: Duration) {
    site.log.info(
      "request",
      metadata: [
        "request": .string(visit.id), "method": .string(visit.request.method.rawValue),
        "endpoint": .string(endpoint.name), "path": .string(endpoint.isSecret ? endpoint.path : visit.request.uri.path),
        "status": .stringConvertible(response.status.code), "milliseconds": .stringConvertible(took.milliseconds),
        "account": .string(visit.viewer?.account.description ?? "-"),
      ])
  }
}

extension HTTPField.Name {
  static let requestID = HTTPField.Name("X-Request-ID")!
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
  static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
  static let csrf = HTTPField.Name("X-CSRF")!
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}

extension Refusal {
  /// The token may do other things (RFC 6750).
  static func lacking(scope: String) -> Refusal {
    Refusal(.forbidden, "api.scope", ["scope": .text(scope)]).with([
      .wwwAuthenticate: #"Bearer realm="junheng", error="insufficient_scope", scope="\#(scope)""#
    ])
  }
}
