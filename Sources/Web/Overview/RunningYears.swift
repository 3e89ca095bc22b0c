import Cycles
import Notation
import People
import Policies
import Storage

/// The years that run for a viewer, each with where its groups stand, and the one that is looked at: years overlap, and
/// what is to be done in one is told while another is looked at.
struct RunningYears: Sendable {
  let all: [CycleSummary]
  /// The one that is looked at first, then the others, newest first.
  let overviews: [CycleOverview]
  let chosen: CycleOverview

  /// The one looked at is the one asked for, else that whose own day is nearest.
  init?(_ gathering: CycleGathering, _ overviews: [CycleOverview], for post: Viewer.Post) {
    var found = overviews.first
    if let named = gathering.named {
      found = overviews.first { $0.cycle.authority == named.authority && $0.cycle.id == named.id }
    } else {
      // Schools look at years that they take part in.
      let taking = post.role.isOfSchool ? overviews.filter { !$0.groups.isEmpty } : overviews
      found = taking.min { OwnDay.of($0, for: post) < OwnDay.of($1, for: post) } ?? found
    }
    guard let chosen = found else { return nil }
    all = gathering.all
    self.chosen = chosen
    self.overviews = [chosen] + overviews.filter { $0 !== chosen }
  }

  /// One year alone.
  init(_ overview: CycleOverview) {
    all = []
    overviews = [overview]
    chosen = overview
  }

  /// What a year is called beside a task of it: its school year, and whose it is where that isn't enough. Nil where only
  /// one runs.
  func name(of overview: CycleOverview, _ words: Catalogue) -> String? {
    guard overviews.count > 1 else { return nil }
    let year = words.schoolYear(overview.cycle.year)
    let isAlone = overviews.count { $0.cycle.year == overview.cycle.year } == 1
    return isAlone ? year : [year, overview.cycle.authorityName].joined(separator: " ")
  }
}

/// The nearest day that is somebody's own in a year.
struct OwnDay: Sendable, Comparable {
  /// 0: a day of one's own; 1: something to do without a day; 2: a day of others; 3: nothing.
  let rank: Int
  let day: Day

  static func of(_ overview: CycleOverview, for post: Viewer.Post) -> OwnDay {
    if let known = overview.kept("own day", as: OwnDay.self) { return known }
    let tasks = overview.tasks(of: post)
    let stages = overview.groups.compactMap { group in
      group.turn.stage.flatMap { overview.cycle.calendar.due($0.id, group: group.id) }
    }
    // Who answers for the whole year is called by its days as by their own.
    let watches = post.role == .office || post.role == .supervisor
    let own = tasks.compactMap(\.due) + (watches ? stages : [])
    let day =
      if let due = own.min() {
        OwnDay(rank: 0, day: due)
      } else if !tasks.isEmpty {
        OwnDay(rank: 1, day: .far)
      } else {
        OwnDay(rank: stages.isEmpty ? 3 : 2, day: stages.min() ?? .far)
      }
    overview.keep(day, "own day")
    return day
  }

  static func < (a: OwnDay, b: OwnDay) -> Bool { (a.rank, a.day) < (b.rank, b.day) }
}

extension CycleOverview {
  /// What somebody in a post has to do here.
  func tasks(of post: Viewer.Post) -> [CycleTask] {
    let own = tasks.filter { $0.isFor(post) && fits($0, post) }
    // Who evaluates without experts marks and hands in on the same page: one row says both.
    let evaluates = Set(own.filter { $0.kind == .evaluate }.compactMap(\.group))
    return own.filter { !($0.kind == .submit && $0.group.map { evaluates.contains($0) } ?? false) }
  }

  /// A lead school fills in the whole sheet; a share of it is a member's.
  private func fits(_ task: CycleTask, _ post: Viewer.Post) -> Bool {
    switch task.kind {
    case .fillIn where task.school != nil: post.role == .member
    case .fillIn, .submit, .evaluateMembers, .overdue:
      post.role != .member || task.school != nil || task.stage.flatMap { cycle.stage($0) }?.acts == .member
    default: true
    }
  }
}
