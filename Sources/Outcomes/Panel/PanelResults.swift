import Policies
public import Scoring

/// What a panel's groups are told: totals, grades and ranks, in the panel's order. Explanations are made on demand.
public struct PanelResults: Sendable {
  public let scorer: PanelScorer
  public let scores: PanelScores
  /// The position among the policy's grades, 0 the best; negative where there is none.
  let positions: [Int16]
  /// Competition ranks from 1; 0 for a sheet that isn't fully scored.
  let places: [Int32]

  /// The grade, vetoes included; nil for a sheet that isn't fully scored and has no veto with a grade.
  public func grade(of group: Int) -> String? {
    let position = Int(positions[group])
    return position < 0 ? nil : scorer.policy.grading?.grades[position].name
  }

  /// The competition rank among the fully scored sheets of the panel (1 2 2 4).
  public func rank(of group: Int) -> Int? { places[group] == 0 ? nil : Int(places[group]) }
}

extension Confirmation {
  /// The results of a panel's marks, in whole numbers throughout.
  ///
  /// Throws where the policy asks for more than marks can answer. Consequences, which remember other years, are not
  /// among the results.
  public func results(_ panel: Panel) throws(PanelRefusal) -> PanelResults {
    let scorer = try PanelScorer(policy: policy, panel: panel)
    let grades = try PanelGrades(policy)
    let key = try PanelRanks.key(of: policy)
    let scores = scorer.scores()
    return PanelResults(
      scorer: scorer, scores: scores, positions: try grades.positions(scorer, scores),
      places: PanelRanks.places(key, scores))
  }
}
