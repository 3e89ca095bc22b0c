import Notation
public import Policies
import Rules
public import Scoring

/// Facts of years × policy → results: scores, grades, ranks and what follows, year by year.
public struct Confirmation: Sendable {
  let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  /// - Parameter facts: all years known; consequences remember those before.
  public func results(_ facts: FactYears) -> Results {
    var history = History()
    var faults: [ScoringFault] = []
    var years: [(year: Int, groups: [GroupResult])] = []
    let scorer = Scorer(policy: policy)
    for year in facts.years.sorted(by: { $0.year < $1.year }) {
      let (cards, found) = scorer.score(year)
      faults += found
      var results = cards.map { GroupResult(card: $0) }
      rank(&results, year: year.year, history)
      grade(&results, history, &faults)
      history.record(results, year: year.year)
      grant(&results, history, &faults)
      history.record(results, year: year.year)
      history.recordGrants(results)
      years.append((year.year, results))
    }
    return Results(years: years, faults: faults)
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

  private func grant(_ results: inout [GroupResult], _ history: History, _ faults: inout [ScoringFault]) {
    for consequence in policy.consequences {
      do throws(Fault) {
        let grants = try Grants(consequence, results, history)
        for index in results.indices {
          if grants.granted.contains(results[index].id) { results[index].granted.append(consequence.id) }
          if grants.pending.contains(results[index].id) { results[index].pending.append(consequence.id) }
        }
      } catch {
        faults.append(
          ScoringFault(year: results.first?.year ?? 0, group: "*", item: consequence.id, message: error.message))
      }
    }
  }
}
