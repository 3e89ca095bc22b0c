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
      stages: cycle.stages.map(row), waiting: cycle.stages.compactMap(opener), late: shown.lines.map(lateRow),
      lateCount: String(late.count), hasLate: !late.isEmpty, filter: filter(late),
      pager: shown.pager(visit) { link(page: $0) }, extensions: extensions.map(row),
      hasExtensions: !extensions.isEmpty, form: mayExtend ? form : nil)
  }

  private var about: [String] {
    [
      cycle.authorityName, cycle.policy.title, visit.text("cycle.groupCount", ["count": .count(overview.groups.count)]),
    ] + (cycle.avoidsDistrict ? [visit.text("cycle.avoidsDistrict")] : [])
  }

  // MARK: What is to do

  private var tasks: [RunningPage.Task] {
    let own = overview.tasks.filter { $0.isFor(post) }
    var order: [String] = []
    var bundles: [String: [CycleTask]] = [:]
    for task in own {
      let key = "\(task.kind.rawValue)/\(task.stage ?? "")"
      if bundles[key] == nil { order.append(key) }
      bundles[key, default: []].append(task)
    }
    return order.compactMap { bundles[$0] }.sorted { ($0.due ?? .latest) < ($1.due ?? .latest) }.compactMap(self.task)
  }

  private func task(_ tasks: [CycleTask]) -> RunningPage.Task? {
    guard let first = tasks.first else { return nil }
    let groups = Set(tasks.compactMap(\.group))
    let stage = first.stage.flatMap { cycle.stage($0) }
    let one = CycleTask(
      first.kind, stage: first.stage, holder: first.holder, count: tasks.reduce(0) { $0 + $1.count })
    let left = tasks.due.map { $0.days(since: visit.now.day) }
    return RunningPage.Task(
      title: stage.map {
        visit.text("cycle.taskAt", ["stage": .text($0.title), "task": .message(one.title)])
      } ?? visit.words.text(one.title),
      about: groups.isEmpty
        ? ""
        : groups.count == 1
          ? groups.first.flatMap { overview.group($0)?.participant.name } ?? ""
          : visit.text("cycle.groupCount", ["count": .count(groups.count)]),
      due: tasks.due.map { "\(days.day($0)) \(left.map { days.left($0) } ?? "")" } ?? "—",
      colour: left.map { days.colour($0) } ?? "mut", link: link(to: first, groups))
  }

  /// The page on which a task is done.
  private func link(to task: CycleTask, _ groups: Set<ID>) -> String {
    let own = Endpoint.cycle.link(cycle.authority, cycle.id)
    func page(_ endpoint: Endpoint) -> String {
      task.stage.map { endpoint.link(cycle.authority, cycle.id, $0) } ?? own
    }
    switch task.kind {
    case .recommend: return page(.recommendation)
    case .announceDraw, .draw: return page(.draw)
    case .assignExperts: return page(.panel)
    case .handInReport: return page(.report)
    case .evaluateMembers: return page(.memberSheets)
    case .chase: return own + "#late"
    case .setDue:
      return Endpoint.cycle.link(cycle.authority, cycle.id, query: [("extend", "all"), ("for", task.stage)]) + "#extend"
    case .fillIn, .submit, .evaluate, .settleSecondLook:
      let sheet = groups.first.flatMap { overview.group($0) }?.sheets.first {
        $0.stage == task.stage && $0.school == nil
      }
      guard groups.count == 1, let sheet else { return own + "#stages" }
      return Endpoint.sheet.link(cycle.authority, sheet.id)
    case .confirm, .answerObjection, .publish: return own
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
    return RunningPage.StageRow(
      title: stage.title, actor: stage.acts.map { visit.text("actor.\($0.rawValue)") } ?? "—",
      due: due.map { days.day($0) } ?? window(stage), left: left.map { days.left($0) } ?? "",
      colour: left.map { days.colour($0) } ?? "mut",
      extended: cycle.calendar.holdingExtension(of: stage.id, group: nil).map { _ in visit.text("cycle.extended") },
      here: String(groups.count { $0.turn.stage?.id == stage.id }), done: counts ? String(done) : "—",
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

extension [CycleTask] {
  /// The nearest last day of them.
  var due: Day? { compactMap(\.due).min() }
}

extension Day {
  /// Behind every day there is.
  static var latest: Day { Day(daysSince1970: 84_369) }
}
