import Notation
import People
import Storage

/// What an education authority does to run a cycle.
enum CycleRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.cycleList) { visit in
      let post = try visit.post
      let cycles = try await visit.site.database.read { try CycleStore.list(for: post.appointment, $0) }
      return visit.page(
        "cycles/list", CycleListPage(visit, cycles), visit.frame(visit.text("cycle.list"), current: "cycles"))
    }
    OpeningRoutes.add(to: &table)
    RunningRoutes.add(to: &table)
    RecommendationRoutes.add(to: &table)
    DrawRoutes.add(to: &table)
    PanelRoutes.add(to: &table)
    VetoRoutes.add(to: &table)
    ReportRoutes.add(to: &table)
    MemberRoutes.add(to: &table)
  }
}
