public import Notation
public import Policies
public import Rules
public import Scoring

/// One group (or one member school) at one stage: what its marks are laid over and scored by.
public struct Sheet: Sendable {
  public let policy: Policy
  /// The calendar year in which the school year ends.
  public let year: Int
  /// The group without facts of items (`Participant.facts`).
  public let group: GroupFacts
  /// The facts of the previous completed stage's submission; nil where there is none.
  public let base: GroupFacts?
  /// The member school it is about, where a stage is of members.
  public let school: ID?
  /// The other groups' values of items scored by place, by item.
  public let peers: [String: Peers]
  /// Whether schools fill it in themselves: what the policy has given by somebody else stays open on it.
  public var isOfSchools = false
  /// What the year's records say, by item and field: proposed until somebody enters a value.
  public var proposals: [String: [String: Proposal]] = [:]

  public init(
    policy: Policy, year: Int, group: GroupFacts, base: GroupFacts?, school: ID? = nil, peers: [String: Peers] = [:]
  ) {
    self.policy = policy
    self.year = year
    self.group = group
    self.base = base
    self.school = school
    self.peers = peers
  }

  /// Whether each item needs a choice: there is something recorded to accept or correct.
  public var asksChoice: Bool { base != nil }
}
