import Formations
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The cases within the viewer's reach, with what may be begun.
struct FormationListPage {
  struct Row {
    let name: String
    let link: String
    let kind: String
    let form: String
    let applicant: String
    let schools: Int
    let chip: FormationPage.Chip
    let about: String
    let comments: String?
    let isMine: Bool
  }

  struct Begin {
    let action: String
    let kinds: [Option]
    let groups: [Option]
    let hasGroups: Bool
  }

  struct SetPolicy {
    let action: String
    let policies: [Option]
  }

  let title: String
  let about: String
  let noPolicy: Bool
  let action: String
  let stands: [Option]
  let kinds: [Option]
  let text: String
  let rows: [Row]
  let hasRows: Bool
  let count: String
  let pager: PagingLinks?
  let begin: Begin?
  let setPolicy: SetPolicy?
  let noticesLink: String

  static func answer(_ visit: Visit) async throws -> Response {
    let (post, editions, party) = (try visit.post, visit.site.editions, visit.party)
    let filter = FormationFilter(
      stand: visit.query("stand").flatMap(FormationFilter.Stand.init),
      kind: visit.query("kind").flatMap(FormationCase.Kind.init), text: visit.query("q").map { String($0.prefix(50)) },
      page: visit.number("page", in: .places) ?? 1)
    let writes = post.role.may(.writeFormation)
    let found = try await visit.site.database.read { transaction in
      (
        list: try FormationStore.list(filter, for: post.appointment, transaction),
        policy: try FormationPolicyStore.inForce(for: post.authority, editions, transaction),
        groups: writes ? try party.map { try FormationStore.ownGroups(of: $0, transaction) } ?? [] : []
      )
    }
    let page = FormationListPage(
      visit, post, filter, found.list.lines, found.list.count, found.policy, found.groups.map { ($0.id, $0.name) })
    return visit.page("formation/list", page, visit.frame(page.title, current: "formation"))
  }

  init(
    _ visit: Visit, _ post: Viewer.Post, _ filter: FormationFilter, _ lines: [FormationLine], _ all: Int,
    _ policy: FormationPolicyStore.InForce?, _ own: [(ID, String)]
  ) {
    title = visit.text("nav.formation")
    about =
      policy.map {
        visit.text("formation.under", ["policy": .text($0.policy.title), "who": .text($0.authorityName)])
      } ?? visit.text("formation.fault.noPolicy")
    noPolicy = policy == nil
    action = Endpoint.formationList.link()
    func option(_ value: String, _ title: String, _ chosen: String?) -> Option {
      Option(value: value, title: title, isChosen: value == chosen ?? "")
    }
    stands =
      [option("", visit.text("formation.filter.all"), filter.stand?.rawValue)]
      + FormationFilter.Stand.allCases.map {
        option($0.rawValue, visit.text("formation.stand.\($0.rawValue)"), filter.stand?.rawValue)
      }
    kinds =
      [option("", visit.text("formation.filter.kinds"), filter.kind?.rawValue)]
      + FormationCase.Kind.allCases.map {
        option($0.rawValue, visit.text("formation.kind.\($0.rawValue)"), filter.kind?.rawValue)
      }
    text = filter.text ?? ""
    let days = CycleDays(visit)
    rows = lines.map { line in
      Row(
        name: line.name ?? visit.text("formation.untitled"), link: Endpoint.formation.link(line.authority, line.id),
        kind: visit.text("formation.kind.\(line.kind.rawValue)"),
        form: line.form.map { policy?.policy.form($0)?.name ?? $0 } ?? "—", applicant: line.applicant,
        schools: line.schools,
        chip: FormationPage.Chip(
          kind: FormationWords.colour(line.phase), title: visit.text("formation.phase.\(line.phase.rawValue)")),
        about: FormationListPage.about(line, days),
        comments: line.openComments > 0
          ? visit.text("formation.comments.open", ["count": .count(line.openComments)]) : nil,
        isMine: FormationListPage.isMine(line, post))
    }
    hasRows = !rows.isEmpty
    count = visit.text("formation.list.count", ["count": .count(all)])
    let pages = max(1, (all + FormationFilter.size - 1) / FormationFilter.size)
    let number = min(filter.page, pages)
    func link(_ page: Int) -> String {
      Endpoint.formationList.link(
        query: [
          ("stand", filter.stand?.rawValue), ("kind", filter.kind?.rawValue), ("q", filter.text),
          ("page", String(page)),
        ])
    }
    pager =
      pages > 1
      ? PagingLinks(
        title: visit.text("cycle.pages", ["page": .count(number), "pages": .count(pages), "count": .count(all)]),
        previous: number > 1 ? link(number - 1) : nil, following: number < pages ? link(number + 1) : nil) : nil
    let mayPlan = post.role == .office && policy?.authority == post.authority
    begin =
      post.role.may(.writeFormation) && policy != nil
      ? Begin(
        action: Endpoint.beginFormation.link(),
        kinds: FormationCase.Kind.allCases.filter { kind in
          kind == .new || (kind == .plan ? mayPlan : !own.isEmpty)
        }.map { option($0.rawValue, visit.text("formation.kind.\($0.rawValue)"), "new") },
        groups: own.map { Option(value: $0.0.description, title: $0.1, isChosen: false) }, hasGroups: !own.isEmpty)
      : nil
    setPolicy =
      post.role.may(.decideFormation)
      ? SetPolicy(
        action: Endpoint.setFormationPolicy.link(),
        policies: visit.site.policies.names(in: visit.site.settings.policyFolder).map {
          Option(
            value: $0, title: visit.site.policies.read($0, in: visit.site.settings.policyFolder)?.policy?.title ?? $0,
            isChosen: false)
        }) : nil
    noticesLink = Endpoint.notices.link()
  }

  private static func about(_ line: FormationLine, _ days: CycleDays) -> String {
    var parts = [line.document].compactMap(\.self)
    if let day = line.decidedOn {
      parts.append(days.day(day))
    } else if let day = line.publicThrough {
      parts.append(days.visit.text("formation.publicThrough", ["day": .text(days.day(day))]))
    }
    return parts.joined(separator: " ")
  }

  /// Whether the next step is the viewer's.
  private static func isMine(_ line: FormationLine, _ post: Viewer.Post) -> Bool {
    guard post.role == .office else { return false }
    switch line.phase {
    case .submitted, .accepted: return line.approver == post.authority
    case .approved: return line.filer == post.authority
    default: return false
    }
  }
}
