public import Notation
public import People
public import Policies

/// Who may add evidence of a group just now: those whose turn it is. The schools while their own sheet is open; whoever
/// evaluates, afterwards; nobody once the results are confirmed.
public struct EvidenceWindow: Sendable {
  /// A stage whose sheet of the group is open.
  public struct OpenStage: Sendable, Hashable {
    public let id: String
    public let kind: Stage.Kind
    public let acts: Stage.Actor?
    /// Whether the post is assigned to the group there, as an expert.
    public let isAssigned: Bool
    /// The last day for the group, that day included, extensions counted; nil: none is set.
    public let due: Day?

    public init(id: String, kind: Stage.Kind, acts: Stage.Actor?, isAssigned: Bool, due: Day? = nil) {
      self.id = id
      self.kind = kind
      self.acts = acts
      self.isAssigned = isAssigned
      self.due = due
    }
  }

  /// In the order of the stages.
  public var open: [OpenStage]
  /// Whether the group has handed in its self-evaluation: what is added from then on is late.
  public var isHandedIn: Bool
  public var isConfirmed: Bool
  /// The authority that runs the cycle, the group's own, and the lead school's.
  public var authority: ID
  public var district: ID
  public var leadAuthority: ID

  public init(
    open: [OpenStage], isHandedIn: Bool, isConfirmed: Bool, authority: ID, district: ID, leadAuthority: ID
  ) {
    self.open = open
    self.isHandedIn = isHandedIn
    self.isConfirmed = isConfirmed
    self.authority = authority
    self.district = district
    self.leadAuthority = leadAuthority
  }

  public enum Right: Sendable, Hashable {
    /// At this stage.
    case may(stage: String, isLate: Bool)
    /// Why not, and what to do.
    case mayNot(Message)
  }

  /// Whether somebody in this post, who is known to reach the group, may add. A stage takes evidence before its first
  /// day too: it is gathered through the year.
  public func right(of post: Viewer.Post, at now: Instant) -> Right {
    guard post.role.may(.addEvidence) else { return .mayNot(Message("evidence.closed.role")) }
    guard !isConfirmed else { return .mayNot(Message("evidence.closed.confirmed")) }
    let turns = open.filter { isTurn(of: post, at: $0) }
    if let stage = turns.first(where: { $0.due.map { now < Instant(endOf: $0) } ?? true }) {
      return .may(stage: stage.id, isLate: isHandedIn)
    }
    if let due = turns.last?.due { return .mayNot(Message("evidence.closed.over", ["due": .text(due.text)])) }
    return .mayNot(Message(post.role.isOfSchool && isHandedIn ? "evidence.closed.submitted" : "evidence.closed.turn"))
  }

  private func isTurn(of post: Viewer.Post, at stage: OpenStage) -> Bool {
    switch post.role {
    case .lead: stage.acts == .lead || stage.acts == .member
    // What the group hands in is its members' too; what the lead says of a member isn't.
    case .member: stage.acts == .member || (stage.acts == .lead && stage.kind == .selfEvaluation)
    case .expert: stage.isAssigned
    case .office:
      switch stage.acts {
      case .district: post.authority == district
      case .leadAuthority: post.authority == leadAuthority
      case .city: post.authority == authority
      case .province: post.level == "province"
      case .lead, .member, .thirdParty, nil: false
      }
    case .thirdParty, .supervisor, .system, .security, .audit: false
    }
  }
}
