public import Cycles
public import Notation
import Policies

extension CycleStore {
  /// Records another day for a stage as somebody entered it. The authority that runs the cycle may do so for every stage,
  /// of all groups or of one; any other for its own groups, one by one, where their schools act.
  ///
  /// Throws `CycleFault` with all that stands against it.
  public static func extend(
    stage id: String?, group: ID?, due: Day?, reason: String?, of cycle: StoredCycle, for appointment: ID,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard let stage = id.flatMap({ cycle.stage($0) }) else { throw CycleFault.invalid("extension.fault.stage") }
    try mayExtend(stage, group: group, of: cycle, for: appointment, transaction)
    _ = try cycle.changeable
    var faults: [Message] = []
    if reason == nil { faults.append(Message("extension.fault.reason")) }
    if let due {
      if due < now.day { faults.append(Message("extension.fault.past", ["today": .text(now.day.text)])) }
      if let opens = stage.opens, due < opens {
        faults.append(Message("extension.fault.opens", ["opens": .text(opens.text)]))
      }
    } else {
      faults.append(Message("extension.fault.day"))
    }
    guard faults.isEmpty, let due, let reason else { throw CycleFault(faults) }
    try extend(
      Extension(stage: stage.id, group: group, due: due, reason: reason, at: now, by: actor.account),
      authority: cycle.authority, cycle: cycle.id, by: actor, transaction)
  }

  private static func mayExtend(
    _ stage: CycleStage, group: ID?, of cycle: StoredCycle, for appointment: ID, _ transaction: any Transaction
  ) throws {
    let runs = try transaction.row(
      "SELECT 1 AS one FROM cycle c WHERE c.authority = $1 AND c.id = $2 AND \(CycleScope.isRun(by: "$3"))",
      [.id(cycle.authority), .id(cycle.id), .id(appointment)])
    if runs != nil {
      guard let group else { return }
      let takesPart = try transaction.row(
        "SELECT 1 AS one FROM participant WHERE authority = $1 AND cycle = $2 AND grp = $3",
        [.id(cycle.authority), .id(cycle.id), .id(group)])
      guard takesPart != nil else { throw CycleFault.invalid("extension.fault.group") }
      return
    }
    guard let group, stage.isOfSchools,
      try ActingStore.ownGroups(of: cycle, by: appointment, transaction).contains(group)
    else { throw CycleFault.forbidden }
  }

  /// Opens the sheets of groups that have come to a stage and have none: those that let the stage before pass. Opening
  /// them again changes nothing.
  ///
  /// Throws `CycleFault` where the appointment acts for none of them, or there are none.
  public static func openSheets(
    at stage: CycleStage, in overview: CycleOverview, for appointment: ID, at now: Instant, by actor: Actor,
    ids: IDMaker, _ transaction: any Transaction
  ) throws {
    let cycle = try overview.cycle.changeable
    let acting = try ActingStore.groups(at: stage.id, of: cycle, by: appointment, transaction)
    let waiting = overview.waiting(at: stage).filter { acting.contains($0.id) }
    guard !waiting.isEmpty else { throw CycleFault.conflict("cycle.fault.nobodyWaits") }
    for group in waiting {
      try SheetStore.make(stage, of: group.participant, in: cycle, at: now, ids: ids, transaction)
      transaction.record(
        AuditEntry(
          authority: cycle.authority, at: now, actor: actor, action: "sheet.opened", object: "group/\(group.id)",
          after: JSONText.object([("cycle", .id(cycle.id)), ("stage", .text(stage.id))]).text))
    }
  }
}

extension CycleStage {
  /// Whether schools act here.
  public var isOfSchools: Bool { acts == .lead || acts == .member }
}

extension CycleOverview {
  /// Groups whose turn it is at a stage of the group's own sheet, but whose sheet nobody has opened.
  public func waiting(at stage: CycleStage) -> [GroupOverview] {
    guard stage.hasGroupSheet else { return [] }
    return groups.filter { group in
      guard group.turn.stage?.id == stage.id, group.sheet(stage.id) == nil else { return false }
      guard stage.draw != nil else { return true }
      guard case .drawn(let drawn) = progress.draws[stage.id] else { return false }
      return drawn.contains(group.id)
    }
  }
}
