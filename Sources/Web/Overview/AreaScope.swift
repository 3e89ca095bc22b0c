import Cycles
import Notation
import People
import Storage

/// The part of the authority that is looked at, and what it is divided into.
struct AreaScope {
  struct Part {
    let id: ID
    let name: String
    /// The area's own groups, of no part below it.
    let isOwn: Bool
    let groups: [GroupOverview]
  }

  let area: Areas.Area?
  let groups: [GroupOverview]
  /// In the order in which their first groups are registered; the area's own first.
  let parts: [Part]
  /// From the viewer's own authority down.
  let path: [Areas.Area]

  /// - Parameter wanted: a part of the viewer's authority; nil: all of it. Nil where it is none.
  init?(_ visit: Visit, _ overview: CycleOverview, area wanted: ID?, post: Viewer.Post) {
    let id = wanted ?? post.authority
    area = overview.areas[id]
    if wanted != nil, area == nil { return nil }
    path = area == nil ? [] : overview.areas.path(to: id)
    var groups: [GroupOverview] = []
    var byPart: [ID: [GroupOverview]] = [:]
    var order: [ID] = []
    for group in overview.groups {
      // A group reached otherwise than by an area, as an expert's, stands for its district.
      let part =
        area == nil ? group.participant.district : overview.areas.part(of: id, holding: group.participant)
      guard let part else { continue }
      groups.append(group)
      if byPart[part] == nil { order.append(part) }
      byPart[part, default: []].append(group)
    }
    self.groups = groups
    let own = order.filter { $0 == id }
    let isWhole = order == [id]
    parts = (own + order.filter { $0 != id }).map { part in
      Part(
        id: part,
        name: isWhole
          ? overview.areas[id]?.name ?? "" : AreaScope.name(visit, part, of: id, overview, byPart[part]?.first),
        isOwn: part == id, groups: byPart[part] ?? [])
    }
  }

  private static func name(
    _ visit: Visit, _ part: ID, of area: ID, _ overview: CycleOverview, _ first: GroupOverview?
  ) -> String {
    guard part == area, let found = overview.areas[area] else {
      return overview.areas[part]?.name ?? first?.participant.districtName ?? ""
    }
    return visit.text("overview.own.\(found.level)")
  }

  /// Whether there are parts to compare rather than only groups.
  var isDivided: Bool { parts.contains { !$0.isOwn } }

  /// What is closed next: of the stages that groups are at or their members evaluated at, the one with the nearest last
  /// day that is still to come, how many groups that concerns, and the day. Where none has a day, the stage that most of
  /// them are at. Nil where all are through.
  static func nearest(_ groups: [GroupOverview], in cycle: StoredCycle, on day: Day) -> Nearest? {
    var counts: [Place: Int] = [:]
    for group in groups {
      for stage in cycle.stages where group.turn.runs(stage) {
        guard let due = cycle.calendar.due(stage.id, group: group.id), due >= day else { continue }
        counts[Place(due: due, stage: stage), default: 0] += 1
      }
    }
    let first = counts.min { a, b in (a.key.due, a.key.stage.position) < (b.key.due, b.key.stage.position) }
    if let first { return Nearest(stage: first.key.stage, due: first.key.due, count: first.value) }
    return commonStage(groups).map { stage in
      Nearest(stage: stage, due: nil, count: groups.count { $0.turn.stage == stage })
    }
  }

  struct Nearest {
    let stage: CycleStage
    /// The last day; nil: none is to come.
    let due: Day?
    /// Groups that are at it.
    let count: Int
  }

  private struct Place: Hashable {
    let due: Day
    let stage: CycleStage
  }

  /// The stage that most of the groups are at; of two, the later one. Nil where all are through.
  static func commonStage(_ groups: [GroupOverview]) -> CycleStage? {
    var counts: [CycleStage: Int] = [:]
    for group in groups { if let stage = group.turn.stage { counts[stage, default: 0] += 1 } }
    return counts.max { ($0.value, $0.key.position) < ($1.value, $1.key.position) }?.key
  }
}
