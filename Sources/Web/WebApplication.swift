public import Hummingbird
import HTTPTypes
import Notation

/// Puts the routes together; the command line starts it, tests call it without a socket.
public enum WebApplication {
  /// All routes bound to a site.
  public static func router(_ site: Site) -> some HTTPResponderBuilder {
    let router = Router(context: PageContext.self)
    var table = RouteTable(router: router, site: site)
    OperationsRoutes.add(to: &table)
    SessionRoutes.add(to: &table)
    SheetRoutes.add(to: &table)
    table.on(.root) { $0.html("") }
    precondition(table.bound == Set(Endpoint.all), "unbound: \(Set(Endpoint.all).subtracting(table.bound).map(\.name))")
    return router
  }
}
