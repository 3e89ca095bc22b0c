public import Notation
public import People

/// What somebody may see of a cycle's results.
public enum Sight: Sendable, Hashable {
  /// Everything, the draft included, and what of it is still to do: the office that runs the cycle.
  case keeps
  /// Everything, the draft included: supervision within whose authority the cycle lies.
  case reads
  /// What is published, and, from the announcement on, what concerns its own group: a lead school.
  case own
  /// What is published.
  case published

  /// - Parameters:
  ///   - authority: the one that runs the cycle.
  ///   - isWithin: whether that authority lies within the post's own, itself included.
  public init(_ post: Viewer.Post, cycleOf authority: ID, isWithin: Bool) {
    switch post.role {
    case .office where post.authority == authority: self = .keeps
    case .supervisor where isWithin: self = .reads
    case .lead: self = .own
    default: self = .published
    }
  }

  public var seesDraft: Bool { self == .keeps || self == .reads }
}
