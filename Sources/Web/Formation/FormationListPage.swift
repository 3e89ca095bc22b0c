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
    /// The groups the applicant's school leads already.
    let leads: String?
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
      let policy = try FormationPolicyStore.inForce(for: post.authority, editions, transaction)
      return (
        list: try FormationStore.list(filter, for: post.appointment, transaction), policy: policy,
        groups: writes
          ? try party.map { try FormationStore.ownGroups(of: $0, under: policy?.authority, transaction) } ?? [] : []
      )
    }
    let page = FormationListPage(
      visit, post, filter, found.list.lines, found.list.count, found.policy, found.groups)
    return visit.page("formation/list", page, visit.frame(page.title, current: "formation"))
  }

  init(
    _ visit: Visit, _ post: Viewer.Post, _ filter: FormationFilter, _ lines: [FormationLine], _ all: Int,
    _ policy: FormationPolicyStore.InForce?, _ own: [(id: ID, name: String, open: Int)]
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
    func link(_ page: Int) -> String {
      Endpoint.formationList.link(
        query: [
          ("stand", filter.stand?.rawValue), ("kind", filter.kind?.rawValue), ("q", filter.text),
          ("page", String(page)),
        ])
    }
    pager = PagingLinks(visit, page: filter.page, of: all, size: FormationFilter.size, link: link)
    let mayPlan = post.role == .office && policy?.authority == post.authority
    begin =
      post.role.may(.writeFormation) && policy != nil
      ? Begin(
        action: Endpoint.beginFormation.link(),
        kinds: FormationCase.Kind.allCases.filter { kind in
          kind == .new || (kind == .plan ? mayPlan : !own.isEmpty)
        }.map { option($0.rawValue, visit.text("formation.kind.\($0.rawValue)"), "new") },
        groups: own.map { group in
          let running = group.open > 0 ? visit.text("formation.group.running", ["count": .count(group.open)]) : ""
          return Option(value: group.id.description, title: group.name + running, isChosen: false)
        }, hasGroups: !own.isEmpty,
        leads: post.school == nil || own.isEmpty
          ? nil
          : visit.text(
            "formation.group.leads", ["groups": .names(own.map(\.name))]))
      : nil
    // What holds from above nobody below chooses.
    let isFree = policy.map { $0.authority == post.authority || !$0.formsGroups } ?? true
    setPolicy =
      isFree && post.role.may(.decideFormation)
      ? SetPolicy(
        action: Endpoint.setFormationPolicy.link(),
        policies: visit.site.policies.names(in: visit.site.settings.policyFolder).compactMap { name in
          // What can't be chosen isn't offered.
          guard let read = visit.site.policies.read(name, in: visit.site.settings.policyFolder), read.isSound,
            let policy = read.policy, policy.formationObstacles.isEmpty
          else { return nil }
          return Option(value: name, title: policy.title, isChosen: false)
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
