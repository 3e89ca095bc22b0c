import Cycles
import Notation
import Policies
import Storage

/// How a group stands at a stage, in a word of at most five characters and, where it is done, its total.
struct StageState {
  enum Kind: String, CaseIterable {
    case done, late, open, overdue, returned, missing, waiting, out, recommended, notRecommended, none
  }

  let kind: Kind
  /// `ok`, `info`, `warn`, `bad` or nothing.
  let chip: String
  let word: String
  let sheet: GroupOverview.SheetLine?

  init(_ visit: Visit, _ group: GroupOverview, at stage: CycleStage, in cycle: StoredCycle) {
    let sheet = group.sheet(stage.id)
    self.sheet = sheet
    kind = StageState.kind(group, stage, sheet, cycle, at: visit.now)
    switch kind {
    case .done, .recommended: chip = "ok"
    case .open: chip = "info"
    case .late, .waiting: chip = "warn"
    case .overdue, .returned, .missing: chip = "bad"
    case .out, .notRecommended, .none: chip = ""
    }
    if kind == .out, let out = group.turn.out {
      word = visit.words.text(out.why.message)
    } else {
      word = visit.text("overview.state.\(kind.rawValue)")
    }
  }

  static func kind(
    _ group: GroupOverview, _ stage: CycleStage, _ sheet: GroupOverview.SheetLine?, _ cycle: StoredCycle,
    at now: Instant
  ) -> Kind {
    if stage.kind == .recommendation, let decided = group.progress.recommended[stage.id] {
      return decided ? .recommended : .notRecommended
    }
    if stage.kind == .report, group.progress.reports.contains(stage.id) { return .done }
    if let at = sheet?.submittedAt {
      return cycle.calendar.timeliness(stage.id, group: group.id, at: at) == .late ? .late : .done
    }
    if let out = group.turn.out, out.stage.position <= stage.position { return .out }
    if sheet?.returnedAt != nil { return .returned }
    if group.turn.missed.contains(where: { $0.id == stage.id }) { return .missing }
    guard group.turn.runs(stage) else { return .none }
    if cycle.calendar.isOver(stage.id, group: group.id, at: now) { return .overdue }
    if stage.draw != nil, sheet == nil { return .waiting }
    return .open
  }
}

extension CycleStage {
  /// Whether a table of groups has a column for it.
  var isCounted: Bool {
    switch kind {
    case .selfEvaluation, .members, .evaluation, .recommendation, .report: true
    case .objection, .publication: false
    }
  }
}

/// How far some groups are at a stage.
struct StageCount {
  /// Groups, or member schools at a stage of members.
  let done: Int
  let expected: Int
  /// Of a recommendation: those decided against.
  let against: Int
  let overdue: Int

  init(_ groups: [GroupOverview], at stage: CycleStage, in cycle: StoredCycle, now: Instant) {
    var (done, expected, against, overdue) = (0, 0, 0, 0)
    for group in groups {
      let isOut = group.turn.out.map { $0.stage.position <= stage.position && $0.stage.id != stage.id } ?? false
      switch stage.kind {
      case .members:
        expected += group.participant.members.count
        done += group.progress.members[stage.id]?.count ?? 0
      case .recommendation:
        expected += isOut ? 0 : 1
        switch group.progress.recommended[stage.id] {
        case true?: done += 1
        case false?: against += 1
        case nil: if group.turn.out?.stage.id == stage.id { against += 1 }
        }
      case .report:
        expected += 1
        done += group.progress.reports.contains(stage.id) ? 1 : 0
      default:
        let isDone = group.progress.sheets[stage.id] != nil
        let isLeft = group.turn.out.map { $0.stage.position <= stage.position } ?? false
        expected += isDone || !isLeft ? 1 : 0
        done += isDone ? 1 : 0
      }
      let isHere = group.turn.stage?.id == stage.id || group.turn.missed.contains { $0.id == stage.id }
      if isHere, cycle.confirmedAt == nil, cycle.calendar.isOver(stage.id, group: group.id, at: now) { overdue += 1 }
    }
    self.done = done
    self.expected = expected
    self.against = against
    self.overdue = overdue
  }

  /// Whole percent for a bar.
  var percent: Int { expected == 0 ? 0 : min(100, done * 100 / expected) }
}
