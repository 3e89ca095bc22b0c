public import Notation

/// How many people mark an item and how their marks become one (policy-format, `reviewers`).
public struct Reviewers: Sendable, Hashable {
  public enum Combine: String, Sendable, CaseIterable {
    case mean, median
    /// The mean without the best and the worst.
    case trimmed
  }

  public let perItem: Int?
  public let combine: Combine
  /// The stages at which so many are asked for; nil: at every evaluation.
  public let stages: [String]?

  public init(perItem: Int?, combine: Combine, stages: [String]? = nil) {
    self.perItem = perItem
    self.combine = combine
    self.stages = stages
  }

  /// Which marks count, of so many put in rising order; their mean is the result. Empty where none is left.
  public func counting(of count: Int) -> Range<Int> {
    switch combine {
    case .mean: 0..<count
    case .median: count == 0 ? 0..<0 : (count - 1) / 2..<count / 2 + 1
    case .trimmed: count < 3 ? 0..<0 : 1..<count - 1
    }
  }

  /// One mark out of all reviewers', unrounded; nil where none counts.
  public func combined(_ marks: [Exact]) -> Exact? {
    let counting = counting(of: marks.count)
    guard !counting.isEmpty else { return nil }
    return marks.sorted()[counting].reduce(.zero, +) / Exact(counting.count)
  }
}

extension Policy {
  /// Nil where the policy says nothing of reviewers.
  public var reviewers: Reviewers? {
    Policy.reviewers(root)
  }

  static func reviewers(_ root: Node) -> Reviewers? {
    guard let node = root["reviewers"] else { return nil }
    return Reviewers(
      perItem: node["perItem"]?.integer, combine: node["combine"]?.text.flatMap(Reviewers.Combine.init) ?? .mean,
      stages: node["stages"]?.texts())
  }
}
