public import Notation

/// What a rule makes of a single number, where that is all it reads: the form in which many sheets can be scored at
/// once in whole numbers. The rule's own `work` stays the one that explains.
public enum Curve: Sendable {
  /// points × min(1, value/full); `full` is above zero.
  case line(input: String, full: Exact)
  /// The points of the first step that the value reaches, falling; below all of them nothing.
  case steps(input: String, [(from: Exact, points: Exact)])

  /// The one input that is read.
  public var input: String {
    switch self {
    case .line(let input, _), .steps(let input, _): input
    }
  }
}

extension Rule {
  public var curve: Curve? { nil }
}
