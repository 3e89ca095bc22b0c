public import Cycles
public import Notation
import Synchronization

/// All groups of a cycle that an appointment reaches, and where each stands: what start pages, dashboards and group pages
/// are made of. A reference, because it is kept and shared; nothing of it changes.
public final class CycleOverview: Sendable {
  public let cycle: StoredCycle
  /// In the order of the registry.
  public let groups: [GroupOverview]
  public let progress: CycleProgress
  /// What is to do for the cycle as a whole.
  public let turn: CycleTurn
  public let areas: Areas
  /// The day the turns were derived on.
  public let day: Day
  private let places: [ID: Int]
  /// Tells this overview from every other. What is kept of it holds stamps: holding overviews, it would hold its holder.
  public let stamp = Stamp()
  /// What was made of it, by key: pages of thousands of groups are counted once.
  private let made = Mutex<[String: any Sendable]>([:])

  init(
    cycle: StoredCycle, groups: [GroupOverview], progress: CycleProgress, turn: CycleTurn, areas: Areas, day: Day
  ) {
    self.cycle = cycle
    self.groups = groups
    self.progress = progress
    self.turn = turn
    self.areas = areas
    self.day = day
    places = Dictionary(groups.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
  }

  public func group(_ id: ID) -> GroupOverview? { places[id].map { groups[$0] } }

  /// The same with some groups as they were read since; nil where one of them isn't among these.
  func renewed(by read: CycleOverview, _ changed: Set<ID>, at now: Instant) -> CycleOverview? {
    guard read.groups.allSatisfy({ group($0.id) != nil }) else { return nil }
    let groups = groups.compactMap { changed.contains($0.id) ? read.group($0.id) : $0 }
    let cycle = read.cycle
    return CycleOverview(
      cycle: cycle, groups: groups, progress: read.progress,
      turn: CycleTurn(
        groups.map(\.turn), in: read.progress, calendar: cycle.calendar, offices: cycle.offices, at: now),
      areas: read.areas, day: read.day)
  }

  public final class Stamp: Sendable {}

  /// So many things are kept at most.
  static let mostMade = 40

  /// What was made of the overview under a key before; nil: nothing yet.
  public func kept<T: Sendable>(_ key: String, as type: T.Type = T.self) -> T? {
    made.withLock { $0[key] } as? T
  }

  public func keep(_ value: some Sendable, _ key: String) {
    made.withLock { made in
      if made.count >= Self.mostMade { made = [:] }
      made[key] = value
    }
  }

  /// Everything somebody has to do now, group by group, then for the cycle.
  public var tasks: [CycleTask] { groups.flatMap(\.turn.tasks) + turn.tasks }
}

/// A group with its sheets and what has happened to it. A reference: there are thousands, and they are sorted, filtered and
/// counted.
public final class GroupOverview: Sendable {
  /// A sheet as one row tells it, without what was entered.
  public struct SheetLine: Sendable, Hashable {
    public let id: ID
    public let stage: String
    /// The member school it is of, where the stage has one for each.
    public let school: ID?
    public let submittedAt: Instant?
    public let base: Exact?
    public let bonus: Exact?
    public let total: Exact?
    public let grade: String?
    /// Whether every item is scored; nil while it is open.
    public let isComplete: Bool?
    /// When it was given back the last time; only while it is open.
    public let returnedAt: Instant?
    public let returnReason: String?

    public var isSubmitted: Bool { submittedAt != nil }
  }

  public struct LaidVeto: Sendable, Hashable {
    public let veto: String
    public let reason: String
    public let at: Instant
  }

  public let progress: GroupProgress
  public let turn: Turn
  public let sheets: [SheetLine]
  /// Those in force.
  public let vetoes: [LaidVeto]

  init(progress: GroupProgress, turn: Turn, sheets: [SheetLine], vetoes: [LaidVeto]) {
    self.progress = progress
    self.turn = turn
    self.sheets = sheets
    self.vetoes = vetoes
  }

  public var participant: Participant { progress.participant }
  public var id: ID { participant.group }

  /// The group's own sheet at a stage.
  public func sheet(_ stage: String) -> SheetLine? { sheets.first { $0.stage == stage && $0.school == nil } }

  public func sheet(_ stage: String, of school: ID) -> SheetLine? {
    sheets.first { $0.stage == stage && $0.school == school }
  }

  /// The last sheet of the group that is submitted, in the order of stages.
  public func lastSubmitted(_ calendar: CycleCalendar) -> SheetLine? {
    calendar.stages.reversed().lazy.filter(\.hasGroupSheet).compactMap { stage in
      self.sheet(stage.id).flatMap { $0.isSubmitted ? $0 : nil }
    }.first
  }
}

/// The authorities within an appointment's own, as a tree.
public struct Areas: Sendable {
  public struct Area: Sendable, Hashable {
    public let id: ID
    public let parent: ID?
    public let name: String
    public let level: String
  }

  public let all: [Area]
  private let byID: [ID: Area]

  public init(_ all: [Area]) {
    self.all = all
    byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
  }

  public subscript(id: ID) -> Area? { byID[id] }

  /// The child of `area` that a district lies in; the area itself where the district is the area; nil where it lies
  /// elsewhere.
  public func part(of area: ID, holding district: ID) -> ID? {
    var place = district
    if place == area { return area }
    // The tree is as deep as there are levels; the bound only keeps a wrong table from turning in a circle.
    for _ in 0..<8 {
      guard let parent = byID[place]?.parent else { return nil }
      if parent == area { return place }
      place = parent
    }
    return nil
  }

  /// The child of `area` that a group lies in, by the authority it answers to, else by its lead school's.
  public func part(of area: ID, holding group: Participant) -> ID? {
    part(of: area, holding: group.district) ?? group.lead?.authority.flatMap { part(of: area, holding: $0) }
  }

  /// From the top down to the area itself.
  public func path(to area: ID) -> [Area] {
    var path: [Area] = []
    var place: ID? = area
    while let id = place, let found = byID[id], path.count < 8 {
      path.append(found)
      place = found.parent
    }
    return path.reversed()
  }
}
