import Notation
import Policies
import Rules
import Scoring

/// Who gets a consequence in one year.
struct Grants {
  var granted: Set<String> = []
  /// Named for a person's recorded decision.
  var pending: Set<String> = []
  /// How many of those pending may be granted; nil where the policy sets no number.
  var places: Int?

  init(_ consequence: Consequence, _ results: [GroupResult], _ history: History) throws(Fault) {
    var entitled: [GroupResult] = []
    for result in results where result.grade != nil {
      if consequence.once, history.hasHad(consequence.id, result.id) { continue }
      let standing = Standing(result: result, history: history)
      if let when = consequence.when, try !when.holds(in: standing.scope) { continue }
      entitled.append(result)
    }
    guard let select = consequence.select else {
      granted = Set(entitled.map(\.id))
      return
    }
    var candidates: [GroupResult] = []
    for result in entitled where result.isRankable {
      let standing = Standing(result: result, history: history)
      if let among = select.among, try !among.holds(in: standing.scope) { continue }
      candidates.append(result)
    }
    choose(select, candidates, history)
  }

  private mutating func choose(_ select: Selection, _ candidates: [GroupResult], _ history: History) {
    guard let size = select.number(of: candidates.count) else {
      pending = Set(candidates.map(\.id))
      return
    }
    guard size > 0 else { return }
    for tier in Ordered(candidates, by: select.order, history).tiers where tier.position < size {
      let ids = tier.tied.map(\.id)
      if tier.position + ids.count <= size || select.ties == .include {
        granted.formUnion(ids)
      } else if select.ties == .decide {
        pending.formUnion(ids)
        places = size - tier.position
      }
    }
  }
}

extension Selection {
  /// How many of so many candidates are chosen; nil where a person chooses.
  func number(of candidates: Int) -> Int? {
    switch size {
    case .decision: return nil
    case .count(let count): return min(count, candidates)
    case .quota(let percent):
      let exact = Exact(candidates) * percent / .hundred
      let whole =
        switch round {
        case .down: exact.floor
        case .up: exact.ceiling
        case .nearest: exact.rounded(Rounding(places: 0, mode: .halfUp))
        }
      return whole.integer
    }
  }
}
