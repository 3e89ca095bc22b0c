import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// The picture of the whole for an authority: what is mine to do, what calls for attention, how far everybody is, what
/// share of the points there is.
struct Dashboard {
  struct Picker {
    let value: String
    let title: String
    let isChosen: Bool
  }

  let title: String
  let facts: String
  let due: DueWords?
  /// Whose day that is, where it isn't that of the stage most groups are at; nil: it is.
  let dueOf: String?
  let crumbs: [RatePanel.Link]
  let pickers: [Picker]
  let pickerAction: String
  let listLink: String
  let bookLink: String
  /// Nil for those who only read.
  var tasks: TaskPanel?
  let auditLink: String?
  /// For a supervisor: sheets that were handed in without evidence or experts, with the reasons given.
  var looks: [LackingRow] = []
  var looksTitle: String?
  let alerts: [Alert]
  let alertCount: Int
  let alertsRest: String?
  let progress: ProgressTable?
  let groups: GroupTable?
  let scores: StageScores?
  let rates: RatePanel?
  let policyLink: String
  let policyTitle: String
}

enum DashboardPage {
  static func answer(_ visit: Visit, _ post: Viewer.Post) async throws -> Response {
    let (site, now) = (visit.site, visit.now)
    let key = Way.key(visit.query("cycle"))
    if visit.query("cycle") != nil, key == nil { throw Refusal.notFound }
    let area = try visit.query("area").map { text throws(Refusal) in
      guard let id = ID(text) else { throw .notFound }
      return id
    }
    let (stage, from) = (visit.query("stage"), visit.number("from", in: .places))
    let read = try await visit.site.database.read { transaction -> Found? in
      guard let gathering = try CycleStore.gather(key, for: post.appointment, site.editions, transaction) else {
        return nil
      }
      let overviews = try site.overviews.overviews(
        of: gathering.cycles, for: post.appointment, at: now, transaction)
      guard let years = RunningYears(gathering, overviews, for: post) else { return nil }
      let overview = years.chosen
      // What waits beside the evaluation is the whole authority's, and changes without it.
      let own =
        area == nil && post.role == .office ? try OwnWork.waiting(post, on: now.day, site.editions, transaction) : []
      let lacking =
        post.role == .supervisor
        ? try SubmissionStore.lacking(of: overview.cycle, for: post.appointment, limit: 5, transaction) : nil
      // Counting thousands of groups is done once for the overviews.
      if let made = overview.kept(sort(visit), as: Made.self), made.isOf(years) {
        return Found(years: years, own: own, lacking: lacking, made: made)
      }
      guard let scope = AreaScope(visit, overview, area: area, post: post) else { return nil }
      let plan = RatePlan(scope, overview.cycle, stage: stage, from: from)
      let lines = try plan.map {
        try RateLines.read($0, overview, site, for: post.appointment, at: now, transaction)
      }
      return Found(years: years, own: own, lacking: lacking, scope: scope, plan: plan, lines: lines)
    }
    if key != nil || area != nil, read == nil { throw Refusal.notFound }
    guard let read else { return try await DeskPage.withoutCycle(visit) }
    guard let made = read.made ?? make(visit, post, read) else { return try await DeskPage.withoutCycle(visit) }
    var page = made.page
    if post.role == .office {
      page.tasks = TaskPanel(
        visit, made.tasks + OwnWork.entries(read.own, visit), home: Way.chosen(read.years.chosen.cycle))
    }
    if let lacking = read.lacking {
      page.looks = lacking.sheets.map { LackingRow($0, in: read.years.chosen.cycle, visit) }
      page.looksTitle = visit.text(
        lacking.count == 0 ? "overview.looks.none" : "overview.looks", ["count": .count(lacking.count)])
    }
    var frame = visit.frame(page.title, current: "home")
    // What is to do in a part of the authority isn't all there is.
    if area == nil { frame = visit.frame(page.title, tasks: page.tasks?.count) }
    return visit.page("overview/dashboard", page, frame)
  }

  /// All that a page differs by while its overview holds.
  private static func sort(_ visit: Visit) -> String {
    let parts = ["area", "stage", "from"].map { visit.query($0) ?? "" }
    return "dashboard \(visit.words.language) \(visit.words.groupWord ?? "") " + parts.joined(separator: " ")
  }

  private static func make(_ visit: Visit, _ post: Viewer.Post, _ found: Found) -> Made? {
    guard let scope = found.scope else { return nil }
    let years = found.years
    let area = scope.area?.id == post.authority ? nil : Set(scope.groups.map(\.id))
    let made = Made(
      page: page(visit, post, found, years.chosen, scope),
      tasks: post.role == .office ? TaskMaker(visit: visit, post: post, years: years).entries(area: area) : [],
      stamps: years.overviews.map(\.stamp))
    years.chosen.keep(made, sort(visit))
    return made
  }

  /// A page made, with all that it was made of.
  private struct Made {
    let page: Dashboard
    let tasks: [TaskPanel.Entry]
    let stamps: [CycleOverview.Stamp]

    func isOf(_ years: RunningYears) -> Bool {
      stamps.count == years.overviews.count && zip(stamps, years.overviews).allSatisfy { $0 === $1.stamp }
    }
  }

  /// What one reading of the database found.
  private struct Found {
    let years: RunningYears
    let own: [Waiting]
    let lacking: (sheets: [LackingSubmission], count: Int)?
    var made: Made?
    var scope: AreaScope?
    var plan: RatePlan?
    var lines: RateLines?
  }

  private static func page(
    _ visit: Visit, _ post: Viewer.Post, _ found: Found, _ overview: CycleOverview, _ scope: AreaScope
  ) -> Dashboard {
    let cycle = overview.cycle
    let next = AreaScope.nearest(scope.groups, in: cycle, on: visit.now.day)
    let stage = AreaScope.commonStage(scope.groups)
    let alerts = AlertMaker.all(
      visit, found.years, area: scope.area?.id == post.authority ? nil : scope.area?.id, post: post)
    let shown = alerts.prefix(Alert.mostShown)
    let area = scope.area?.id.description
    var rates: RatePanel?
    if let plan = found.plan, let lines = found.lines {
      rates = RateMaker(visit: visit, overview: overview, scope: scope, plan: plan, lines: lines).panel
    }
    return Dashboard(
      title: cycle.title, facts: facts(visit, overview, scope, stage),
      due: DueWords(visit, next?.due ?? stage.flatMap { cycle.calendar.due($0.id, group: nil) }),
      dueOf: next.flatMap { next in
        next.due == nil || next.stage == stage
          ? nil : visit.text("overview.due.of", ["stage": .text(next.stage.short), "count": .count(next.count)])
      },
      crumbs: crumbs(scope, cycle), pickers: pickers(found.years), pickerAction: Endpoint.root.link(),
      listLink: Way.list(cycle, [("area", area)]),
      bookLink: Endpoint.progressBook.link(cycle.authority, cycle.id, query: [("area", area)]),
      tasks: nil,
      auditLink: post.role == .supervisor ? Way.link("audit") : nil, alerts: Array(shown),
      alertCount: alerts.count,
      alertsRest: shown.count < alerts.count
        ? visit.text("overview.alerts.rest", ["count": .count(alerts.count - shown.count)]) : nil,
      progress: scope.isDivided ? ProgressMaker(visit: visit, overview: overview, scope: scope).table : nil,
      groups: scope.isDivided
        ? nil : GroupTable(visit, overview, Array(scope.groups.prefix(GroupTable.mostOnDashboard)), post: post),
      scores: StageScores(visit, overview, scope.groups), rates: rates,
      policyLink: Endpoint.policy.link(cycle.edition), policyTitle: cycle.policy.title)
  }

  private static func facts(
    _ visit: Visit, _ overview: CycleOverview, _ scope: AreaScope, _ stage: CycleStage?
  ) -> String {
    let cycle = overview.cycle
    let state =
      stage.map { visit.text("overview.stage", ["stage": .text($0.title)]) }
      ?? visit.text(cycle.published == nil ? "overview.next.confirm" : "overview.next.published")
    return visit.text(
      "overview.facts",
      [
        "area": .text(scope.area?.name ?? cycle.authorityName), "groups": .count(scope.groups.count),
        "state": .text(state),
      ])
  }

  private static func crumbs(_ scope: AreaScope, _ cycle: StoredCycle) -> [RatePanel.Link] {
    guard scope.path.count > 1 else { return [] }
    return scope.path.dropLast().map { RatePanel.Link(title: $0.name, link: Way.dashboard(cycle, area: $0.id)) }
  }

  static func pickers(_ years: RunningYears) -> [Dashboard.Picker] {
    let cycle = years.chosen.cycle
    let hasSeveral = Set(years.all.map(\.authority)).count > 1
    return years.all.map { other in
      Dashboard.Picker(
        value: Way.key(other.authority, other.id),
        title: hasSeveral
          ? "\(other.title) · \(other.authorityName)" : other.title,
        isChosen: other.authority == cycle.authority && other.id == cycle.id)
    }
  }
}
