import Notation
import Policies
public import Rules

/// The way of one group through the stages, up to the one it is at.
struct TurnWalk {
  let group: GroupProgress
  let cycle: CycleProgress
  let calendar: CycleCalendar
  let offices: CycleOffices
  let working: WorkingDays
  let now: Instant
  var tasks: [CycleTask] = []
  var missed: [CycleStage] = []
  var awaitsDraw = false
  var out: (stage: CycleStage, why: Turn.Out)?
  /// A stage of the members that is still open beside the group's way.
  private(set) var beside: CycleStage?
  /// What the last completed evaluation came to.
  private var reached: GroupProgress.Submitted?

  init(
    group: GroupProgress, cycle: CycleProgress, calendar: CycleCalendar, offices: CycleOffices, working: WorkingDays,
    now: Instant
  ) {
    self.group = group
    self.cycle = cycle
    self.calendar = calendar
    self.offices = offices
    self.working = working
    self.now = now
  }

  private var participant: Participant { group.participant }

  /// After the last stage: confirmed and, where a policy has no stage for it, made public.
  var end: Turn.Place { cycle.published == nil ? .confirmation : .published }

  /// Where the group is if it is at this stage; nil: it has passed it.
  mutating func visit(_ stage: CycleStage) -> Turn.Place? {
    switch stage.kind {
    case .selfEvaluation: return fillIn(stage)
    case .members: return members(stage)
    case .report: return report(stage)
    case .recommendation: return recommend(stage)
    case .evaluation: return evaluate(stage)
    case .objection: return objection(stage)
    case .publication: return publication(stage)
    }
  }

  private mutating func add(_ kind: CycleTask.Kind, _ stage: CycleStage, school: ID? = nil, count: Int = 1) {
    guard let actor = stage.acts else { return }
    for holder in offices.holders(of: actor, for: participant) {
      add(kind, stage, holder: holder, school: school, count: count)
    }
  }

  private mutating func add(
    _ kind: CycleTask.Kind, _ stage: CycleStage, holder: Holder, school: ID? = nil, count: Int = 1
  ) {
    // What is confirmed is closed: nothing is left to fill in, to hand in or to chase.
    guard cycle.confirmed == nil else { return }
    tasks.append(
      CycleTask(
        kind, stage: stage.id, holder: holder, group: participant.group, school: school,
        due: calendar.due(stage.id, group: participant.group), count: count))
  }

  private func isOver(_ stage: CycleStage) -> Bool {
    calendar.isOver(stage.id, group: participant.group, at: now)
  }

  /// A stage that schools let pass doesn't hold up the year: they and who comes next are told, who may extend it, until
  /// the group has been evaluated without it.
  private mutating func miss(_ stage: CycleStage) {
    missed.append(stage)
    guard !calendar.stages.contains(where: { $0.position > stage.position && group.sheets[$0.id] != nil }) else {
      return
    }
    add(.overdue, stage)
    add(.chase, stage, holder: .authority(participant.district))
  }

  private mutating func fillIn(_ stage: CycleStage) -> Turn.Place? {
    if group.sheets[stage.id] != nil { return nil }
    if isOver(stage) {
      miss(stage)
      return nil
    }
    add(.fillIn, stage)
    add(.submit, stage)
    // The lead school's sheet holds facts of every school.
    if stage.acts == .lead {
      for member in participant.members { add(.fillIn, stage, holder: .school(member.id), school: member.id) }
    }
    return .at(stage)
  }

  private mutating func members(_ stage: CycleStage) -> Turn.Place? {
    let open = participant.members.filter { !(group.members[stage.id] ?? []).contains($0.id) }
    if open.isEmpty { return nil }
    if isOver(stage) {
      miss(stage)
      return nil
    }
    add(.evaluateMembers, stage, count: open.count)
    // The next sheets are open already: who marks them is told now, not when the members' last day has passed.
    if cycle.confirmed == nil { beside = beside ?? stage }
    return nil
  }

  private mutating func report(_ stage: CycleStage) -> Turn.Place? {
    if !group.reports.contains(stage.id), !isOver(stage) { add(.handInReport, stage) }
    return nil
  }

  private mutating func recommend(_ stage: CycleStage) -> Turn.Place? {
    guard out == nil else { return nil }
    if let decided = group.recommended[stage.id] {
      if !decided { out = (stage, .notRecommended) }
      return nil
    }
    if let reached, !StageGate.admits(participant, reached, among: stage.among) {
      out = (stage, .notAmong)
      return nil
    }
    // Those a draw is announced without aren't recommended any more.
    if calendar.stages.contains(where: { $0.position > stage.position && cycle.draws[$0.id] != nil }) {
      out = (stage, .notRecommended)
      return nil
    }
    add(.recommend, stage)
    return .at(stage)
  }

  private mutating func evaluate(_ stage: CycleStage) -> Turn.Place? {
    guard out == nil else { return nil }
    if let submitted = group.sheets[stage.id] {
      reached = submitted
      return nil
    }
    if let among = stage.among, !StageGate.admits(participant, reached, among: among) {
      out = (stage, .notAmong)
      return nil
    }
    if stage.draw != nil {
      // Announcing and drawing are the cycle's tasks, not a group's (`CycleTurn`).
      guard case .drawn(let drawn) = cycle.draws[stage.id] else {
        awaitsDraw = true
        return .at(stage)
      }
      guard drawn.contains(participant.group) else {
        out = (stage, .notDrawn)
        return nil
      }
    }
    evaluation(stage)
    return .at(stage)
  }

  private mutating func evaluation(_ stage: CycleStage) {
    let experts = group.experts[stage.id] ?? []
    let open = experts.filter { !$0.isDone }
    for expert in open { add(.evaluate, stage, holder: .expert(expert.appointment)) }
    if experts.isEmpty {
      // Where experts are asked for, finding them comes first: what follows is told once they are there.
      guard stage.experts == nil else { return add(.assignExperts, stage) }
      add(.evaluate, stage)
    }
    let looks = group.secondLooks[stage.id] ?? 0
    if looks > 0 {
      for expert in experts { add(.lookAgain, stage, holder: .expert(expert.appointment), count: looks) }
      add(.settleSecondLook, stage, count: looks)
    }
    if open.isEmpty, looks == 0 { add(.submit, stage) }
  }

  private mutating func objection(_ stage: CycleStage) -> Turn.Place? {
    guard let confirmed = cycle.confirmed else { return .confirmation }
    let isBefore = !calendar.stages.contains { $0.kind == .publication && $0.position < stage.position }
    guard let announced = isBefore ? confirmed : cycle.published else { return .confirmation }
    let extended = calendar.holdingExtension(of: stage.id, group: participant.group)?.due
    guard let window = ObjectionWindow(stage, announced: announced, working: working, extended: extended) else {
      return nil
    }
    if group.objections > 0 {
      tasks.append(
        CycleTask(
          .answerObjection, stage: stage.id, holder: .authority(offices.cycle), group: participant.group,
          due: window.lastDay, count: group.objections))
    } else if window.isOpen(at: now), let lead = participant.lead {
      tasks.append(
        CycleTask(
          .object, stage: stage.id, holder: .school(lead.id), group: participant.group, due: window.lastDay))
    }
    let isOver = window.isOver(at: now) || (isBefore && cycle.isCorrection)
    return isOver && group.objections == 0 ? nil : .at(stage)
  }

  private func publication(_ stage: CycleStage) -> Turn.Place? {
    if cycle.confirmed == nil { return .confirmation }
    return cycle.published == nil ? .at(stage) : nil
  }
}

/// Whether a group meets what a stage asks of those that come to it.
public enum StageGate {
  /// - Parameters:
  ///   - reached: what the group came to at the stage before; nil: nothing is completed.
  ///   - among: nil: all are admitted. What an evaluation doesn't know yet (ranks, years before) is missing.
  public static func admits(_ group: Participant, _ reached: GroupProgress.Submitted?, among: Expression?) -> Bool {
    guard let among else { return true }
    let scope = Scope { name in
      switch name {
      case "grade": reached?.grade.map { .text($0) } ?? .missing
      case "total": reached?.total.map { .number($0) } ?? .missing
      case "base": reached?.base.map { .number($0) } ?? .missing
      case "bonus": reached?.bonus.map { .number($0) } ?? .missing
      case "form": group.form.map { .text($0) } ?? .missing
      case "district": .text(group.districtName)
      case "members": .number(Exact(group.members.count))
      case "schools": .number(Exact(group.schools.count))
      default: .missing
      }
    }
    return (try? among.holds(in: scope)) ?? false
  }
}
