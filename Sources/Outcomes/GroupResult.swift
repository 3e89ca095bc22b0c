import Notation
public import Scoring

/// What a group is told of one year.
public struct GroupResult: Sendable {
  public let card: Scorecard
  public var grade: String?
  public var rank: Int?
  /// How many were ranked with it.
  public var ranked: Int?
  /// Last year's rank − this year's.
  public var rankChange: Int?
  public var isLast = false
  /// Consequences granted.
  public var granted: [String] = []
  /// Consequences that wait for a person's decision.
  public var pending: [String] = []

  public init(
    card: Scorecard, grade: String? = nil, rank: Int? = nil, ranked: Int? = nil, granted: [String] = [],
    pending: [String] = []
  ) {
    self.card = card
    self.grade = grade
    self.rank = rank
    self.ranked = ranked
    self.granted = granted
    self.pending = pending
  }

  public var id: String { card.group.id }
  public var year: Int { card.year }

  /// Whether it takes part in ranks and choices: eligible and fully scored.
  var isRankable: Bool { card.isEligible && card.isComplete }
}

/// The results of all years, or why there are none.
public struct Results: Sendable {
  /// Years rising, groups in the order of the facts.
  public let years: [(year: Int, groups: [GroupResult])]
  public let faults: [ScoringFault]
  /// What the policy leaves to a person's decision, decided or not.
  public var choices: [OpenChoice] = []

  public init(
    years: [(year: Int, groups: [GroupResult])], faults: [ScoringFault] = [], choices: [OpenChoice] = []
  ) {
    self.years = years
    self.faults = faults
    self.choices = choices
  }

  /// The results of one year, those before remembered; all where nil.
  public func only(_ year: Int?) -> Results {
    guard let year else { return self }
    return Results(
      years: years.filter { $0.year == year }, faults: faults, choices: choices.filter { $0.year == year })
  }

  public var all: [GroupResult] { years.flatMap(\.groups) }
}
