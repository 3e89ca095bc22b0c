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

  /// Something to do, before it is known what else there is.
  struct Entry {
    let title: String
    let about: String
    let due: Day?
    let link: String
    let action: String
    /// Among those with the same last day: the lowest first.
    let order: Int
  }

  let rows: [Row]
  let chips: [Chip]
  let count: Int
  /// Where all of them stand, when not all are shown.
  let allLink: String?
  let allTitle: String
  let none: String?

  static let mostShown = 8
  /// So many groups of one task are named; of more it is told how many.
  static let mostNamed = 4
}

extension TaskPanel {
  /// The most urgent first.
  ///
  /// - Parameter home: the start page's address, on which all are asked for.
  init(_ visit: Visit, _ entries: [Entry], home: [(String, String?)] = [], most: Int = TaskPanel.mostShown) {
    let sorted = entries.sorted { a, b in (a.due ?? Day.far, a.order) < (b.due ?? Day.far, b.order) }
    let shown = visit.query("tasks") == "all" ? sorted[...] : sorted.prefix(most)
    let lefts = entries.compactMap { $0.due.map { $0.days(since: visit.now.day) } }
    rows = shown.enumerated().map { place, entry in
      Row(
        title: entry.title, about: entry.about, until: DueWords(visit, entry.due), link: entry.link,
        action: entry.action, isPrimary: place == 0)
    }
    chips = [
      ("bad", "overdue", lefts.count { $0 < 0 }), ("bad", "today", lefts.count { $0 == 0 }),
      ("warn", "soon", lefts.count { (1...7).contains($0) }),
    ].filter { $0.2 > 0 }.map { kind, key, count in
      Chip(kind: kind, title: visit.text("overview.tasks.\(key)", ["count": .count(count)]))
    }
    count = entries.count
    allLink = shown.count < sorted.count ? Endpoint.root.link(query: home + [("tasks", "all")]) : nil
    allTitle = visit.text("overview.tasks.all", ["count": .count(entries.count)])
    none = entries.isEmpty ? visit.text("overview.tasks.none") : nil
  }
}

/// Gathers a viewer's part in all years that run: an office's by what they are, everybody else's one by one.
struct TaskMaker {
  let visit: Visit
  let post: Viewer.Post
  let years: RunningYears

  private struct Bundle {
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

  func entries(about: About? = nil, area: Set<ID>? = nil) -> [TaskPanel.Entry] {
    years.overviews.flatMap { bundles($0, area) }.map { entry($0, about) }
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

  private func entry(_ bundle: Bundle, _ about: About?) -> TaskPanel.Entry {
    let overview = bundle.overview
    let groups = bundle.groups.count == 1 ? bundle.groups.compactMap { overview.group($0) } : []
    let task = CycleTask(
      bundle.kind, stage: bundle.stage, holder: .thirdParty, due: bundle.due, count: bundle.count)
    let stage = bundle.stage.flatMap { overview.cycle.stage($0)?.short }
    var title = visit.words.text(task.title)
    // «考核成员校（2 所）» says its stage itself.
    if let stage, !title.hasPrefix(stage) {
      title = visit.text("overview.task", ["stage": .text(stage), "task": .text(title)])
    }
    if let year = years.name(of: overview, visit.words) { title = visit.inYear(year, title) }
    let own = about.flatMap { about in
      about.kind == bundle.kind && about.overview === overview && bundle.groups == [about.group] ? about.words : nil
    }
    return TaskPanel.Entry(
      title: title, about: own ?? self.about(bundle, groups), due: bundle.due,
      link: Way.task(bundle.kind, stage: bundle.stage, groups: groups, school: bundle.school, in: overview.cycle),
      action: visit.text("overview.action.\(bundle.kind.rawValue)"), order: order(bundle.kind))
  }

  private func about(_ bundle: Bundle, _ groups: [GroupOverview]) -> String {
    let whose = groupsAbout(bundle, groups)
    if isClosed(bundle) {
      let by = visit.text("overview.about.closed", ["authority": .text(bundle.overview.cycle.authorityName)])
      return [whose, by].filter { !$0.isEmpty }.joined(separator: visit.text("frame.between"))
    }
    guard bundle.kind == .assignExperts else { return whose }
    // Where the pool is empty, somebody else comes first.
    let from = visit.text("overview.about.experts", ["authority": .text(bundle.overview.cycle.authorityName)])
    return [whose, from].filter { !$0.isEmpty }.joined(separator: visit.text("frame.between"))
  }

  /// Whether its sheets are closed since their last day: nothing helps but more time.
  private func isClosed(_ bundle: Bundle) -> Bool {
    guard let due = bundle.due, due < visit.now.day else { return false }
    return [.assignExperts, .evaluate, .submit, .lookAgain, .settleSecondLook, .recommend].contains(bundle.kind)
  }

  private func groupsAbout(_ bundle: Bundle, _ groups: [GroupOverview]) -> String {
    if groups.count == 1, let group = groups.first {
      let isOnly = post.role.isOfSchool && bundle.overview.groups.count == 1
      return isOnly ? visit.text("overview.about.\(bundle.kind.rawValue)") : group.participant.name
    }
    let names = bundle.groups.prefix(TaskPanel.mostNamed).compactMap { bundle.overview.group($0)?.participant.name }
    guard bundle.groups.count > names.count else {
      return visit.text("cycle.names", ["names": .names(names)])
    }
    return visit.text("overview.groups", ["count": .count(bundle.groups.count)])
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
