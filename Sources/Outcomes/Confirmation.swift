import Notation
public import Policies
public import Rules
public import Scoring

/// Facts of years × policy → results: scores, grades, ranks and what follows, year by year.
public struct Confirmation: Sendable {
  let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  /// - Parameter facts: all years known; consequences remember those before.
  public func results(_ facts: FactYears) -> Results {
    let scorer = Scorer(policy: policy)
    var faults: [ScoringFault] = []
    let cards = facts.years.map { year in
      let (cards, found) = scorer.score(year)
      faults += found
      return CardYear(year: year.year, cards: cards)
    }
    return results(cards, faults: faults)
  }

  /// The results of scorecards made elsewhere, such as by the stages of a cycle.
  ///
  /// - Parameters:
  ///   - years: the cards of each year.
  ///   - earlier: results of years before these, as they were confirmed, under whatever policy held then.
  ///   - decisions: what people decided where the policy leaves a choice to them.
  public func results(
    _ years: [CardYear], after earlier: [GroupResult] = [], decisions: [RecordedDecision] = [],
    faults scoring: [ScoringFault] = []
  ) -> Results {
    var history = History(earlier)
    var faults = scoring
    var judged: [(year: Int, groups: [GroupResult])] = []
    var choices: [OpenChoice] = []
    for year in years.sorted(by: { $0.year < $1.year }) {
      var results = year.cards.map { GroupResult(card: $0) }
      rank(&results, year: year.year, history)
      grade(&results, history, &faults)
      history.record(results, year: year.year)
      choices += grant(&results, history, decisions.filter { $0.year == year.year }, &faults)
      history.record(results, year: year.year)
      history.recordGrants(results)
      judged.append((year.year, results))
    }
    return Results(years: judged, faults: faults, choices: choices)
  }

  /// The grade a scorecard comes to by itself, vetoes included; nil where it has none.
  ///
  /// Throws where a condition divides by a computed zero.
  public func grade(of card: Scorecard, after earlier: [GroupResult] = []) throws(Fault) -> String? {
    try policy.grade(of: Standing(result: GroupResult(card: card), history: History(earlier)))
  }

  private func rank(_ results: inout [GroupResult], year: Int, _ history: History) {
    let places = Ranks(results, policy.ranking, history).places
    for index in results.indices {
      let place = places[results[index].id]
      results[index].rank = place?.rank
      results[index].ranked = place?.ranked
      results[index].isLast = place?.isLast ?? false
    }
    let changes = RankChanges(results, history.results(in: year - 1), policy.ranking, history).changes
    for index in results.indices { results[index].rankChange = changes[results[index].id] }
  }

  private func grade(_ results: inout [GroupResult], _ history: History, _ faults: inout [ScoringFault]) {
    for index in results.indices {
      let standing = Standing(result: results[index], history: history)
      do throws(Fault) {
        results[index].grade = try policy.grade(of: standing)
      } catch {
        faults.append(
          ScoringFault(year: standing.result.year, group: standing.result.id, item: "grading", message: error.message))
      }
    }
  }

  private func grant(
    _ results: inout [GroupResult], _ history: History, _ decisions: [RecordedDecision], _ faults: inout [ScoringFault]
  ) -> [OpenChoice] {
    let year = results.first?.year ?? 0
    var choices: [OpenChoice] = []
    for consequence in policy.consequences {
      do throws(Fault) {
        var grants = try Grants(consequence, results, history)
        if let choice = grants.choice(of: consequence.id, in: results) { choices.append(choice) }
        try grants.settle(decisions.filter { $0.consequence == consequence.id })
        for index in results.indices {
          if grants.granted.contains(results[index].id) { results[index].granted.append(consequence.id) }
          if grants.pending.contains(results[index].id) { results[index].pending.append(consequence.id) }
        }
      } catch {
        faults.append(ScoringFault(year: year, group: "*", item: consequence.id, message: error.message))
      }
    }
    return choices
  }
}
