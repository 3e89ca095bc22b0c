public import Notation

/// One expert's result for one item.
public struct ExpertScore: Sendable, Hashable {
  /// The expert's account.
  public let reviewer: ID
  /// Whether everything the item asks of the expert is there; only then do they see the others'.
  public let isIn: Bool
  /// As the policy rounds; nil while something is missing.
  public let score: Exact?

  public init(reviewer: ID, isIn: Bool, score: Exact?) {
    self.reviewer = reviewer
    self.isIn = isIn
    self.score = score
  }
}
