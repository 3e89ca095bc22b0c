import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// Where the lead school evaluates each member: the members' sheets, and what is still to do.
enum MemberRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.memberSheets) { visit in
      let (post, now, id) = (try visit.post, visit.now, try visit.parameter("stage"))
      let (cycle, rest) = try await visit.readCycle { cycle, transaction in
        guard let stage = cycle.stage(id), stage.kind == .members else { throw Refusal.notFound }
        return (
          stage: stage, overview: try OverviewStore.overview(of: cycle, for: post.appointment, at: now, transaction)
        )
      }
      let page = MemberPage(visit, rest.overview, at: rest.stage)
      return visit.page(
        "cycles/members", page, visit.frame("\(rest.stage.title) · \(cycle.title)", current: "cycles"))
    }
  }
}

struct MemberPage {
  struct Row {
    let group: String
    let school: String
    let link: String?
    let state: String
    let chip: String
    let when: String?
    let due: String
    let left: String?
    let colour: String
  }

  let head: CycleHead
  let text: String?
  let rows: [Row]
  let hasRows: Bool
  let counts: String
  let pager: PagingLinks?

  init(_ visit: Visit, _ overview: CycleOverview, at stage: CycleStage) {
    let cycle = overview.cycle
    head = CycleHead(
      visit, cycle, title: stage.title,
      about: [stage.acts.map { visit.text("cycle.actedBy", ["actor": .text(visit.text("actor.\($0.rawValue)"))]) }]
        .compactMap(\.self))
    text = cycle.policy.stages.first { $0.id == stage.id }?.text
    // A member school sees its own sheet; the rest is between the lead school and those above.
    let own = visit.viewer?.post.flatMap { $0.role == .member ? $0.school : nil }
    let lines = overview.groups.flatMap { group in
      group.participant.members.filter { own == nil || $0.id == own }.map { (group: group, school: $0) }
    }
    let paging = Paging(lines, visit)
    rows = paging.lines.map { MemberPage.row(visit, cycle, stage, $0.group, $0.school) }
    hasRows = !rows.isEmpty
    let done = lines.count { $0.group.progress.members[stage.id]?.contains($0.school.id) == true }
    counts = visit.text("report.counts", ["done": .count(done), "all": .count(lines.count)])
    pager = paging.pager(visit) {
      Endpoint.memberSheets.link(cycle.authority, cycle.id, stage.id, query: [("page", String($0))])
    }
  }

  private static func row(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ group: GroupOverview, _ school: Participant.School
  ) -> Row {
    let days = CycleDays(visit)
    let sheet = group.sheet(stage.id, of: school.id)
    let due = cycle.calendar.due(stage.id, group: group.id)
    let left = due.map { $0.days(since: visit.now.day) }
    let isDone = sheet?.isSubmitted == true
    // Whose turn it is says the group's turn, the same as on everybody's start page.
    let isTurn = group.turn.tasks.contains { $0.kind == .evaluateMembers && $0.stage == stage.id }
    let state: (String, String) =
      isDone
      ? ("done", "ok")
      : sheet == nil
        ? ("waiting", "")
        : group.turn.missed.contains { $0.id == stage.id }
          ? ("missed", "bad") : isTurn ? ("open", "info") : ("waiting", "")
    return Row(
      group: group.participant.name, school: school.name,
      link: sheet.map { Endpoint.sheet.link(cycle.authority, $0.id) }, state: visit.text("members.\(state.0)"),
      chip: state.1, when: sheet?.submittedAt.map { days.moment($0) }, due: due.map { days.day($0) } ?? "—",
      left: isDone || cycle.confirmedAt != nil ? nil : left.map { days.left($0) },
      colour: isDone || cycle.confirmedAt != nil ? "mut" : left.map { days.colour($0) } ?? "mut")
  }
}
