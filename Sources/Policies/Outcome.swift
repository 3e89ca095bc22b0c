public import Notation
public import Rules

/// How totals become grades.
public struct Grading: Sendable {
  public struct Grade: Sendable {
    public let name: String
    /// Inclusive.
    public let from: Exact
    public let when: Expression?
  }

  /// Whether bonus points count towards the grade.
  public let byTotal: Bool
  /// Falling.
  public let grades: [Grade]

  /// The place of a grade: 0 is the best.
  public func position(_ name: String) -> Int? { grades.firstIndex { $0.name == name } }
}

/// How groups are ranked.
public struct Ranking: Sendable {
  public enum Within: String, Sendable, CaseIterable { case all, form, district }
  public enum Change: String, Sendable, CaseIterable { case raw, common }

  public let within: Within
  public let order: [OrderKey]
  public let change: Change

  /// What holds where a policy says nothing.
  public static let standard = Ranking(
    within: .all, order: [OrderKey(name: "total", descending: true), OrderKey(name: "base", descending: true)],
    change: .raw)
}

/// `total desc`: by what groups are put in order, and which way.
public struct OrderKey: Sendable, Hashable {
  public let name: String
  public let descending: Bool

  public init(name: String, descending: Bool) {
    self.name = name
    self.descending = descending
  }

  /// Reads `total desc`.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[1] == "desc" || words[1] == "asc" else { return nil }
    self.init(name: String(words[0]), descending: words[1] == "desc")
  }

  /// What ranks may go by; consequences may also go by the ranks themselves.
  public static let forRanks = ["total", "base", "bonus", "members", "schools", "months_since_formed"]
  public static let forConsequences =
    forRanks + ["rank", "rank_change", "ranked", "previous.total", "previous.rank"]
}

/// What follows from a result (结果运用).
public struct Consequence: Sendable {
  public let id: String
  public let title: String
  public let to: String
  public let when: Expression?
  public let select: Selection?
  /// Granted once in a group's life.
  public let once: Bool
  /// What it is worth, as the policy describes it.
  public let effect: Node?
  public let source: String
}

/// A choice among many groups.
public struct Selection: Sendable {
  public enum Size: Sendable {
    /// Percent of the candidates.
    case quota(Exact)
    case count(Int)
    /// A person chooses.
    case decision
  }

  public enum Round: String, Sendable, CaseIterable { case down, up, nearest }
  public enum Ties: String, Sendable, CaseIterable { case exclude, include, decide }

  public let among: Expression?
  public let order: [OrderKey]
  public let size: Size
  public let round: Round
  public let ties: Ties
}

/// How the official score sheet is laid out.
public struct SheetLayout: Sendable {
  public struct Column: Sendable {
    public let title: String
    public let show: String
    /// Which level of indicators, from 1, for `show: indicator`.
    public let depth: Int

    public init(title: String, show: String, depth: Int) {
      self.title = title
      self.show = show
      self.depth = depth
    }
  }

  public let title: String
  public let columns: [Column]
}
