import Cycles
import Notation
import People
import Policies
import Storage

/// 待我办理: what is mine to do now, one action a row, the most urgent first.
struct TaskPanel {
  struct Row {
    let title: String
    let about: String
    let until: DueWords?
    let link: String
    let action: String
    /// Only the first of them.
    let isPrimary: Bool
  }

  struct Chip {
    let kind: String
    let title: String
  }

  let rows: [Row]
  let chips: [Chip]
  let count: Int
  /// Where all of them stand, when not all are shown.
  let allLink: String?
  let allTitle: String
  let none: String?

  static let mostShown = 8
}

/// Gathers a viewer's tasks: an office's by what they are, everybody else's one by one.
struct TaskMaker {
  let visit: Visit
  let post: Viewer.Post
  let overview: CycleOverview

  private struct Bundle {
    let kind: CycleTask.Kind
    let stage: String?
    let school: ID?
    var groups: [ID]
    var count: Int
    var due: Day?
  }

  /// - Parameter abouts: what stands beside a task instead of its usual words, by kind.
  func panel(abouts: [CycleTask.Kind: String] = [:], area: Set<ID>? = nil) -> TaskPanel {
    let bundles = bundles(area).sorted { a, b in
      (a.due ?? Day.far, order(a.kind)) < (b.due ?? Day.far, order(b.kind))
    }
    let showsAll = visit.query("tasks") == "all"
    let shown = showsAll ? bundles[...] : bundles.prefix(TaskPanel.mostShown)
    let rows = shown.enumerated().map { place, bundle in row(bundle, abouts[bundle.kind], isFirst: place == 0) }
    let lefts = bundles.compactMap { $0.due.map { $0.days(since: visit.now.day) } }
    var chips: [TaskPanel.Chip] = []
    for (kind, key, count) in [
      ("bad", "overdue", lefts.count { $0 < 0 }), ("bad", "today", lefts.count { $0 == 0 }),
      ("warn", "soon", lefts.count { (1...7).contains($0) }),
    ] where count > 0 {
      chips.append(TaskPanel.Chip(kind: kind, title: visit.text("overview.tasks.\(key)", ["count": .count(count)])))
    }
    return TaskPanel(
      rows: rows, chips: chips, count: bundles.count,
      allLink: shown.count < bundles.count
        ? Endpoint.root.link(
          query: [("cycle", Way.key(overview.cycle.authority, overview.cycle.id)), ("tasks", "all")]) : nil,
      allTitle: visit.text("overview.tasks.all", ["count": .count(bundles.count)]),
      none: rows.isEmpty ? visit.text("overview.tasks.none") : nil)
  }

  private func order(_ kind: CycleTask.Kind) -> Int { CycleTask.Kind.allCases.firstIndex(of: kind) ?? 0 }

  private func bundles(_ area: Set<ID>?) -> [Bundle] {
    let bundlesGroups = post.role == .office
    var bundles: [Bundle] = []
    var places: [String: Int] = [:]
    for task in mine(area) {
      let key = "\(task.kind.rawValue)/\(task.stage ?? "")/\(bundlesGroups ? "" : task.group?.description ?? "")"
      if let place = places[key] {
        if let group = task.group { bundles[place].groups.append(group) }
        bundles[place].count += task.count
        if let due = task.due { bundles[place].due = min(bundles[place].due ?? due, due) }
      } else {
        places[key] = bundles.count
        bundles.append(
          Bundle(
            kind: task.kind, stage: task.stage, school: task.school, groups: task.group.map { [$0] } ?? [],
            count: task.count, due: task.due))
      }
    }
    return bundles
  }

  private func mine(_ area: Set<ID>?) -> [CycleTask] {
    let own = overview.tasks.filter { task in
      task.isFor(post) && (area.map { area in task.group.map { area.contains($0) } ?? true } ?? true) && fits(task)
    }
    // Who evaluates without experts marks and hands in on the same page: one row says both.
    let evaluates = Set(own.filter { $0.kind == .evaluate }.compactMap(\.group))
    return own.filter { !($0.kind == .submit && $0.group.map { evaluates.contains($0) } ?? false) }
  }

  /// A lead school fills in the whole sheet; a share of it is a member's.
  private func fits(_ task: CycleTask) -> Bool {
    switch task.kind {
    case .fillIn where task.school != nil: post.role == .member
    case .fillIn, .submit, .evaluateMembers: post.role != .member || task.school != nil || isOfMembers(task)
    default: true
    }
  }

  /// Whether the stage is one where each member acts for itself.
  private func isOfMembers(_ task: CycleTask) -> Bool {
    task.stage.flatMap { overview.cycle.stage($0) }?.acts == .member
  }

  private func row(_ bundle: Bundle, _ about: String?, isFirst: Bool) -> TaskPanel.Row {
    let groups = bundle.groups.count == 1 ? bundle.groups.compactMap { overview.group($0) } : []
    let task = CycleTask(
      bundle.kind, stage: bundle.stage, holder: .thirdParty, due: bundle.due, count: bundle.count)
    let stage = bundle.stage.flatMap { overview.cycle.stage($0)?.title }
    let title = visit.words.text(task.title)
    return TaskPanel.Row(
      title: stage.map { visit.text("overview.task", ["stage": .text($0), "task": .text(title)]) } ?? title,
      about: about ?? self.about(bundle, groups), until: DueWords(visit, bundle.due),
      link: Way.task(bundle.kind, stage: bundle.stage, groups: groups, school: bundle.school, in: overview.cycle),
      action: visit.text("overview.action.\(bundle.kind.rawValue)"), isPrimary: isFirst)
  }

  private func about(_ bundle: Bundle, _ groups: [GroupOverview]) -> String {
    if groups.count == 1, let group = groups.first {
      return post.role.isOfSchool ? visit.text("overview.about.\(bundle.kind.rawValue)") : group.participant.name
    }
    return bundle.groups.isEmpty ? "" : visit.text("overview.groups", ["count": .count(bundle.groups.count)])
  }
}

extension Day {
  /// Behind every day there is: what has no last day comes last.
  static let far = Day(year: 2200, month: 12, day: 31) ?? Day(daysSince1970: 0)
}
