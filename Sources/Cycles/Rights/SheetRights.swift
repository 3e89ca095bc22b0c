public import Notation
public import People
import Policies
import Rules

/// What somebody may do on a sheet at this moment, and why not more.
public struct SheetRights: Sendable, Hashable {
  /// Which marks may be entered.
  public enum Marks: Sendable, Hashable {
    case none
    /// Everything on the sheet, together with whoever else may.
    case all
    /// Only what is asked of this school: a member's share.
    case school(ID)
    /// The expert's own marks, beside those of others.
    case own
  }

  public let marks: Marks
  /// Why nothing can be entered though the person works here; nil where they may, or only read.
  public let closed: Message?
  public let canSubmit: Bool
  public let canReturn: Bool
  /// Whether the whole panel's marks are open to the reader: to those who lead the stage, not to its experts.
  public let seesPanel: Bool

  /// Whether the sheet may be looked at: an evaluation that is still open is nobody's business but of those who carry
  /// it out, of the office that runs the year, and of supervision.
  public let canRead: Bool

  /// Whether schools enter here: what the policy has given by somebody else isn't theirs.
  public let isOfSchools: Bool

  public var canMark: Bool { marks != .none }

  /// What a sheet's state says about what may still happen to it.
  public struct Facts: Sendable {
    public var isSubmitted = false
    /// The expert has handed in their own marks.
    public var isHandedIn = false
    /// The reader is assigned to this group at this stage.
    public var isAssigned = false
    /// The reader is, in this post or another of theirs.
    public var isOnPanel = false
    /// The reader also works at a school of the group.
    public var isOfGroup = false
    /// How many experts are.
    public var assigned = 0
    /// A later stage of the group is submitted: what lies below stays.
    public var hasLater = false
    public var isConfirmed = false
    /// The group has come to this stage and was not left out before it (`Turn.hasCome`).
    public var hasTurn = false
    /// Some item is being looked at a second time.
    public var isReopened = false

    public init() {}
  }

  public init(
    _ post: Viewer.Post, stage: CycleStage, of group: Participant, offices: CycleOffices, calendar: CycleCalendar,
    facts: Facts, at now: Instant
  ) {
    isOfSchools = stage.acts == .lead || stage.acts == .member
    let acts = SheetRights.acts(post, stage: stage, of: group, offices: offices)
    let isExpert = post.role == .expert && facts.isAssigned
    let runs = post.role == .office && post.authority == offices.cycle
    // Who is on the panel looks at it as its expert, whatever other posts they hold, until their own marks are in.
    let isBlind = facts.isOnPanel && !isExpert && !facts.isHandedIn && !facts.isSubmitted
    seesPanel = !isBlind && (post.role == .supervisor || runs || (acts && post.role == .office))
    canRead =
      facts.isSubmitted || stage.kind != .evaluation
      || !isBlind && (acts || isExpert || runs || post.role == .supervisor)
    let marks = SheetRights.marks(post, stage: stage, of: group, acts: acts, isExpert: isExpert, facts: facts)
    var closed: Message?
    if marks != .none {
      if facts.isConfirmed {
        closed = Message("sheet.closed.confirmed")
      } else if facts.isSubmitted {
        closed = Message("sheet.closed.submitted")
      } else if !facts.hasTurn {
        closed = Message("sheet.closed.turn")
      } else if calendar.isOver(stage.id, group: group.group, at: now) {
        closed = Message(
          "sheet.closed.over", ["due": .text(calendar.due(stage.id, group: group.group)?.text ?? "")])
      } else if !calendar.isOpen(stage.id, group: group.group, at: now) {
        closed = Message("sheet.closed.early", ["day": .text(stage.opens?.text ?? "")])
      } else if isExpert, facts.isOfGroup {
        closed = Message("sheet.closed.ofGroup")
      } else if isExpert, facts.isHandedIn, !facts.isReopened {
        closed = Message("sheet.closed.handedIn")
      }
    }
    self.closed = closed
    self.marks = closed == nil ? marks : .none
    // A member fills in its share; the whole is the lead school's to hand in.
    canSubmit =
      closed == nil && !facts.isSubmitted && (acts || isExpert) && post.role != .supervisor && marks != .none
      || (closed == nil && !facts.isSubmitted && !facts.isConfirmed && facts.hasTurn && acts && facts.assigned > 0
        && calendar.isOpen(stage.id, group: group.group, at: now))
    canReturn =
      facts.isSubmitted && !facts.hasLater && !facts.isConfirmed
      && SheetRights.returns(post, stage: stage, of: group, offices: offices, calendar: calendar)
  }

  /// Whether the post is the one the policy names for the stage.
  static func acts(
    _ post: Viewer.Post, stage: CycleStage, of group: Participant, offices: CycleOffices
  ) -> Bool {
    guard let actor = stage.acts else { return false }
    return offices.holders(of: actor, for: group).contains { holder in
      switch holder {
      case .school(let school):
        post.school == school && (actor == .member ? post.role == .member : post.role == .lead)
      case .authority(let authority): post.role == .office && post.authority == authority
      case .expert(let appointment): post.appointment == appointment
      case .thirdParty: post.role == .thirdParty
      }
    }
  }

  private static func marks(
    _ post: Viewer.Post, stage: CycleStage, of group: Participant, acts: Bool, isExpert: Bool, facts: Facts
  ) -> Marks {
    if isExpert { return .own }
    // Where a panel marks, the office leads it and doesn't mark itself.
    if acts { return facts.assigned > 0 ? .none : .all }
    if stage.kind == .selfEvaluation, post.role == .member, let school = post.school,
      group.schools.contains(where: { $0.id == school })
    {
      return .school(school)
    }
    return .none
  }

  /// A sheet is given back by the authority that acts at the next stage at which one does, or by the one that runs the
  /// cycle.
  private static func returns(
    _ post: Viewer.Post, stage: CycleStage, of group: Participant, offices: CycleOffices, calendar: CycleCalendar
  ) -> Bool {
    guard post.role == .office else { return false }
    if post.authority == offices.cycle { return true }
    guard let next = calendar.stages.next(after: stage) else { return false }
    return acts(post, stage: next, of: group, offices: offices)
  }

  /// Whether an item's choice and remark may be entered: they are said of the whole, and a member's share isn't it.
  public var mayRemark: Bool {
    switch marks {
    case .none, .school: false
    case .all, .own: true
    }
  }

  /// Whether a fact of the subject (`group` or a school's id) may be entered.
  ///
  /// - Parameter giver: who gives it where the schools don't (`InputDescription.by`).
  public func mayEnter(subject: String, given giver: String?) -> Bool {
    if isOfSchools, giver != nil { return false }
    switch marks {
    case .none: return false
    case .all, .own: return true
    case .school(let school): return subject == school.description
    }
  }

  public func mayEnter(_ field: SheetField) -> Bool { mayEnter(subject: field.subject, given: field.description?.by) }
}
