import Hummingbird
import Notation
import People
import Policies
import Storage

/// What was found of some words, by kind, among what the viewer may see.
struct SearchPage {
  struct Find {
    let title: String
    let link: String?
    let about: String
  }

  struct Section {
    let title: String
    let finds: [Find]
    let more: String?
  }

  let words: String
  let action: String
  let sections: [Section]
  let hint: String?

  /// So many of each kind are shown.
  static let most = 20
  static let longest = 50

  static func answer(_ visit: Visit) async throws -> Response {
    let post = try visit.post
    let words = String((visit.query("q") ?? "").prefix(longest)).split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    var sections: [Section] = []
    if !words.isEmpty { sections = try await find(visit, post, words).filter { !$0.finds.isEmpty } }
    let page = SearchPage(
      words: words, action: Endpoint.search.link(), sections: sections,
      hint: words.isEmpty
        ? visit.text("overview.search.hint")
        : sections.isEmpty ? visit.text("overview.search.none", ["words": .text(words)]) : nil)
    return visit.page("overview/search", page, visit.frame(visit.text("overview.search"), current: nil))
  }

  /// Eight statements at most, the session's included.
  private static func find(_ visit: Visit, _ post: Viewer.Post, _ words: String) async throws -> [Section] {
    let (site, actor) = (visit.site, visit.actor)
    let seesGroups = post.role.may(.readCycle)
    let read = try await site.database.read {
      transaction -> (SearchFinds?, [EditionUse], [String: Policy], [AccountLine], [RegistryFind]) in
      let finds = seesGroups ? try SearchStore.find(words, for: post, most: most + 1, transaction) : nil
      let uses = post.role.may(.readPolicy) ? try EditionStore.uses(for: post.appointment, transaction) : []
      var policies: [String: Policy] = [:]
      // The newest edition: what is asked for now.
      if let hash = uses.first?.hash { policies[hash] = try site.editions.policy(hash, transaction) }
      let people =
        post.role == .office
        ? try AccountStore(transaction).list(for: actor, AccountFilter(search: words), limit: most + 1) : []
      let registered =
        post.role.may(.readRegistry)
        ? try RegistryLists.find(words, most: most + 1, for: RegistryReach(post), transaction) : []
      return (finds, uses, policies, people, registered)
    }
    let (finds, uses, policies, people, registered) = read
    func registry(_ isGroup: Bool) -> [Find] {
      registered.filter { $0.isGroup == isGroup }.map { one in
        Find(
          title: one.name,
          link: isGroup ? Endpoint.registryGroup.link(one.id) : Endpoint.registrySchool.link(one.id),
          about: visit.text(
            one.end == nil ? "overview.search.registered" : "overview.search.registered.ended",
            ["code": .text(one.code), "authority": .text(one.authority), "day": .text(one.end?.text ?? "")]))
      }
    }
    return [
      section(
        visit, "groups",
        (finds?.groups ?? []).map { group in
          Find(
            title: group.name, link: Endpoint.group.link(group.authority, group.cycle, group.group),
            about: group.district)
        }),
      section(
        visit, "schools",
        (finds?.schools ?? []).map { school in
          Find(
            title: school.name,
            link: Endpoint.groupSchool.link(
              school.group.authority, school.group.cycle, school.group.group, school.school),
            about: visit.text(
              "overview.search.school",
              [
                "group": .text(school.group.name),
                "role": .text(visit.text(school.isLead ? "role.lead" : "role.member")),
              ]))
        }),
      section(visit, "registeredGroups", registry(true)), section(visit, "registeredSchools", registry(false)),
      section(visit, "items", items(words, uses, policies)),
      section(
        visit, "evidence",
        (finds?.evidence ?? []).map { piece in
          Find(
            title: piece.title,
            link: piece.cycle.map { Endpoint.piece.link(piece.authority, $0, piece.id) },
            about: visit.text(
              "overview.search.evidence.about", ["group": .text(piece.groupName), "file": .text(piece.fileName)]))
        }),
      section(
        visit, "people",
        people.map { line in
          Find(
            title: line.account.name, link: Way.link("account", line.account.id),
            about: line.posts.map { post in
              visit.text(
                "frame.role",
                [
                  "where": .text(post.seatName), "role": .text(visit.text("role.\(post.appointment.role.rawValue)")),
                ])
            }.joined(separator: visit.text("reads.separator")))
        }),
    ]
  }

  private static func items(_ words: String, _ uses: [EditionUse], _ policies: [String: Policy]) -> [Find] {
    let wanted = words.lowercased()
    var seen: Set<String> = []
    return uses.filter { seen.insert($0.hash).inserted }.flatMap { use -> [Find] in
      guard let policy = policies[use.hash] else { return [] }
      return policy.allItems.filter { item in
        item.title.lowercased().contains(wanted) || (item.text ?? "").lowercased().contains(wanted) || item.id == words
      }.map { item in
        Find(
          title: item.name, link: Endpoint.policyItem.link(use.hash, item.id),
          about: "\(use.cycleTitle) \(item.source)")
      }
    }
  }

  private static func section(_ visit: Visit, _ key: String, _ finds: [Find]) -> Section {
    Section(
      title: visit.text("overview.search.\(key)"), finds: Array(finds.prefix(most)),
      more: finds.count > most ? visit.text("overview.search.more", ["count": .count(most)]) : nil)
  }
}
