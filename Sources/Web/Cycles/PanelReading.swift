import Cycles
import Notation
import People
import Policies
import Storage

/// The pool, the groups the viewer assigns experts to at a stage, and who is assigned: what the page and every change of
/// it are made of.
struct PanelReading {
  let cycle: StoredCycle
  let stage: CycleStage
  let overview: CycleOverview
  let pool: [PanelCandidate]
  let assigned: [PanelStore.Assigned]
  /// Those the viewer acts for and that may come to the stage, in the registry's order.
  let groups: [GroupOverview]

  /// Four statements and those of the overview.
  init(
    _ cycle: StoredCycle, stage id: String, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws {
    guard let stage = cycle.stage(id), stage.kind == .evaluation else { throw Refusal.notFound }
    self.cycle = cycle
    self.stage = stage
    let overview = try OverviewStore.overview(of: cycle, for: appointment, at: now, transaction)
    self.overview = overview
    let acting = try ActingStore.groups(at: id, of: cycle, by: appointment, transaction)
    groups = overview.groups.filter {
      acting.contains($0.id) && stage.mayHavePanel($0.turn, in: overview.progress)
    }
    let days = PanelReading.days(of: cycle, at: now)
    pool = try PanelStore.pool(within: appointment, during: days, on: now.day, transaction)
    let own = Set(groups.map(\.id))
    assigned = try PanelStore.assigned(
      at: id, of: cycle, for: appointment, during: days, on: now.day, transaction
    ).filter { own.contains($0.group) }
  }

  /// The cycle's days: from the first of its school year through the last of its stages.
  private static func days(of cycle: StoredCycle, at now: Instant) -> ClosedRange<Day> {
    let start = cycle.policy.yearStart
    let first = Day(year: cycle.year - 1, month: start.month, day: start.day) ?? now.day
    let last = cycle.stages.compactMap { cycle.calendar.due($0.id, group: nil) }.max() ?? now.day
    return min(first, now.day)...max(last, now.day)
  }

  /// Whose sheet isn't handed in yet.
  var open: [GroupOverview] { groups.filter { $0.sheet(stage.id)?.isSubmitted != true } }

  /// Whether a group has come to the stage: it is its turn, or its sheet is there already.
  func hasCome(_ group: GroupOverview) -> Bool { group.turn.runs(stage) || group.sheet(stage.id) != nil }

  /// How many experts a group is to have where the policy asks for them at this stage.
  var least: Int { max(1, stage.experts ?? 1) }

  static let most = 20

  func experts(of group: ID) -> [PanelStore.Assigned] { assigned.filter { $0.group == group } }

  /// A plan for the groups whose sheet is open. Those assigned whose post has ended don't count.
  func plan(size: Int, seed: String) -> PanelPlan {
    let places = Set(open.map(\.id))
    return PanelPlan(
      groups: open.map { PanelPlan.Group($0.participant) }, experts: pool.map(\.expert), size: size,
      avoidsDistrict: cycle.avoidsDistrict,
      existing: assigned.filter { places.contains($0.group) && $0.isInForce }.map {
        PanelPlan.Assignment(group: $0.group, expert: appointment(of: $0))
      }, seed: seed)
  }

  /// The pool's appointment of somebody assigned: a person may hold another one.
  private func appointment(of assigned: PanelStore.Assigned) -> ID {
    pool.first { $0.account == assigned.account }?.appointment ?? assigned.appointment
  }

  /// What stands against giving a group one more expert; nil: nothing does.
  func obstacle(_ candidate: PanelCandidate, _ group: GroupOverview) -> Message? {
    if experts(of: group.id).contains(where: { $0.account == candidate.account }) {
      return Message("panel.obstacle.assigned")
    }
    return candidate.obstacle(PanelPlan.Group(group.participant), avoidsDistrict: cycle.avoidsDistrict)
  }
}

/// How a plan is to be made, as the address says.
struct PanelTerms {
  static let longestSeed = 200

  let size: Int
  let seed: String
  /// Whether anybody asked for a plan.
  let isAsked: Bool

  /// - Parameter standard: the seed where none is given; shown, and free to be replaced.
  init(size: String?, seed: String?, _ reading: PanelReading, standard: String) {
    self.size = min(max(size?.number(in: .counts) ?? reading.least, reading.least), PanelReading.most)
    let typed = seed.map { String($0.prefix(PanelTerms.longestSeed)) }
    self.seed = typed ?? standard
    isAsked = seed != nil
  }
}
