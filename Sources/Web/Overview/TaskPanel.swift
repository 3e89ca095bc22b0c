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

/// Gathers a viewer's tasks of all years that run: an office's by what they are, everybody else's one by one.
struct TaskMaker {
  let visit: Visit
  let post: Viewer.Post
  let years: RunningYears

  struct Bundle {
    let overview: CycleOverview
    let kind: CycleTask.Kind
    let stage: String?
    let school: ID?
    var groups: [ID]
    var count: Int
    var due: Day?
  }

  /// What stands beside a task instead of its usual words.
  struct About {
    let kind: CycleTask.Kind
    let overview: CycleOverview
    let group: ID
    let words: String
  }

  func panel(about: About? = nil, area: Set<ID>? = nil) -> TaskPanel {
    let bundles = bundles(area)
    let showsAll = visit.query("tasks") == "all"
    let shown = showsAll ? bundles[...] : bundles.prefix(TaskPanel.mostShown)
    let rows = shown.enumerated().map { place, bundle in row(bundle, about, isFirst: place == 0) }
    let lefts = bundles.compactMap { $0.due.map { $0.days(since: visit.now.day) } }
    var chips: [TaskPanel.Chip] = []
    for (kind, key, count) in [
      ("bad", "overdue", lefts.count { $0 < 0 }), ("bad", "today", lefts.count { $0 == 0 }),
      ("warn", "soon", lefts.count { (1...7).contains($0) }),
    ] where count > 0 {
      chips.append(TaskPanel.Chip(kind: kind, title: visit.text("overview.tasks.\(key)", ["count": .count(count)])))
    }
    let cycle = years.chosen.cycle
    return TaskPanel(
      rows: rows, chips: chips, count: bundles.count,
      allLink: shown.count < bundles.count
        ? Endpoint.root.link(query: [("cycle", Way.key(cycle.authority, cycle.id)), ("tasks", "all")]) : nil,
      allTitle: visit.text("overview.tasks.all", ["count": .count(bundles.count)]),
      none: rows.isEmpty ? visit.text("overview.tasks.none") : nil)
  }

  /// The most urgent first.
  func bundles(_ area: Set<ID>? = nil) -> [Bundle] {
    years.overviews.flatMap { bundles($0, area) }.sorted { a, b in
      (a.due ?? Day.far, order(a.kind)) < (b.due ?? Day.far, order(b.kind))
    }
  }

  private func order(_ kind: CycleTask.Kind) -> Int { CycleTask.Kind.allCases.firstIndex(of: kind) ?? 0 }

  private func bundles(_ overview: CycleOverview, _ area: Set<ID>?) -> [Bundle] {
    let bundlesGroups = post.role == .office
    var bundles: [Bundle] = []
    var places: [String: Int] = [:]
    for task in overview.tasks(of: post) {
      if let area, let group = task.group, !area.contains(group) { continue }
      let key = "\(task.kind.rawValue)/\(task.stage ?? "")/\(bundlesGroups ? "" : task.group?.description ?? "")"
      if let place = places[key] {
        if let group = task.group { bundles[place].groups.append(group) }
        bundles[place].count += task.count
        if let due = task.due { bundles[place].due = min(bundles[place].due ?? due, due) }
      } else {
        places[key] = bundles.count
        bundles.append(
          Bundle(
            overview: overview, kind: task.kind, stage: task.stage, school: task.school,
            groups: task.group.map { [$0] } ?? [], count: task.count, due: task.due))
      }
    }
    return bundles
  }

  func row(_ bundle: Bundle, _ about: About? = nil, isFirst: Bool) -> TaskPanel.Row {
    let overview = bundle.overview
    let groups = bundle.groups.count == 1 ? bundle.groups.compactMap { overview.group($0) } : []
    let task = CycleTask(
      bundle.kind, stage: bundle.stage, holder: .thirdParty, due: bundle.due, count: bundle.count)
    let stage = bundle.stage.flatMap { overview.cycle.stage($0)?.title }
    var title = visit.words.text(task.title)
    if let stage { title = visit.text("overview.task", ["stage": .text(stage), "task": .text(title)]) }
    if let year = years.name(of: overview, visit.words) { title = visit.inYear(year, title) }
    let own = about.flatMap { about in
      about.kind == bundle.kind && about.overview === overview && bundle.groups == [about.group] ? about.words : nil
    }
    return TaskPanel.Row(
      title: title, about: own ?? self.about(bundle, groups), until: DueWords(visit, bundle.due),
      link: Way.task(bundle.kind, stage: bundle.stage, groups: groups, school: bundle.school, in: overview.cycle),
      action: visit.text("overview.action.\(bundle.kind.rawValue)"), isPrimary: isFirst)
  }

  private func about(_ bundle: Bundle, _ groups: [GroupOverview]) -> String {
    let whose = groupsAbout(bundle, groups)
    guard bundle.kind == .assignExperts else { return whose }
    // Where the pool is empty, somebody else comes first.
    let from = visit.text("overview.about.experts", ["authority": .text(bundle.overview.cycle.authorityName)])
    return [whose, from].filter { !$0.isEmpty }.joined(separator: visit.text("frame.between"))
  }

  private func groupsAbout(_ bundle: Bundle, _ groups: [GroupOverview]) -> String {
    if groups.count == 1, let group = groups.first {
      let isOnly = post.role.isOfSchool && bundle.overview.groups.count == 1
      return isOnly ? visit.text("overview.about.\(bundle.kind.rawValue)") : group.participant.name
    }
    return bundle.groups.isEmpty ? "" : visit.text("overview.groups", ["count": .count(bundle.groups.count)])
  }
}

extension Visit {
  /// `2025—2026 学年 · 区级初评：评分`
  func inYear(_ year: String, _ words: String) -> String {
    text("overview.inYear", ["year": .text(year), "words": .text(words)])
  }
}

extension Day {
  /// Behind every day there is: what has no last day comes last.
  static let far = Day(year: 2200, month: 12, day: 31) ?? Day(daysSince1970: 0)
}
