public import Notation
import Rules

/// Reads a policy from its files and finds all that is wrong with it.
public enum PolicyReader {
  public struct Result: Sendable {
    public init(policy: Policy?, problems: [Problem]) {
      self.policy = policy
      self.problems = problems
    }

    /// Nil where the files can't be understood at all.
    public let policy: Policy?
    /// In the order of the files; notes included.
    public let problems: [Problem]

    /// Whether the policy may be used: nothing but notes was found.
    public var isSound: Bool { policy != nil && problems.allSatisfy { $0.severity == .note } }
  }

  /// - Parameters:
  ///   - root: the tree of `policy.yaml`.
  ///   - file: its name, against files that include it.
  ///   - load: reads another file of the same folder, or adds why it can't.
  public static func read(
    _ root: Node, file: String, load: @escaping (String, Place, inout Problems) -> Node?
  ) -> Result {
    var problems = Problems()
    var includes = Includes(load: load)
    guard let joined = includes.join(root, file: file, &problems) else {
      return Result(policy: nil, problems: problems.sorted)
    }
    var decisions = Decisions(joined, &problems)
    let filled = decisions.fill(joined, &problems)
    Shape.object(PolicyShape.root).check(filled, key: "policy", &problems)
    let policy = Policy(filled, decisions: decisions.all)
    PolicyCheck(policy: policy, root: filled).run(&problems)
    return Result(policy: policy, problems: problems.sorted)
  }
}
