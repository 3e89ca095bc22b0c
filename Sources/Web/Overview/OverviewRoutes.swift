import Hummingbird
import Notation
import People
import Storage

/// Start pages by role, the city's dashboard, the way down from it, lists, search.
enum OverviewRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.root) { visit in
      guard let post = visit.viewer?.post else { return DeskPage.withoutPost(visit) }
      switch post.role {
      case .office, .supervisor: return try await DashboardPage.answer(visit, post)
      case .lead, .member: return try await SchoolDesk.answer(visit, post)
      case .expert: return try await ExpertDesk.answer(visit, post)
      case .thirdParty: return try await DeskPage.ofThirdParty(visit, post)
      case .system, .security, .audit: return try await DeskPage.ofKeeper(visit, post)
      }
    }
    table.on(.groupList) { try await GroupListPage.answer($0) }
    table.on(.groupListBook) { try await GroupListPage.book($0) }
    table.on(.progressBook) { try await ProgressBook.answer($0) }
    table.on(.rates) { try await RatesPage.answer($0) }
    table.on(.ratesBook) { try await RatesPage.book($0) }
    table.on(.group) { try await GroupPage.answer($0) }
    table.on(.groupSchool) { try await GroupSchoolPage.answer($0) }
    table.on(.search) { try await SearchPage.answer($0) }
  }
}
