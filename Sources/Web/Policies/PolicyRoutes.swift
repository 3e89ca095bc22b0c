import Hummingbird
import Notation
import People
import Policies
import Storage

/// The policy reader: what is in force, clause by clause, with what was decided; readable also where something isn't.
enum PolicyRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.policies) { try await PolicyListPage.answer($0) }
    table.on(.policy) { visit in
      let found = try await PolicyFound.read(visit)
      return PolicyPage.answer(visit, found)
    }
    table.on(.policyItem) { visit in
      let found = try await PolicyFound.read(visit)
      return try PolicyItemPage.answer(visit, found)
    }
    table.on(.policyChanges) { try await PolicyChangesPage.answer($0) }
  }
}

/// A policy that the viewer may read, by an address's name for it.
struct PolicyFound {
  /// The hash of an edition, or the name of a folder.
  let key: String
  let policy: Policy
  /// The cycles that froze it; none for one of the folder.
  let uses: [EditionUse]
  /// All editions the viewer has to do with.
  let editions: [EditionUse]

  static func read(_ visit: Visit, parameter: String = "edition") async throws -> PolicyFound {
    try await read(visit, key: try visit.parameter(parameter))
  }

  /// Two statements at most, and the session's. Refused as not found where there is none, or none the viewer may read.
  static func read(_ visit: Visit, key: String) async throws -> PolicyFound {
    let (site, post) = (visit.site, try visit.post)
    let read = try await site.database.read { transaction -> (uses: [EditionUse], policy: Policy?) in
      let uses = try EditionStore.uses(for: post.appointment, transaction)
      guard uses.contains(where: { $0.hash == key }) else { return (uses, nil) }
      return (uses, try site.editions.policy(key, transaction))
    }
    if let policy = read.policy {
      return PolicyFound(key: key, policy: policy, uses: read.uses.filter { $0.hash == key }, editions: read.uses)
    }
    guard seesFolder(post), let policy = site.policies.read(key, in: site.settings.policyFolder)?.policy else {
      throw Refusal.notFound
    }
    return PolicyFound(key: key, policy: policy, uses: [], editions: read.uses)
  }

  /// Drafts lie in the folder: they concern those who open cycles and those who supervise.
  static func seesFolder(_ post: Viewer.Post) -> Bool { post.role == .office || post.role == .supervisor }

  /// What a policy of the folder is called; its name where it can't be read.
  static func title(of name: String, _ visit: Visit) -> String {
    visit.site.policies.read(name, in: visit.site.settings.policyFolder)?.policy?.title ?? name
  }

  func crumbs(_ visit: Visit, withPolicy: Bool) -> [RatePanel.Link] {
    [RatePanel.Link(title: visit.text("nav.policies"), link: Endpoint.policies.link())]
      + (withPolicy ? [RatePanel.Link(title: policy.title, link: Endpoint.policy.link(key))] : [])
  }
}
