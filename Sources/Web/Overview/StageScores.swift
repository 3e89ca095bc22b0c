import Cycles
import Notation
import Policies
import Storage

/// 各阶段得分: how many totals there are at each stage, how high, in which grades; where a stage lowered most.
struct StageScores {
  struct Row {
    let title: String
    let count: Int
    let mean: String
    let most: String
    let least: String
    let grades: [TaskPanel.Chip]
  }

  struct Drop {
    let name: String
    let link: String
    let points: String
  }

  let rows: [Row]
  let drops: [Drop]
  let dropsTitle: String

  /// Nil where nothing is handed in yet.
  init?(_ visit: Visit, _ overview: CycleOverview, _ groups: [GroupOverview]) {
    let cycle = overview.cycle
    let places = cycle.policy.rounding.places
    let stages = cycle.stages.filter(\.hasGroupSheet)
    rows = stages.compactMap { stage in
      let sheets = groups.compactMap { $0.sheet(stage.id) }.filter { $0.isSubmitted && $0.isComplete == true }
      let totals = sheets.compactMap(\.total)
      guard let most = totals.max(), let least = totals.min() else { return nil }
      let mean = (totals.reduce(.zero, +) / Exact(totals.count)).rounded(Rounding(places: places, mode: .halfUp))
      return Row(
        title: stage.short, count: totals.count, mean: mean.shown(places), most: most.shown(places),
        least: least.shown(places), grades: StageScores.grades(sheets.compactMap(\.grade), cycle.policy))
    }
    guard !rows.isEmpty else { return nil }
    let found = StageScores.drops(groups, stages, cycle, visit)
    drops = found.map(\.drop)
    dropsTitle =
      found.isEmpty
      ? ""
      : visit.text("overview.drops", ["from": .text(found[0].from), "to": .text(found[0].to)])
  }

  private static func grades(_ names: [String], _ policy: Policy) -> [TaskPanel.Chip] {
    let grades = policy.grading?.grades ?? []
    return grades.enumerated().compactMap { place, grade in
      let count = names.count { $0 == grade.name }
      guard count > 0 else { return nil }
      return TaskPanel.Chip(kind: GradeChip.kind(place, of: grades.count), title: "\(grade.name) \(count)")
    }
  }

  /// The three groups whose total fell most between the last two stages that have any.
  private static func drops(
    _ groups: [GroupOverview], _ stages: [CycleStage], _ cycle: StoredCycle, _ visit: Visit
  ) -> [(drop: Drop, from: String, to: String)] {
    let scored = stages.filter { stage in groups.contains { $0.sheet(stage.id)?.total != nil } }
    guard scored.count > 1 else { return [] }
    let (from, to) = (scored[scored.count - 2], scored[scored.count - 1])
    let falls = groups.compactMap { group -> (group: GroupOverview, fall: Exact)? in
      guard let before = group.sheet(from.id)?.total, let after = group.sheet(to.id)?.total, after < before else {
        return nil
      }
      return (group, before - after)
    }.sorted { ($1.fall, $0.group.id) < ($0.fall, $1.group.id) }.prefix(3)
    return falls.map { group, fall in
      let drop = Drop(
        name: group.participant.name, link: Way.group(cycle, group.id),
        points: (-fall).shown(cycle.policy.rounding.places))
      return (drop, from.short, to.short)
    }
  }
}

/// A grade's chip: the best is good, the last bad, those between carry less.
enum GradeChip {
  static func kind(_ place: Int, of count: Int) -> String {
    if place == 0 { return "ok" }
    if place == count - 1 { return "bad" }
    return place == 1 ? "info" : ""
  }

  static func kind(_ grade: String?, _ policy: Policy) -> String {
    guard let grade, let place = policy.grading?.position(grade) else { return "" }
    return kind(place, of: policy.grading?.grades.count ?? 0)
  }
}
