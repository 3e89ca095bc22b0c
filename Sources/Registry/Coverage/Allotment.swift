public import Notation

/// A district's part of a target (任务分解).
public struct Allotment: Sendable, Hashable {
  /// The policy and the target's key in it.
  public let policy: String
  public let target: String
  public let authority: ID
  public let measure: Target.Measure
  public let value: Exact

  public init(policy: String, target: String, authority: ID, measure: Target.Measure, value: Exact) {
    self.policy = policy
    self.target = target
    self.authority = authority
    self.measure = measure
    self.value = value
  }
}

/// Whether the districts' parts make up the whole.
public struct AllotmentSum: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    /// Nothing was allotted.
    case none
    case exact
    case less(Exact)
    case more(Exact)
    /// Districts whose part of a share lies below the target.
    case below([ID])
  }

  public let target: String
  public let measure: Target.Measure
  public let whole: Exact
  public let sum: Exact
  public let state: State

  /// Numbers are added up; of shares each district's own is held against the target.
  public static func check(_ targets: [Target], _ allotments: [Allotment]) -> [AllotmentSum] {
    let parts = Dictionary(grouping: allotments) { Key(target: $0.target, measure: $0.measure) }
    return targets.flatMap { target in
      target.goals.map { goal in
        let own = parts[Key(target: target.key, measure: goal.measure)] ?? []
        let sum = own.reduce(Exact.zero) { $0 + $1.value }
        let state: State =
          if own.isEmpty {
            .none
          } else if goal.measure.addsUp {
            sum == goal.least ? .exact : sum < goal.least ? .less(goal.least - sum) : .more(sum - goal.least)
          } else {
            own.contains { $0.value < goal.least }
              ? .below(own.filter { $0.value < goal.least }.map(\.authority).sorted()) : .exact
          }
        return AllotmentSum(target: target.key, measure: goal.measure, whole: goal.least, sum: sum, state: state)
      }
    }
  }

  private struct Key: Hashable {
    let target: String
    let measure: Target.Measure
  }
}
