import Hummingbird
import HTTPTypes
import Notation

/// Puts the routes together; `Server` starts it, tests call it without a socket.
enum WebApplication {
  /// All routes bound to a site.
  static func router(_ site: Site) -> Router<PageContext> {
    let router = Router(context: PageContext.self)
    var table = RouteTable(router: router, site: site)
    OperationsRoutes.add(to: &table)
    SessionRoutes.add(to: &table)
    CycleRoutes.add(to: &table)
    SheetRoutes.add(to: &table)
    ResultsRoutes.add(to: &table)
    AuditRoutes.add(to: &table)
    APIRoutes.add(to: &table)
    EvidenceRoutes.add(to: &table)
    LedgerRoutes.add(to: &table)
    OverviewRoutes.add(to: &table)
    PolicyRoutes.add(to: &table)
    PeopleRoutes.add(to: &table)
    RegistryRoutes.add(to: &table)
    FormationRoutes.add(to: &table)
    TaskRoutes.add(to: &table)
    ConferenceRoutes.add(to: &table)
    MessageRoutes.add(to: &table)
    precondition(table.bound == Set(Endpoint.all), "unbound: \(Set(Endpoint.all).subtracting(table.bound).map(\.name))")
    // Behind all routes: it answers only where none of them does.
    router.add(middleware: Fallback(site: site))
    return router
  }
}
