import Cycles
import Notation
import People
import Policies
import Storage

/// Makes the page of a cycle of what was read.
struct RunningMaker {
  let visit: Visit
  let post: Viewer.Post
  let overview: CycleOverview

  var cycle: StoredCycle { overview.cycle }
  var days: CycleDays { CycleDays(visit) }
  var runs: Bool { visit.runs(cycle) }
  /// Whether anything may still be changed here by the viewer.
  var mayExtend: Bool { post.role.may(.extendDeadline) && cycle.confirmedAt == nil }

  func page(_ extensions: [RecordedExtension], fault: CycleFault?) -> RunningPage {
    let late = lateGroups
    let shown = Paging(filtered(late), visit)
    let tasks = tasks
    return RunningPage(
      head: CycleHead(visit, cycle, title: nil, about: about, fault: fault), tasks: tasks, hasTasks: !tasks.isEmpty,
      stages: cycle.stages.map(row), waiting: cycle.stages.compactMap(opener),
      crossings: crossings, late: shown.lines.map(lateRow),
      lateCount: String(late.count), hasLate: !late.isEmpty, filter: filter(late),
      pager: shown.pager(visit) { link(page: $0) },
      extensions: extensions.prefix(RunningRoutes.mostExtensions).map(row),
      hasExtensions: !extensions.isEmpty,
      extensionsCut: extensions.count > RunningRoutes.mostExtensions
        ? visit.text("extension.cut", ["count": .count(RunningRoutes.mostExtensions)]) : nil,
      form: mayExtend ? form : nil)
  }

  private var about: [String] {
    [
      cycle.authorityName, cycle.policy.title, visit.text("cycle.groupCount", ["count": .count(overview.groups.count)]),
    ] + (cycle.avoidsDistrict ? [visit.text("cycle.avoidsDistrict")] : [])
  }

  // MARK: What is to do

  private var tasks: [RunningPage.Task] {
    let maker = TaskMaker(visit: visit, post: post, years: RunningYears(overview))
    return TaskPanel(visit, maker.entries(), most: .max).rows.map { row in
      RunningPage.Task(
        title: row.title, about: row.about, due: row.until.map { "\($0.day) \($0.left)" } ?? "—",
        colour: row.until?.colour ?? "mut", link: row.link)
    }
  }

  // MARK: Stages

  private func row(_ stage: CycleStage) -> RunningPage.StageRow {
    let due = cycle.calendar.due(stage.id, group: nil)
    let left = due.map { $0.days(since: visit.now.day) }
    let groups = overview.groups
    let late = lateGroups.count { $0.stage.id == stage.id }
    let isMembers = stage.kind == .members
    let done = groups.count { group in
      switch stage.kind {
      case .recommendation: group.progress.recommended[stage.id] != nil
      case .report: group.progress.reports.contains(stage.id)
      case .members: (group.progress.members[stage.id]?.count ?? 0) == group.participant.members.count
      default: group.progress.sheets[stage.id] != nil
      }
    }
    let counts = stage.hasSheets || stage.kind == .recommendation || stage.kind == .report
    let isSettled = overview.isSettled(stage)
    return RunningPage.StageRow(
      title: stage.title, actor: stage.acts.map { visit.text("actor.\($0.rawValue)") } ?? "—",
      due: due.map { days.day($0) } ?? window(stage),
      left: isSettled ? visit.text("cycle.settled") : left.map { days.left($0) } ?? "",
      colour: isSettled ? "mut" : left.map { days.colour($0) } ?? "mut",
      extended: cycle.calendar.holdingExtension(of: stage.id, group: nil).map { _ in visit.text("cycle.extended") },
      here: String(groups.count { $0.turn.runs(stage) }), done: counts ? String(done) : "—",
      late: late > 0 ? String(late) : isMembers || counts ? "0" : "—",
      out: String(groups.count { $0.turn.out?.stage.id == stage.id }), isLate: late > 0)
  }

  private func window(_ stage: CycleStage) -> String {
    guard let count = stage.days else { return visit.text("cycle.noDue") }
    return visit.text(stage.workingDays ? "cycle.new.workingWindow" : "cycle.new.window", ["days": .count(count)])
  }

  private func opener(_ stage: CycleStage) -> RunningPage.Opener? {
    guard mayExtend else { return nil }
    let waiting = overview.waiting(at: stage).filter { acts(stage, for: $0.participant) }
    guard !waiting.isEmpty else { return nil }
    return RunningPage.Opener(
      stageID: stage.id,
      text: visit.text("cycle.waiting", ["count": .count(waiting.count), "stage": .text(stage.title)]),
      action: Endpoint.openSheets.link(cycle.authority, cycle.id))
  }

  private func acts(_ stage: CycleStage, for group: Participant) -> Bool {
    guard let actor = stage.acts else { return false }
    return cycle.offices.holders(of: actor, for: group).contains(.authority(post.authority))
  }
}
