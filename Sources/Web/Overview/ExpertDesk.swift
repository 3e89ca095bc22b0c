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
    let found = try await visit.site.database.read { transaction -> (CycleChoice, CycleOverview, [ID: Int])? in
      let choice = try CycleStore.choose(key, for: post.appointment, editions, transaction)
      guard let cycle = choice.cycle else { return nil }
      let overview = try OverviewStore.overviewOfFew(of: cycle, for: post.appointment, at: now, transaction)
      return (choice, overview, try ExpertStore.marked(in: cycle, by: post.appointment, transaction))
    }
    if key != nil, found == nil { throw Refusal.notFound }
    guard let (choice, overview, marked) = found else { return DeskPage.withoutCycle(visit) }
    let cycle = overview.cycle
    let rows = rows(visit, post, overview, marked)
    let page = ExpertDesk(
      title: cycle.title,
      facts: visit.text(
        "overview.expert.facts", ["authority": .text(cycle.authorityName), "count": .count(overview.groups.count)]),
      pickers: DashboardPage.pickers(choice, cycle), pickerAction: Endpoint.root.link(),
      tasks: TaskMaker(visit: visit, post: post, overview: overview).panel(), rows: rows,
      policyLink: Endpoint.policy.link(cycle.edition), policyTitle: cycle.policy.title)
    var frame = visit.frame(visit.text("nav.home"), current: "home")
    frame.tasks = page.tasks.count
    return visit.page("overview/expert", page, frame)
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
          until: sheet?.isSubmitted ?? false ? nil : DueWords(visit, cycle.calendar.due(stage.id, group: group.id)),
          looks: looks > 0 ? visit.text("overview.expert.looks", ["count": .count(looks)]) : nil)
      }
    }
  }
}
