import HTTPTypes
import Hummingbird
import Notation

/// Answers where no route does: in words, as the address's kind of answer; where other methods would be answered, with
/// these.
struct Fallback: RouterMiddleware {
  typealias Context = PageContext

  let site: Site
  private let endpoints = Endpoint.all

  init(site: Site) { self.site = site }

  func handle(
    _ request: Request, context: PageContext, next: (Request, PageContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    let methods = Set(endpoints.filter { $0.answers(path) }.map(\.method.rawValue)).sorted()
    let endpoint = Endpoint(
      "unknown", .get, "/**", .everyone, kind: path == "/api" || path.hasPrefix("/api/") ? .api : .page)
    return await Gate(site: site, endpoint: endpoint).answer(request, context) { _ in
      if methods.isEmpty { throw Refusal.notFound }
      throw Refusal(.methodNotAllowed, "refusal.method", ["methods": .names(methods)]).with([
        .allow: methods.joined(separator: ", ")
      ])
    }
  }
}

extension Endpoint {
  /// Whether a path is one of this endpoint's, whatever stands in its gaps.
  func answers(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    let own = self.path.split(separator: "/")
    for (place, part) in own.enumerated() {
      if part == "**" { return parts.count > place }
      guard place < parts.count, part.first == ":" || part == parts[place] else { return false }
    }
    return parts.count == own.count
  }
}
