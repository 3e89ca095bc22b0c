import Cycles
import Notation
import Policies
import Storage

/// 各区进度: how far the parts of an area are, stage by stage, with the sums below.
struct ProgressTable {
  struct Column {
    let title: String
    let hasBar: Bool
  }

  struct Cell {
    /// Its column, for where a row stands alone.
    let column: String
    let number: String
    /// ` / 22`; empty where there is nothing to compare.
    let outOf: String
    let hasBar: Bool
    let percent: Int
    let label: String
  }

  struct Row {
    let name: String
    let link: String?
    let groups: Int
    let cells: [Cell]
    let next: String
    let nextColour: String
  }

  let columns: [Column]
  let rows: [Row]
  let sum: Row
  let asOf: String
  let bookLink: String?
}

/// Counts an area's parts.
struct ProgressMaker {
  let visit: Visit
  let overview: CycleOverview
  let scope: AreaScope

  private var stages: [CycleStage] { overview.cycle.stages.filter(\.isCounted) }

  var table: ProgressTable {
    let rows = scope.parts.map { part in
      row(part.name, link: part.isOwn ? nil : Way.dashboard(overview.cycle, area: part.id), part.groups)
    }
    return ProgressTable(
      columns: stages.flatMap { columns($0) }, rows: rows,
      sum: row(visit.text("overview.sum"), link: nil, scope.groups),
      asOf: visit.text("overview.asOf", ["when": .text(visit.moment(visit.now))]),
      bookLink: Endpoint.progressBook.link(
        overview.cycle.authority, overview.cycle.id, query: [("area", scope.area?.id.description)]))
  }

  private func columns(_ stage: CycleStage) -> [ProgressTable.Column] {
    guard stage.kind == .recommendation else { return [ProgressTable.Column(title: stage.short, hasBar: true)] }
    return [
      ProgressTable.Column(title: stage.short, hasBar: false),
      ProgressTable.Column(title: visit.text("overview.against"), hasBar: false),
    ]
  }

  private func row(_ name: String, link: String?, _ groups: [GroupOverview]) -> ProgressTable.Row {
    let counts = stages.map { StageCount(groups, at: $0, in: overview.cycle, now: visit.now) }
    let cells = zip(stages, counts).flatMap { self.cells($0, $1) }
    let (next, colour) = next(groups, counts)
    return ProgressTable.Row(
      name: name, link: link, groups: groups.count, cells: cells, next: next, nextColour: colour)
  }

  private func cells(_ stage: CycleStage, _ count: StageCount) -> [ProgressTable.Cell] {
    func plain(_ number: Int, _ column: String) -> ProgressTable.Cell {
      ProgressTable.Cell(column: column, number: String(number), outOf: "", hasBar: false, percent: 0, label: "")
    }
    if stage.kind == .recommendation {
      return [plain(count.done, stage.short), plain(count.against, visit.text("overview.against"))]
    }
    return [
      ProgressTable.Cell(
        column: stage.short, number: String(count.done), outOf: "/ \(count.expected)", hasBar: true,
        percent: count.percent,
        label: "\(stage.title) \(count.done) / \(count.expected)")
    ]
  }

  /// What comes next: what is overdue, else the stage with the nearest last day and whom it concerns.
  private func next(_ groups: [GroupOverview], _ counts: [StageCount]) -> (String, String) {
    let overdue = counts.map(\.overdue).reduce(0, +)
    if overdue > 0 { return (visit.text("overview.next.overdue", ["count": .count(overdue)]), "badc") }
    guard let next = AreaScope.nearest(groups, in: overview.cycle, on: visit.now.day) else {
      return (visit.text(overview.cycle.published == nil ? "overview.next.confirm" : "overview.next.published"), "")
    }
    guard let due = next.due else { return (next.stage.short, "") }
    let parts: [String: Message.Part] = [
      "stage": .text(next.stage.short), "day": .text(visit.day(due)), "count": .count(next.count),
    ]
    return (
      visit.text(next.count < groups.count ? "overview.next.some" : "overview.next", parts),
      DueWords.colour(due.days(since: visit.now.day))
    )
  }
}
