import Notation
import Policies
import Scoring

/// Competition ranks of many totals at once.
enum PanelRanks {
  /// What groups are put in order by: one whole number, the greater or the smaller first, or nothing at all.
  enum Key: Equatable {
    case totals(descending: Bool)
    case bases(descending: Bool)
    case none
  }

  /// Throws where the policy ranks by what marks don't hold.
  static func key(of policy: Policy) throws(PanelRefusal) -> Key {
    guard policy.ranking.within != .district else { throw PanelRefusal("district") }
    var key = Key.none
    for order in policy.ranking.order {
      switch (order.name, key) {
      case ("bonus", _), ("total", .totals), ("total", .bases), ("base", .bases): continue
      case ("total", .none): key = .totals(descending: order.descending)
      case ("base", .none): key = .bases(descending: order.descending)
      // The total is the base up to the cap: a base in the same direction refines it.
      case ("base", .totals(order.descending)): key = .bases(descending: order.descending)
      case ("base", .totals) where policy.scheme?.cap == nil: continue
      default: throw PanelRefusal("order", ["key": .text(order.name)])
      }
    }
    return key
  }

  /// Ranks from 1, equal ones shared, in the panel's order; 0 where a sheet isn't fully scored.
  static func places(_ key: Key, _ scores: PanelScores) -> [Int32] {
    switch key {
    case .none: scores.isComplete.map { $0 ? 1 : 0 }
    case .totals(let descending): places(scores.totals, descending, scores.isComplete)
    case .bases(let descending): places(scores.bases, descending, scores.isComplete)
    }
  }

  private static func places(_ keys: [Int], _ descending: Bool, _ isComplete: [Bool]) -> [Int32] {
    guard let least = keys.min(), let most = keys.max() else { return [] }
    let width = most - least
    guard width < max(65_536, 4 * keys.count) else { return sorted(keys, descending, isComplete) }
    // As many counters as there are possible totals: how many groups stand before each.
    var before = [Int32](repeating: 0, count: width + 1)
    for (key, isComplete) in zip(keys, isComplete) where isComplete { before[key - least] += 1 }
    var sum: Int32 = 1
    for step in 0...width {
      let index = descending ? width - step : step
      (before[index], sum) = (sum, sum + before[index])
    }
    return zip(keys, isComplete).map { $1 ? before[$0 - least] : 0 }
  }

  /// The same for totals spread too widely to be counted one by one.
  private static func sorted(_ keys: [Int], _ descending: Bool, _ isComplete: [Bool]) -> [Int32] {
    var places = [Int32](repeating: 0, count: keys.count)
    let order = keys.indices.filter { isComplete[$0] }.sorted {
      descending ? keys[$0] > keys[$1] : keys[$0] < keys[$1]
    }
    for (index, group) in order.enumerated() {
      let isTied = index > 0 && keys[order[index - 1]] == keys[group]
      places[group] = isTied ? places[order[index - 1]] : Int32(index + 1)
    }
    return places
  }
}
