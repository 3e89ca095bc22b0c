import Cycles
import Hummingbird
import Notation
import People
import Policies
import Scoring
import Storage

/// An expert's start page: the groups assigned, how far each is, what is to be looked at again.
struct ExpertDesk {
  struct Row {
    let name: String
    let link: String
    let district: String
    let stage: String
    let marked: Int
    let count: Int
    let percent: Int
    let chip: String
    let word: String
    let until: DueWords?
    let looks: String?
  }

  let title: String
  let facts: String
  let pickers: [Dashboard.Picker]
  let pickerAction: String
  let tasks: TaskPanel
  let rows: [Row]
  let policyLink: String
  let policyTitle: String

  static func answer(_ visit: Visit, _ post: Viewer.Post) async throws -> Response {
    let (editions, now) = (visit.site.editions, visit.now)
    let key = Way.key(visit.query("cycle"))
    let found = try await visit.site.database.read { transaction -> (RunningYears, [ID: Int])? in
      guard
        let gathering = try CycleStore.gather(key, for: post.appointment, editions, transaction),
        let years = RunningYears(
          gathering,
          try OverviewStore.overviewsOfFew(of: gathering.cycles, for: post.appointment, at: now, transaction),
          for: post)
      else { return nil }
      return (years, try ExpertStore.marked(in: years.chosen.cycle, by: post.appointment, transaction))
    }
    if key != nil, found == nil { throw Refusal.notFound }
    guard let (years, marked) = found else { return try await DeskPage.withoutCycle(visit) }
    let overview = years.chosen
    let cycle = overview.cycle
    let rows = rows(visit, post, overview, marked)
    let page = ExpertDesk(
      title: cycle.title,
      facts: visit.text(
        "overview.expert.facts", ["authority": .text(cycle.authorityName), "count": .count(overview.groups.count)]),
      pickers: DashboardPage.pickers(years), pickerAction: Endpoint.root.link(),
      tasks: TaskPanel(
        visit, TaskMaker(visit: visit, post: post, years: years).entries(), home: Way.chosen(cycle)), rows: rows,
      policyLink: Endpoint.policy.link(cycle.edition), policyTitle: cycle.policy.title)
    return visit.page("overview/expert", page, visit.frame(visit.text("nav.home"), tasks: page.tasks.count))
  }

  private static func rows(
    _ visit: Visit, _ post: Viewer.Post, _ overview: CycleOverview, _ marked: [ID: Int]
  ) -> [Row] {
    let cycle = overview.cycle
    return overview.groups.flatMap { group -> [Row] in
      cycle.stages.compactMap { stage -> Row? in
        guard let work = group.progress.experts[stage.id]?.first(where: { $0.appointment == post.appointment }) else {
          return nil
        }
        let sheet = group.sheet(stage.id)
        let context = group.participant.facts(year: cycle.year, policy: cycle.policy).context
        let count = (cycle.policy.scheme?.items ?? []).count { (try? $0.applies(to: context)) ?? true }
        let done = min(count, sheet.flatMap { marked[$0.id] } ?? 0)
        let looks = group.progress.secondLooks[stage.id] ?? 0
        let state: (chip: String, word: String) =
          if sheet?.isSubmitted ?? false {
            ("ok", visit.text("overview.expert.closed"))
          } else if looks > 0 {
            ("warn", visit.text("overview.expert.again"))
          } else if work.isDone {
            ("ok", visit.text("overview.expert.in"))
          } else {
            done == 0 ? ("", visit.text("overview.expert.none")) : ("info", visit.text("overview.expert.marking"))
          }
        return Row(
          name: group.participant.name,
          link: sheet.map { Way.sheet(cycle.authority, $0.id) } ?? Way.group(cycle, group.id),
          district: group.participant.districtName, stage: stage.title, marked: done, count: count,
          percent: count == 0 ? 0 : done * 100 / count, chip: state.chip, word: state.word,
          until: sheet?.isSubmitted ?? false || (work.isDone && looks == 0)
            ? nil : DueWords(visit, cycle.calendar.due(stage.id, group: group.id)),
          looks: looks > 0 ? visit.text("overview.expert.looks", ["count": .count(looks)]) : nil)
      }
    }
  }
}
