import Notation
import Rules
public import Scoring

/// The scorecards of one year.
public struct CardYear: Sendable {
  /// The calendar year in which the school year ends.
  public let year: Int
  public let cards: [Scorecard]

  public init(year: Int, cards: [Scorecard]) {
    self.year = year
    self.cards = cards
  }
}

/// What a person decided where the policy leaves a consequence to them: a tie across a quota, or the whole choice.
public struct RecordedDecision: Sendable, Hashable {
  public let year: Int
  public let consequence: String
  public let group: String
  public let granted: Bool
  public let reason: String

  public init(year: Int, consequence: String, group: String, granted: Bool, reason: String) {
    self.year = year
    self.consequence = consequence
    self.group = group
    self.granted = granted
    self.reason = reason
  }
}

/// A choice the policy leaves to a person: among whom, and for how many places.
public struct OpenChoice: Sendable, Hashable {
  public let year: Int
  public let consequence: String
  /// In the order of the results.
  public let groups: [String]
  /// Nil: as many as the person decides.
  public let places: Int?

  public init(year: Int, consequence: String, groups: [String], places: Int?) {
    self.year = year
    self.consequence = consequence
    self.groups = groups
    self.places = places
  }
}

extension Grants {
  func choice(of consequence: String, in results: [GroupResult]) -> OpenChoice? {
    guard !pending.isEmpty else { return nil }
    return OpenChoice(
      year: results.first?.year ?? 0, consequence: consequence,
      groups: results.map(\.id).filter(pending.contains), places: places)
  }

  /// What was decided about those pending leaves it; decisions about others have no effect.
  ///
  /// Throws where more are granted than there are places.
  mutating func settle(_ decisions: [RecordedDecision]) throws(Fault) {
    let decided = decisions.filter { pending.contains($0.group) }
    let chosen = Set(decided.filter(\.granted).map(\.group))
    if let places, chosen.count > places {
      throw Fault("decision.many", ["granted": .count(chosen.count), "places": .count(places)])
    }
    granted.formUnion(chosen)
    pending.subtract(decided.map(\.group))
  }
}
