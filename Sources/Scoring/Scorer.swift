import Notation
public import Policies
import Rules

/// Facts × policy → scorecards. The one path from facts to scores; the same for pages, command line and tests.
public struct Scorer: Sendable {
  public let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  /// The scorecards of one year's groups, in their order, or every fault found.
  public func score(_ year: FactYear) -> (cards: [Scorecard], faults: [ScoringFault]) {
    var faults: [ScoringFault] = []
    let eligible = year.groups.map { group in
      do throws(Fault) {
        return try isEligible(group)
      } catch {
        faults.append(ScoringFault(year: year.year, group: group.id, item: "eligible", message: error.message))
        return false
      }
    }
    let peers = placedValues(year, eligible)
    let cards = zip(year.groups, eligible).map { group, eligible in
      card(group, year: year.year, eligible: eligible, peers: peers, &faults)
    }
    return (cards, faults)
  }

  func isEligible(_ group: GroupFacts) throws(Fault) -> Bool {
    guard let condition = policy.eligible else { return true }
    if group.context.monthsSinceFormed == nil, condition.names.contains("months_since_formed") { return false }
    return try condition.holds(in: Scope { group.context.value(of: $0) ?? .missing })
  }

  /// For each item scored by place: the values of the eligible groups it applies to.
  private func placedValues(_ year: FactYear, _ eligible: [Bool]) -> [String: Peers] {
    var values: [String: Peers] = [:]
    for item in policy.scheme?.items ?? [] where item.isPlaced {
      values[item.id] = Peers(
        zip(year.groups, eligible).compactMap { group, eligible in
          guard eligible, (try? item.applies(to: group.context)) ?? false else { return nil }
          return group.items[item.id]?[groupKey]?.number("value")
        })
    }
    return values
  }

  private func card(
    _ group: GroupFacts, year: Int, eligible: Bool, peers: [String: Peers], _ faults: inout [ScoringFault]
  ) -> Scorecard {
    func lines(_ items: [Item]) -> [Scorecard.Line] {
      items.compactMap { item in
        do throws(Fault) {
          guard try item.applies(to: group.context) else { return nil }
          return try line(item, group, peers: peers[item.id] ?? Peers([]))
        } catch {
          faults.append(ScoringFault(year: year, group: group.id, item: item.id, message: error.message))
          return nil
        }
      }
    }
    let mine = lines(policy.scheme?.items ?? [])
    let bonusLines = lines(policy.bonus?.items ?? [])
    let earned = bonusLines.compactMap(\.score).reduce(.zero, +)
    let base = base(mine)
    let bonus = policy.bonus?.cap.map { min($0, earned) } ?? earned
    let total = policy.scheme?.cap.map { min($0, base + bonus) } ?? base + bonus
    return Scorecard(
      year: year, group: group, isEligible: eligible, lines: mine, bonusLines: bonusLines, base: base, bonus: bonus,
      total: total)
  }

  private func base(_ lines: [Scorecard.Line]) -> Exact {
    let sum = lines.compactMap(\.score).reduce(.zero, +)
    guard let scheme = policy.scheme, scheme.rescales else { return sum }
    let points = lines.map(\.item.points).reduce(.zero, +)
    guard !points.isZero else { return .zero }
    return (sum * scheme.total / points).rounded(policy.rounding)
  }
}

extension Item {
  /// Whether the score depends on the other groups.
  public var isPlaced: Bool { node["rule"]?["kind"]?.text == "placed" }
}
