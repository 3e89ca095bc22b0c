public import Notation
public import Rules

/// A step of the evaluation year.
public struct Stage: Sendable {
  /// What happens at a stage (policy-format, «Kinds of stages»).
  public enum Kind: String, Sendable, CaseIterable {
    /// The schools evaluate themselves (自查自评).
    case selfEvaluation = "self"
    /// The lead school evaluates each member (核心校评成员校).
    case members
    /// Somebody above evaluates (初评, 复评, 终评).
    case evaluation
    /// Groups are named for the next stage (推荐).
    case recommendation
    /// Somebody outside hands in a report; nothing is scored and nobody waits (第三方评估).
    case report
    /// Results may be objected to (异议).
    case objection
    /// Results are made public (公布).
    case publication

    /// Whether there is one sheet for each group.
    public var hasGroupSheet: Bool { self == .selfEvaluation || self == .evaluation }
  }

  /// Who acts at a stage.
  public enum Actor: String, Sendable, CaseIterable {
    case lead, member, district, city, province
    /// Who the lead school answers to.
    case leadAuthority
    case thirdParty
  }

  /// Which groups come to a stage of all those that could.
  public struct Draw: Sendable, Hashable {
    public enum Size: Sendable, Hashable {
      /// Percent of each stratum, rounded up.
      case percent(Exact)
      /// So many of each stratum.
      case count(Int)
    }

    public enum Stratum: String, Sendable, CaseIterable { case form, district }

    public let size: Size
    /// By what the groups are divided before the draw; none: all are one stratum.
    public let strata: [Stratum]

    public init(size: Size, strata: [Stratum]) {
      self.size = size
      self.strata = strata
    }
  }

  public let id: String
  public let title: String
  /// What it is called where there is little room.
  public let short: String?
  public let text: String?
  public let kind: Kind
  public let by: Actor?
  /// Who receives what is submitted.
  public let to: Actor?
  public let opens: DayOfYear?
  public let due: DayOfYear?
  /// Whether `opens` and `due` are of the calendar year after the school year ends.
  public let dueNextYear: Bool
  /// How many days a window stays open, such as for objections.
  public let days: Int?
  /// Whether only working days are counted.
  public let workingDays: Bool
  public let needs: [String]
  /// The condition a group must meet to come to the stage; at a recommendation, to be recommended.
  public let among: Expression?
  /// Nil: all that could come do.
  public let draw: Draw?
  /// How many experts the policy asks for each item; nil: it asks for none here.
  public let experts: Int?
  public let source: String?
}

/// How the stages' scores become one (policy-format, `counts`).
public enum Counting: Sendable, Hashable {
  /// The highest completed stage counts.
  case last
  /// Percent by stage; they sum to a hundred.
  case weights([String: Exact])
}

extension Policy {
  /// What counts where a policy says nothing: the highest completed stage.
  public var counting: Counting { Policy.counting(root) }
}
