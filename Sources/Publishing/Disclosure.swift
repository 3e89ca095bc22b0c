public import Policies

/// What of the results is made public beside rank, sums and grade: the publishing office says so, and the edition keeps
/// it.
public struct Disclosure: Sendable, Hashable {
  /// The score of every item.
  public var items: Bool
  /// Which vetoes fell on a group.
  public var vetoes: Bool
  /// Ids of the consequences that are named.
  public var consequences: Set<String>

  public init(items: Bool, vetoes: Bool, consequences: Set<String>) {
    self.items = items
    self.vetoes = vetoes
    self.consequences = consequences
  }

  /// All that speaks of groups and schools; what falls on single persons isn't for everybody.
  public static func usual(_ policy: Policy) -> Disclosure {
    Disclosure(
      items: true, vetoes: true,
      consequences: Set(policy.consequences.filter { $0.to != "principals" }.map(\.id)))
  }
}
