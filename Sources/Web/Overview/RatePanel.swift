import Cycles
import Notation
import Policies
import Storage

/// 得分率: the share of its points that each item has, as a picture, with the weakest items.
struct RatePanel {
  struct Legend {
    let title: String
    let background: String
  }

  struct Link {
    let title: String
    let link: String
  }

  struct StageTab {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  let title: String
  let stages: [StageTab]
  let svg: String
  let legend: [Legend]
  let tableLink: String
  let weakest: [Link]
  let hint: String
  let pager: PagingLinks
}

/// Which picture a scope of groups needs, and what it must be read from.
struct RatePlan {
  /// So many groups fit into one picture.
  static let most = 60

  enum Columns {
    /// Every group for itself, those from a number on.
    case groups(from: Int)
    /// The averages of the scope's parts.
    case parts
  }

  let stage: CycleStage
  let columns: Columns
  let shown: [GroupOverview]

  /// Nil where nothing is handed in yet.
  ///
  /// - Parameter wanted: a stage by its id; else the latest at which at least half of the groups have handed in, else the
  ///   latest at which any has.
  init?(_ scope: AreaScope, _ cycle: StoredCycle, stage wanted: String?, from: Int?) {
    let stages = RatePlan.stages(scope, cycle)
    let ready = stages.last { stage in
      scope.groups.count { $0.progress.sheets[stage.id] != nil } * 2 >= scope.groups.count
    }
    guard let stage = stages.first(where: { $0.id == wanted }) ?? ready ?? stages.last else { return nil }
    self.stage = stage
    if scope.groups.count > Self.most, scope.parts.count > 1 {
      columns = .parts
      shown = scope.groups
    } else {
      let start = max(0, min((from ?? 1) - 1, scope.groups.count - 1)) / Self.most * Self.most
      columns = .groups(from: start)
      shown = Array(scope.parts.flatMap(\.groups).dropFirst(start).prefix(Self.most))
    }
  }

  /// The stages at which something is handed in.
  static func stages(_ scope: AreaScope, _ cycle: StoredCycle) -> [CycleStage] {
    cycle.stages.filter { stage in
      stage.hasGroupSheet && scope.groups.contains { $0.progress.sheets[stage.id] != nil }
    }
  }
}

/// The scores a plan asked for.
enum RateLines: Sendable {
  case groups([ItemRates.GroupLine])
  case districts([ItemRates.DistrictLine])

  static func read(
    _ plan: RatePlan, _ overview: CycleOverview, _ site: Site, for appointment: ID, at now: Instant,
    _ transaction: any Transaction
  ) throws -> RateLines {
    switch plan.columns {
    case .parts:
      .districts(
        try site.overviews.districts(plan.stage.id, of: overview, for: appointment, at: now, transaction))
    case .groups:
      .groups(
        try RateStore.groups(
          plan.shown.map(\.id), stage: plan.stage.id, of: overview.cycle, for: appointment, transaction))
    }
  }
}

/// Draws the picture.
struct RateMaker {
  let visit: Visit
  let overview: CycleOverview
  let scope: AreaScope
  let plan: RatePlan
  let lines: RateLines

  private var cycle: StoredCycle { overview.cycle }
  private var items: [Item] { cycle.policy.scheme?.items ?? [] }

  var panel: RatePanel {
    let map: HeatMap
    let averages: [Exact?]
    switch lines {
    case .groups(let lines): (map, averages) = ofGroups(lines)
    case .districts(let lines): (map, averages) = ofParts(lines)
    }
    let start = if case .groups(let from) = plan.columns { from } else { 0 }
    func page(_ from: Int) -> String? {
      guard case .groups = plan.columns, from >= 0, from < scope.groups.count else { return nil }
      return Way.dashboard(cycle, area: scope.area?.id, stage: plan.stage.id, from: from + 1)
    }
    return RatePanel(
      title: visit.text(
        "overview.rates", ["groups": .count(scope.groups.count), "items": .count(items.count)]),
      stages: RatePlan.stages(scope, cycle).map { stage in
        RatePanel.StageTab(
          title: stage.short, link: Way.dashboard(cycle, area: scope.area?.id, stage: stage.id),
          isCurrent: stage.id == plan.stage.id)
      },
      svg: map.svg, legend: legend,
      tableLink: Endpoint.rates.link(
        cycle.authority, cycle.id, query: [("area", scope.area?.id.description), ("stage", plan.stage.id)]),
      weakest: weakest(averages),
      hint: visit.text(isOfGroups ? "overview.rates.hint" : "overview.rates.parts"),
      pager: PagingLinks(title: "", previous: page(start - RatePlan.most), following: page(start + RatePlan.most)))
  }

  private var isOfGroups: Bool { if case .groups = plan.columns { true } else { false } }

  private var legend: [RatePanel.Legend] {
    Shade.allCases.map { RatePanel.Legend(title: visit.text($0.key), background: $0.colour) }
      + [RatePanel.Legend(title: visit.text("picture.missing"), background: Shade.hatching)]
  }

  private func rows() -> [HeatMap.Row] {
    var part: String?
    return items.map { item in
      defer { part = item.indicators.first }
      return HeatMap.Row(
        number: item.number, title: item.title,
        link: Endpoint.policyItem.link(cycle.edition, item.id), beginsPart: item.indicators.first != part)
    }
  }

  private func ofGroups(_ lines: [ItemRates.GroupLine]) -> (HeatMap, [Exact?]) {
    let byGroup = Dictionary(lines.map { ($0.group, $0) }) { first, _ in first }
    let shown = Set(plan.shown.map(\.id))
    let start = if case .groups(let from) = plan.columns { from } else { 0 }
    var number = start
    let blocks = scope.parts.compactMap { part -> HeatMap.Block? in
      let groups = part.groups.filter { shown.contains($0.id) }
      guard !groups.isEmpty else { return nil }
      let columns = groups.map { group in
        number += 1
        return HeatMap.Column(
          head: String(number), title: group.participant.name, link: Way.group(cycle, group.id))
      }
      return HeatMap.Block(
        title: "\(part.name) \(part.groups.count)",
        link: part.isOwn ? nil : Way.dashboard(cycle, area: part.id), columns: columns)
    }
    let groups = scope.parts.flatMap { $0.groups.filter { shown.contains($0.id) } }
    let prefixes = groups.map { group in
      byGroup[group.id].map { Way.sheet(cycle.authority, $0.sheet, item: "") } ?? Way.group(cycle, group.id)
    }
    let cells = items.map { item in
      groups.map { group in RateMaker.cell(item, byGroup[group.id]) }
    }
    let tails = items.map { Endpoint.escaped($0.id) }
    let map = HeatMap(
      rows: rows(), blocks: blocks, cells: cells,
      link: { row, column in byGroup[groups[column].id] == nil ? prefixes[column] : prefixes[column] + tails[row] },
      label: label)
    return (map, cells.map { RateMaker.mean($0) })
  }

  /// A group that hasn't handed in the stage's sheet has nothing there yet: neither a share nor a gap.
  static func cell(_ item: Item, _ line: ItemRates.GroupLine?) -> HeatMap.Cell {
    guard let line else { return .none }
    guard let score = line.scores[item.id] else { return .none }
    guard let score, !item.points.isZero else { return .missing }
    return .percent(score * .hundred / item.points)
  }

  static func mean(_ cells: [HeatMap.Cell]) -> Exact? {
    let percents = cells.compactMap { if case .percent(let percent) = $0 { percent } else { nil } }
    return percents.isEmpty ? nil : percents.reduce(.zero, +) / Exact(percents.count)
  }

  private func ofParts(_ lines: [ItemRates.DistrictLine]) -> (HeatMap, [Exact?]) {
    let area = scope.area?.id
    var sums: [ID: [String: (count: Int, sum: Exact)]] = [:]
    for line in lines {
      guard let part = area.flatMap({ overview.areas.part(of: $0, holding: line.district) }) else { continue }
      let before = sums[part]?[line.item] ?? (0, .zero)
      sums[part, default: [:]][line.item] = (before.count + line.scored, before.sum + line.sum)
    }
    let columns = scope.parts.map { part in
      HeatMap.Column(
        head: HeatMap.fitting(part.name, most: 12), title: "\(part.name) \(part.groups.count)",
        link: part.isOwn ? nil : Way.dashboard(cycle, area: part.id, stage: plan.stage.id))
    }
    let cells = items.map { item in
      scope.parts.map { part -> HeatMap.Cell in
        guard let (count, sum) = sums[part.id]?[item.id] else { return .none }
        guard count > 0, !item.points.isZero else { return .missing }
        return .percent(sum * .hundred / (item.points * Exact(count)))
      }
    }
    let averages = items.map { item -> Exact? in
      let all = sums.values.compactMap { $0[item.id] }
      let count = all.map(\.count).reduce(0, +)
      guard count > 0, !item.points.isZero else { return nil }
      return all.map(\.sum).reduce(.zero, +) * .hundred / (item.points * Exact(count))
    }
    let map = HeatMap(
      rows: rows(),
      blocks: [HeatMap.Block(title: visit.text("overview.rates.means"), link: nil, columns: columns)], cells: cells,
      link: { _, column in columns[column].link }, label: label)
    return (map, averages)
  }

  private var label: String {
    visit.text(
      "overview.rates.label",
      ["groups": .count(plan.shown.count), "items": .count(items.count), "stage": .text(plan.stage.title)])
  }

  private func weakest(_ averages: [Exact?]) -> [RatePanel.Link] {
    zip(items, averages).compactMap { item, average in average.map { (item, $0) } }
      .enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.prefix(3)
      .map { place in
        let (item, average) = place.element
        return RatePanel.Link(
          title: "\(item.name) \(average.fixed(places: 1))%",
          link: Way.list(
            cycle,
            [("area", scope.area?.id.description), ("item", item.id), ("stage", plan.stage.id), ("sort", "item")]))
      }
  }
}
