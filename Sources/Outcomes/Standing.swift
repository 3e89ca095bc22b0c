import Notation
import Policies
import Rules
import Scoring

/// A group in one year as conditions see it, with the years before behind it.
struct Standing {
  let result: GroupResult
  let history: History

  var previous: GroupResult? { history.result(of: result.id, in: result.year - 1) }

  func value(_ name: String) -> ExpressionValue {
    let card = result.card
    if let value = card.group.context.value(of: name) { return value }
    switch name {
    case "total": return card.isComplete ? .number(card.total) : .missing
    case "base": return card.isComplete ? .number(card.base) : .missing
    case "bonus": return .number(card.bonus)
    case "grade": return text(result.grade)
    case "rank": return number(result.rank)
    case "rank_change": return number(result.rankChange)
    case "ranked": return number(result.ranked)
    case "is_last": return .boolean(result.isLast)
    case "first_year": return .boolean(previous?.grade == nil)
    case "previous.grade": return text(previous?.grade)
    case "previous.total": return previous.map { $0.card.isComplete ? .number($0.card.total) : .missing } ?? .missing
    case "previous.rank": return number(previous?.rank)
    default: return .missing
    }
  }

  private func text(_ text: String?) -> ExpressionValue { text.map { .text($0) } ?? .missing }
  private func number(_ number: Int?) -> ExpressionValue { number.map { .number(Exact($0)) } ?? .missing }

  var scope: Scope {
    Scope(value: value) { (function, arguments) throws(Fault) in try call(function, arguments) }
  }

  private func call(_ function: Expression.Function, _ arguments: [Expression]) throws(Fault) -> ExpressionValue {
    switch (function, arguments[0]) {
    case (.vetoed, .text(let id)): return .boolean(result.card.group.vetoes.contains(id))
    case (.percentOf, .text(let id)): return result.card.percent(of: id).map { .number($0) } ?? .missing
    case (.lowestPercent, .number(let depth)):
      return result.card.lowestPercent(depth: depth.integer ?? 1).map { .number($0) } ?? .missing
    case (.streak, let condition): return .number(Exact(try streak(of: condition)))
    default: return .missing
    }
  }

  /// How many years in a row, this one included, the condition has held; a year without a graded result ends the run.
  private func streak(of condition: Expression) throws(Fault) -> Int {
    var count = 0
    var standing: Standing? = self
    while let current = standing, current.result.grade != nil, try condition.holds(in: current.scope) {
      count += 1
      standing = current.previous.map { Standing(result: $0, history: history) }
    }
    return count
  }
}

/// The results of earlier years and of this one so far.
struct History {
  private var years: [Int: [String: GroupResult]] = [:]
  private var granted: [String: Set<String>] = [:]

  /// - Parameter earlier: results of years before.
  init(_ earlier: [GroupResult] = []) {
    for (year, results) in Dictionary(grouping: earlier, by: \.year) { record(results, year: year) }
    recordGrants(earlier)
  }

  func result(of group: String, in year: Int) -> GroupResult? { years[year]?[group] }
  func results(in year: Int) -> [GroupResult] { years[year].map { Array($0.values) } ?? [] }

  /// Whether a group has had a consequence in any year recorded.
  func hasHad(_ consequence: String, _ group: String) -> Bool { granted[consequence]?.contains(group) ?? false }

  mutating func record(_ results: [GroupResult], year: Int) {
    years[year] = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
  }

  mutating func recordGrants(_ results: [GroupResult]) {
    for result in results {
      for consequence in result.granted { granted[consequence, default: []].insert(result.id) }
    }
  }
}
