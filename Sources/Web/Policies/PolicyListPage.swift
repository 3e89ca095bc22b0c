import Hummingbird
import Notation
import People
import Policies
import Storage

/// The editions in use, and the policies of the folder.
struct PolicyListPage {
  struct Edition {
    let title: String
    let link: String
    let cycle: String
    let authority: String
    let changesLink: String?
  }

  struct Draft {
    let name: String
    let title: String
    let link: String?
    let status: String
    let chip: String
    let state: String
    let changesLink: String?
  }

  let editions: [Edition]
  let drafts: [Draft]
  let none: String?

  static func answer(_ visit: Visit) async throws -> Response {
    let (site, post) = (visit.site, try visit.post)
    let uses = try await site.database.read { try EditionStore.uses(for: post.appointment, $0) }
    let folder = site.settings.policyFolder
    let drafts =
      PolicyFound.seesFolder(post)
      ? site.policies.names(in: folder).compactMap { name in
        site.policies.read(name, in: folder).map { draft(visit, name, $0) }
      } : []
    let editions = uses.map { use in
      let before = uses.first { $0.authority == use.authority && $0.year < use.year && $0.hash != use.hash }
      return Edition(
        title: use.title, link: Endpoint.policy.link(use.hash), cycle: use.cycleTitle, authority: use.authorityName,
        changesLink: before.map { Endpoint.policyChanges.link(use.hash, query: [("from", $0.hash)]) })
    }
    let page = PolicyListPage(
      editions: editions, drafts: drafts,
      none: editions.isEmpty ? visit.text("policies.noEditions") : nil)
    return visit.page("policies/list", page, visit.frame(visit.text("nav.policies"), current: "policies"))
  }

  private static func draft(_ visit: Visit, _ name: String, _ result: PolicyReader.Result) -> Draft {
    let policy = result.policy
    let state: (chip: String, key: String) =
      if !result.isSound {
        ("bad", "problems")
      } else if policy?.scheme == nil {
        ("", "reads")
      } else {
        policy?.obstacles.isEmpty ?? false ? ("ok", "runs") : ("warn", "open")
      }
    return Draft(
      name: name, title: policy?.title ?? name, link: policy.map { _ in Endpoint.policy.link(name) },
      status: policy.map { visit.text("status.\($0.status)") } ?? "", chip: state.chip,
      state: visit.text("state.\(state.key)"),
      changesLink: policy?.was.map { Endpoint.policyChanges.link(name, query: [("from", $0)]) })
  }
}
