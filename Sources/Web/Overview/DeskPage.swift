import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The start page of those whose work isn't with groups: what they do here, as links, and whatever has a last day.
struct DeskPage {
  struct Work {
    let title: String
    let about: String
    let link: String?
  }

  let title: String
  let facts: String
  let note: String?
  let tasks: TaskPanel?
  let works: [Work]
  let worksTitle: String
  let steps: [StageStep]

  /// Signed in without a post in force.
  static func withoutPost(_ visit: Visit) -> Response {
    show(
      visit,
      DeskPage(
        title: visit.viewer?.name ?? "", facts: "", note: visit.text("overview.desk.noPost"), tasks: nil, works: [],
        worksTitle: "", steps: []))
  }

  /// No cycle is open that concerns the viewer: what waits beside an evaluation, and where their rooms are.
  static func withoutCycle(_ visit: Visit) async throws -> Response {
    let post = visit.viewer?.post
    let own = try await OwnWork.read(visit)
    let rooms: [(may: Bool, title: String, about: String, endpoint: Endpoint)] = [
      (post?.role.may(.openCycle) ?? false, "overview.desk.open", "overview.desk.open.about", .newCycle),
      (post?.role.may(.readRegistry) ?? false, "nav.registry", "overview.desk.registry", .registrySchools),
      (post?.role.may(.readFormation) ?? false, "nav.formation", "overview.desk.formation", .formationList),
      (post?.role.may(.readTasks) ?? false, "nav.tasks", "overview.desk.tasks", .taskBoard),
      (post?.role.may(.readLedger) ?? false, "nav.records", "overview.desk.records", .ledgerGroups),
      (true, "nav.policies", "overview.desk.policies", .policies),
    ]
    return show(
      visit,
      DeskPage(
        title: post?.schoolName ?? post?.authorityName ?? "", facts: "", note: visit.text("overview.desk.noCycle"),
        tasks: own.entries.isEmpty ? nil : TaskPanel(visit, own.entries),
        works: rooms.filter(\.may).map {
          Work(title: visit.text($0.title), about: visit.text($0.about), link: $0.endpoint.link())
        }, worksTitle: visit.text("overview.desk.work"), steps: []))
  }

  /// The system's, security's and audit's keepers, each with the work of their own role only.
  static func ofKeeper(_ visit: Visit, _ post: Viewer.Post) async throws -> Response {
    let (actor, now) = (visit.actor, visit.now)
    let links =
      post.role.may(.keepRoles)
      ? try await visit.site.database.read { try InvitationStore($0).waiting(for: actor, at: now) } : []
    // Who makes links learns what became of them; who keeps posts has them above.
    let own: (waiting: Int, refused: Int) =
      post.role.may(.keepAccounts)
      ? try await visit.site.database.read {
        try InvitationStore($0).own(of: actor, since: now.adding(seconds: -14 * 86_400), at: now)
      } : (0, 0)
    let tasks = TaskPanel(
      rows: links.prefix(10).enumerated().map { place, link in
        TaskPanel.Row(
          title: visit.text("posts.links.task", ["name": .text(link.name)]),
          about: [
            visit.posts(link),
            visit.text("posts.links.about", ["who": .text(link.issuer ?? "—"), "when": .text(visit.moment(link.at))]),
          ].filter { !$0.isEmpty }.joined(separator: visit.text("frame.between")),
          until: DueWords(visit, link.endsAt.day), link: Endpoint.posts.link() + "#links",
          action: visit.text("posts.links.do"), isPrimary: place == 0)
      }, chips: [], count: links.count, allLink: nil, allTitle: "", none: nil)
    let pages: [(power: Power, key: String, names: [String])] = [
      (.keepAccounts, "accounts", ["accounts"]), (.keepRoles, "roles", ["posts"]),
      (.readAudit, "audit", ["audit"]),
    ]
    let works = pages.filter { post.role.may($0.power) }.map { page in
      Work(
        title: visit.text("overview.desk.\(page.key)"),
        about: visit.text("overview.desk.\(page.key).about") + (page.power == .keepAccounts ? visit.links(own) : ""),
        link: page.names.lazy.compactMap { Way.link($0) }.first)
    }
    return show(
      visit,
      DeskPage(
        title: post.authorityName, facts: visit.text("role.\(post.role.rawValue)"), note: nil,
        tasks: links.isEmpty ? nil : tasks, works: works,
        worksTitle: visit.text("overview.desk.work"), steps: []))
  }

  /// A third party sees the year's stages and, where the policy asks it for a report, until when.
  static func ofThirdParty(_ visit: Visit, _ post: Viewer.Post) async throws -> Response {
    let (editions, key) = (visit.site.editions, Way.key(visit.query("cycle")))
    let found = try await visit.site.database.read { transaction -> (CycleGathering, [[String: Int]])? in
      guard let gathering = try CycleStore.gather(key, for: post.appointment, editions, transaction) else { return nil }
      return (gathering, try ReportStore.open(of: gathering.cycles, for: post.appointment, transaction))
    }
    if key != nil, found == nil { throw Refusal.notFound }
    guard let (gathering, open) = found, let newest = gathering.cycles.first else {
      return try await withoutCycle(visit)
    }
    let waiting = zip(gathering.cycles, open).flatMap { cycle, open in reports(of: cycle, open, visit) }
      .sorted { ($0.due ?? .far, $0.stage.position) < ($1.due ?? .far, $1.stage.position) }
    let cycle = gathering.named ?? waiting.first?.cycle ?? newest
    let entries = waiting.map { report in
      let title = visit.text(
        "overview.task",
        ["stage": .text(report.stage.short), "task": .text(visit.text("cycles.task.handInReport"))])
      return TaskPanel.Entry(
        title: gathering.cycles.count > 1
          ? visit.inYear(visit.words.schoolYear(report.cycle.year), title) : title,
        about: visit.text("overview.groups", ["count": .count(report.open)]), due: report.due,
        link: Endpoint.report.link(report.cycle.authority, report.cycle.id, report.stage.id),
        action: visit.text("overview.action.handInReport"), order: report.stage.position)
    }
    return show(
      visit,
      DeskPage(
        title: cycle.title, facts: cycle.authorityName,
        note: cycle.stages.contains { $0.kind == .report && $0.acts == .thirdParty }
          ? nil : visit.text("overview.desk.noReport"),
        tasks: TaskPanel(visit, entries, home: Way.chosen(cycle)),
        works: [
          Work(
            title: cycle.policy.title, about: visit.text("overview.desk.policies"),
            link: Endpoint.policy.link(cycle.edition))
        ], worksTitle: visit.text("overview.desk.policy"), steps: StageStep.all(visit, cycle)))
  }

  private struct OpenReport {
    let cycle: StoredCycle
    let stage: CycleStage
    let open: Int
    let due: Day?
  }

  /// The reports that a year still asks of third parties.
  private static func reports(of cycle: StoredCycle, _ open: [String: Int], _ visit: Visit) -> [OpenReport] {
    guard cycle.confirmedAt == nil else { return [] }
    return cycle.stages.filter { $0.kind == .report && $0.acts == .thirdParty }.compactMap { stage in
      guard let count = open[stage.id], count > 0, !cycle.calendar.isOver(stage.id, group: nil, at: visit.now) else {
        return nil
      }
      return OpenReport(
        cycle: cycle, stage: stage, open: count, due: cycle.calendar.due(stage.id, group: nil))
    }
  }

  private static func show(_ visit: Visit, _ page: DeskPage) -> Response {
    visit.page("overview/desk", page, visit.frame(visit.text("nav.home"), tasks: page.tasks?.count))
  }
}

extension Visit {
  /// What became of the links that a keeper made: nothing where none waits or was refused.
  fileprivate func links(_ own: (waiting: Int, refused: Int)) -> String {
    [("waiting", own.waiting), ("refused", own.refused)].filter { $0.1 > 0 }.map { key, count in
      text("frame.between") + text("accounts.links.\(key)", ["count": .count(count)])
    }.joined()
  }
}

/// A stage in the strip at the top: done, now or to come.
struct StageStep {
  let title: String
  /// When and by whom.
  let about: String
  let until: DueWords?
  let kind: String
  let isNow: Bool

  /// The stages of a cycle as they concern nobody in particular.
  static func all(_ visit: Visit, _ cycle: StoredCycle) -> [StageStep] {
    cycle.stages.filter { $0.isCounted || $0.kind == .publication }.map { stage in
      StageStep(
        title: stage.short, about: about(visit, cycle, stage, group: nil), until: nil,
        kind: cycle.calendar.isOver(stage.id, group: nil, at: visit.now) ? "done" : "", isNow: false)
    }
  }

  /// The stages as they are for a group.
  static func of(_ group: GroupOverview, _ visit: Visit, _ cycle: StoredCycle) -> [StageStep] {
    return cycle.stages.filter { $0.isCounted || $0.kind == .publication }.map { stage in
      let isNow = group.turn.runs(stage)
      let state = StageState(visit, group, at: stage, in: cycle)
      let submitted = state.sheet?.submittedAt
      let isDone =
        submitted != nil || state.kind == .recommended || (state.kind == .done)
        || (stage.kind == .publication && group.turn.place == .published)
        || (stage.kind == .members && group.progress.members[stage.id]?.count == group.participant.members.count)
      let about: String =
        if let submitted {
          visit.text("overview.step.done", ["day": .text(visit.day(submitted.day))])
        } else if [.out, .missing, .notRecommended, .recommended].contains(state.kind) {
          state.word
        } else if isNow {
          ""
        } else {
          Self.about(visit, cycle, stage, group: group)
        }
      return StageStep(
        title: stage.short, about: about,
        until: isNow ? DueWords(visit, cycle.calendar.due(stage.id, group: group.id)) : nil,
        kind: isNow ? "now" : isDone ? "done" : "", isNow: isNow)
    }
  }

  private static func about(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, group: GroupOverview?
  ) -> String {
    let actor = actor(visit, cycle, stage, group)
    guard let due = cycle.calendar.due(stage.id, group: group?.id) else { return actor }
    return visit.text("overview.step", ["day": .text(visit.day(due)), "actor": .text(actor)])
  }

  /// Who acts, by name where it is the group's own authority or the one that runs the cycle.
  private static func actor(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ group: GroupOverview?
  ) -> String {
    guard let acts = stage.acts else { return "" }
    let words = visit.text("actor.\(acts.rawValue)")
    guard let group, case .authority(let authority)? = cycle.offices.holders(of: acts, for: group.participant).first
    else { return words }
    if authority == cycle.authority { return cycle.authorityName }
    return authority == group.participant.district ? group.participant.districtName : words
  }
}
