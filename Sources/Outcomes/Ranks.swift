import Notation
import Policies
import Rules
import Scoring

/// Competition ranks (1 2 2 4) of one year's groups, each among its own.
struct Ranks {
  struct Place: Equatable {
    let rank: Int
    let ranked: Int
    let isLast: Bool
  }

  private(set) var places: [String: Place] = [:]

  init(_ results: [GroupResult], _ ranking: Ranking, _ history: History) {
    for peers in Dictionary(grouping: results.filter(\.isRankable), by: ranking.population).values {
      let ordered = Ordered(peers, by: ranking.order, history)
      for (position, tied) in ordered.tiers {
        for result in tied {
          places[result.id] = Place(
            rank: position + 1, ranked: peers.count,
            isLast: peers.count >= 2 && position + tied.count == peers.count)
        }
      }
    }
  }
}

extension Ranking {
  /// Whom a group is ranked among.
  func population(of result: GroupResult) -> String? {
    switch within {
    case .all: nil
    case .form: result.card.group.context.form
    case .district: result.card.group.context.district
    }
  }
}

/// Groups in an order, those with equal keys together.
struct Ordered {
  /// How many stand before, and who is tied there.
  let tiers: [(position: Int, tied: [GroupResult])]

  init(_ results: [GroupResult], by order: [OrderKey], _ history: History) {
    let keyed = results.map { result in
      let standing = Standing(result: result, history: history)
      let keys = order.map { key -> Exact? in
        guard case .number(let number) = standing.value(key.name) else { return nil }
        return key.descending ? -number : number
      }
      return (keys: keys, result: result)
    }
    // What a group doesn't have stands behind everything.
    func isBefore(_ a: [Exact?], _ b: [Exact?]) -> Bool {
      for (x, y) in zip(a, b) where x != y {
        guard let x else { return false }
        guard let y else { return true }
        return x < y
      }
      return false
    }
    let sorted = keyed.sorted { isBefore($0.keys, $1.keys) }
    var tiers: [(position: Int, tied: [GroupResult])] = []
    var last: [Exact?]?
    for (index, entry) in sorted.enumerated() {
      if let last, last == entry.keys {
        tiers[tiers.count - 1].tied.append(entry.result)
      } else {
        tiers.append((index, [entry.result]))
      }
      last = entry.keys
    }
    self.tiers = tiers
  }
}

/// Last year's rank − this year's.
struct RankChanges {
  private(set) var changes: [String: Int] = [:]

  init(_ now: [GroupResult], _ before: [GroupResult], _ ranking: Ranking, _ history: History) {
    let earlier = Dictionary(before.filter { $0.rank != nil }.map { ($0.id, $0) }) { first, _ in first }
    let inBoth = now.filter { $0.rank != nil && earlier[$0.id] != nil }
    switch ranking.change {
    case .raw:
      for result in inBoth {
        guard let old = earlier[result.id], ranking.population(of: old) == ranking.population(of: result),
          let oldRank = old.rank, let newRank = result.rank
        else { continue }
        changes[result.id] = oldRank - newRank
      }
    case .common:
      let newPlaces = Ranks(inBoth, ranking, history).places
      let oldPlaces = Ranks(inBoth.compactMap { earlier[$0.id] }, ranking, history).places
      for result in inBoth {
        if let old = oldPlaces[result.id], let new = newPlaces[result.id] { changes[result.id] = old.rank - new.rank }
      }
    }
  }
}
