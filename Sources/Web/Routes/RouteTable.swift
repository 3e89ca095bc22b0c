import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import People

/// Binds each line of the table of routes to what carries it out. Nothing can be bound without its line, and so
/// without saying who may.
struct RouteTable {
  typealias Handler = @Sendable (Visit) async throws -> Response

  let router: Router<PageContext>
  let site: Site
  private(set) var bound: Set<Endpoint> = []

  init(router: Router<PageContext>, site: Site) {
    self.router = router
    self.site = site
  }

  mutating func on(_ endpoint: Endpoint, _ handler: @escaping Handler) {
    precondition(bound.insert(endpoint).inserted, "\(endpoint.name) is bound twice")
    let site = site
    router.on(RouterPath(endpoint.path), method: HTTPRequest.Method(endpoint.method.rawValue)!) { request, context in
      await Gate(site: site, endpoint: endpoint).answer(request, context, handler)
    }
  }
}

/// What a request brings with it from the server.
struct PageContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?

  init(source: Source) {
    coreContext = .init(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}
