import Cycles
import Notation
import People
import Policies
import Storage

/// Which groups of a list are shown, in which order: all of it stands in the address.
struct GroupFilter {
  enum State: String, CaseIterable { case open, done, late, missing, returned, incomplete, out }
  enum Sort: String, CaseIterable { case registry, name, total, totalUp, item }

  var words: String?
  var area: ID?
  var form: String?
  var stage: String?
  var state: State?
  var item: String?
  var sort = Sort.registry
  var page = 1

  init(_ visit: Visit) {
    words = visit.query("q").map { String($0.prefix(100)) }
    area = visit.query("area").flatMap { ID($0) }
    form = visit.query("form")
    stage = visit.query("stage")
    state = visit.query("state").flatMap(State.init)
    item = visit.query("item")
    sort = visit.query("sort").flatMap(Sort.init) ?? .registry
    page = visit.number("page", in: .places) ?? 1
  }

  var query: [(String, String?)] {
    [
      ("q", words), ("area", area?.description), ("form", form), ("stage", stage), ("state", state?.rawValue),
      ("item", item), ("sort", sort == .registry ? nil : sort.rawValue), ("page", page == 1 ? nil : String(page)),
    ]
  }
}

/// A list read and filtered.
struct GroupListReading {
  let overview: CycleOverview
  let filter: GroupFilter
  /// The stage that states and totals are of.
  let stage: CycleStage?
  let item: Item?
  let found: [GroupOverview]
  /// The item's share of its points, by group.
  let shares: [ID: String]

  /// Five statements at most, and the session's.
  static func read(_ visit: Visit, _ post: Viewer.Post) async throws -> GroupListReading {
    let key = (authority: try visit.id("authority"), id: try visit.id("cycle"))
    let (site, now, filter) = (visit.site, visit.now, GroupFilter(visit))
    let read = try await site.database.read { transaction -> (CycleOverview, CycleStage?, [ID: Exact])? in
      guard
        let cycle = try CycleStore.choose(key, for: post.appointment, site.editions, transaction).cycle
      else { return nil }
      let overview = try site.overviews.overview(of: cycle, for: post.appointment, at: now, transaction)
      let stage = filter.stage.flatMap { cycle.stage($0) } ?? AreaScope.commonStage(overview.groups)
      guard let item = filter.item, let stage else { return (overview, stage, [:]) }
      return (
        overview, stage,
        try RateStore.scores(ofItem: item, stage: stage.id, of: cycle, for: post.appointment, transaction)
      )
    }
    guard let (overview, stage, scores) = read else { throw Refusal.notFound }
    let item = filter.item.flatMap { id in overview.cycle.policy.allItems.first { $0.id == id } }
    let shares = item.map { item in
      scores.mapValues { score in
        item.points.isZero ? "—" : (score * .hundred / item.points).fixed(places: 1) + "%"
      }
    }
    return GroupListReading(
      overview: overview, filter: filter, stage: stage, item: item,
      found: GroupListReading.found(visit, overview, filter, stage, scores), shares: shares ?? [:])
  }

  private static func found(
    _ visit: Visit, _ overview: CycleOverview, _ filter: GroupFilter, _ stage: CycleStage?, _ scores: [ID: Exact]
  ) -> [GroupOverview] {
    let words = filter.words?.lowercased()
    let matching = overview.groups.filter { group in
      let participant = group.participant
      if let words, !participant.name.lowercased().contains(words) { return false }
      if let form = filter.form, participant.form != form { return false }
      if let area = filter.area, overview.areas.part(of: area, holding: participant) == nil { return false }
      guard let state = filter.state, let stage else { return true }
      let sheet = group.sheet(stage.id)
      return fits(StageState.kind(group, stage, sheet, overview.cycle, at: visit.now), sheet, state)
    }
    guard let stage else { return matching }
    func total(_ group: GroupOverview) -> Exact? { group.sheet(stage.id)?.total }
    switch filter.sort {
    case .registry: return matching
    case .name: return matching.sorted { ($0.participant.name, $0.id) < ($1.participant.name, $1.id) }
    case .total: return sorted(matching, total, down: true)
    case .totalUp: return sorted(matching, total, down: false)
    case .item: return sorted(matching, { scores[$0.id] }, down: false)
    }
  }

  /// What has no number stands at the end either way.
  private static func sorted(
    _ groups: [GroupOverview], _ number: (GroupOverview) -> Exact?, down: Bool
  ) -> [GroupOverview] {
    groups.map { ($0, number($0)) }.sorted { a, b in
      switch (a.1, b.1) {
      case (let x?, let y?): x == y ? a.0.id < b.0.id : down ? x > y : x < y
      case (.some, nil): true
      case (nil, .some): false
      case (nil, nil): a.0.id < b.0.id
      }
    }.map(\.0)
  }

  private static func fits(
    _ kind: StageState.Kind, _ sheet: GroupOverview.SheetLine?, _ wanted: GroupFilter.State
  ) -> Bool {
    switch wanted {
    case .open: [.open, .returned, .waiting, .overdue].contains(kind)
    case .done: [.done, .late, .recommended].contains(kind)
    case .late: kind == .late
    case .missing: [.missing, .overdue].contains(kind)
    case .returned: kind == .returned
    case .incomplete: sheet?.isComplete == false
    case .out: [.out, .notRecommended].contains(kind)
    }
  }

  /// The parts of the viewer's authority; those without any are asked for none.
  func areaChoices(_ visit: Visit) -> [GroupListPage.Choice] {
    let districts = Set(overview.groups.map(\.participant.district))
    guard districts.count > 1 else { return [] }
    let all = GroupListPage.Choice(value: "", title: visit.text("overview.all.areas"), isChosen: filter.area == nil)
    let named = Dictionary(overview.groups.map { ($0.participant.district, $0.participant.districtName) }) { a, _ in a }
    let areas =
      overview.areas.all.isEmpty
      ? named.sorted { $0.key < $1.key }.map { (id: $0.key, name: $0.value) }
      : overview.areas.all.filter { area in districts.contains(area.id) || hasChildren(area.id) }
        .map { (id: $0.id, name: $0.name) }
    return [all]
      + areas.map {
        GroupListPage.Choice(value: $0.id.description, title: $0.name, isChosen: $0.id == filter.area)
      }
  }

  private func hasChildren(_ id: ID) -> Bool { overview.areas.all.contains { $0.parent == id } }
}
