import Notation
public import Policies
public import Scoring

/// A group's scorecards of the stages it has completed.
public struct StageCards: Sendable {
  /// Without facts of items, with the vetoes now in force.
  public let group: GroupFacts
  /// By the stage's id.
  public let cards: [String: Scorecard]

  public init(group: GroupFacts, cards: [String: Scorecard]) {
    self.group = group
    self.cards = cards
  }
}

/// The card that counts for a group, and of which stages it is made.
public struct CountedCard: Sendable {
  public let card: Scorecard
  /// Empty: nothing is completed that counts; the card is unscored.
  public let stages: [String]
}

/// How the stages' scorecards become the year's (policy-format, `counts`).
public struct Count: Sendable {
  public let policy: Policy
  /// The calendar year in which the school year ends.
  public let year: Int
  public let stages: [CycleStage]

  public init(policy: Policy, year: Int, stages: [CycleStage]) {
    self.policy = policy
    self.year = year
    self.stages = stages
  }

  /// Which stages count for a group that has completed some of them, the highest last.
  ///
  /// With weights all weighed stages count where all are completed; else the highest completed of them, as for a group
  /// that wasn't recommended or drawn. Without weights the highest completed evaluation counts; a self-evaluation only
  /// where the policy knows no other.
  public func stages(of completed: Set<String>) -> [CycleStage] {
    let eligible = eligible
    let done = eligible.filter { completed.contains($0.id) }
    if takesAll, done.count == eligible.count { return done }
    return done.last.map { [$0] } ?? []
  }

  /// The stages that could count, in their order.
  public var eligible: [CycleStage] {
    switch policy.counting {
    case .weights(let weights): return stages.filter { $0.hasGroupSheet && !(weights[$0.id] ?? .zero).isZero }
    case .last:
      let evaluations = stages.filter { $0.kind == .evaluation }
      return evaluations.isEmpty ? stages.filter(\.hasGroupSheet) : evaluations
    }
  }

  /// Whether more than the highest completed of them may count.
  public var takesAll: Bool { if case .weights = policy.counting { true } else { false } }

  /// The year's cards, in the order of the groups. Items scored by place are placed among all groups whose cards count.
  public func cards(_ groups: [StageCards]) -> [CountedCard] {
    let scorer = Scorer(policy: policy)
    let counting = groups.map { stages(of: Set($0.cards.keys)) }
    var placed: [[String: Scorecard]] = Array(repeating: [:], count: groups.count)
    func place(_ positions: [Int], _ stage: (Int) -> String?) {
      let found = positions.compactMap { position in
        stage(position).flatMap { id in groups[position].cards[id].map { (position, id, $0) } }
      }
      for ((position, id, _), card) in zip(found, scorer.placed(found.map(\.2))) { placed[position][id] = card }
    }
    for stage in stages {
      place(groups.indices.filter { counting[$0].dropLast().contains { $0.id == stage.id } }) { _ in stage.id }
    }
    // Whichever stage a group's year ended at, its place is among all.
    place(Array(groups.indices)) { counting[$0].last?.id }
    return groups.indices.map { place in
      let stages = counting[place]
      let cards = stages.compactMap { placed[place][$0.id] }
      return CountedCard(card: card(groups[place], stages, cards, scorer), stages: stages.map(\.id))
    }
  }

  private func card(_ group: StageCards, _ stages: [CycleStage], _ cards: [Scorecard], _ scorer: Scorer) -> Scorecard {
    guard let highest = cards.last else { return scorer.card(group.group, year: year).card }
    guard cards.count > 1, case .weights(let weights) = policy.counting else {
      return highest.laying(group.group.vetoes)
    }
    let weighed = zip(stages, cards).map {
      Scorer.Weighed(title: $0.title, card: $1, weight: weights[$0.id] ?? .zero)
    }
    return scorer.weighted(weighed, group: highest.group).laying(group.group.vetoes)
  }
}
