import Notation
public import Policies
public import Rules

/// Facts × policy → scorecards. The one path from facts to scores; the same for pages, command line and tests.
public struct Scorer: Sendable {
  public let policy: Policy

  public init(policy: Policy) { self.policy = policy }

  /// The scorecards of one year's groups, in their order, or every fault found.
  public func score(_ year: FactYear) -> (cards: [Scorecard], faults: [ScoringFault]) {
    var faults: [ScoringFault] = []
    let eligible = year.groups.map { eligibility($0, year.year, &faults) }
    let peers = placedValues(year.groups, eligible)
    let cards = zip(year.groups, eligible).map { group, eligible in
      card(group, year: year.year, eligible: eligible, peers: peers, &faults)
    }
    return (cards, faults)
  }

  /// Whether a group takes part in grades, ranks and consequences.
  ///
  /// Throws where the condition divides by a computed zero.
  public func isEligible(_ group: GroupFacts) throws(Fault) -> Bool {
    guard let condition = policy.eligible else { return true }
    if group.context.monthsSinceFormed == nil, condition.names.contains("months_since_formed") { return false }
    return try condition.holds(in: Scope { group.context.value(of: $0) ?? .missing })
  }

  /// For each item scored by place: the values of the eligible groups it applies to.
  public func peers(among groups: [GroupFacts]) -> [String: Peers] {
    placedValues(groups, groups.map { (try? isEligible($0)) ?? false })
  }

  private func placedValues(_ groups: [GroupFacts], _ eligible: [Bool]) -> [String: Peers] {
    var values: [String: Peers] = [:]
    for item in policy.scheme?.items ?? [] where item.isPlaced {
      values[item.id] = Peers(
        zip(groups, eligible).compactMap { group, eligible in
          guard eligible, (try? item.applies(to: group.context)) ?? false else { return nil }
          return group.items[item.id]?[groupKey]?.number("value")
        })
    }
    return values
  }

  /// The scorecard of one group, the others' values of items scored by place given (`peers`), or every fault found. An
  /// item that can't be computed has no line.
  ///
  /// - Parameter items: which items are scored; all where nil.
  public func card(
    _ group: GroupFacts, year: Int, peers: [String: Peers] = [:], items: ((Item) -> Bool)? = nil
  ) -> (card: Scorecard, faults: [ScoringFault]) {
    var faults: [ScoringFault] = []
    let eligible = eligibility(group, year, &faults)
    return (card(group, year: year, eligible: eligible, peers: peers, items: items, &faults), faults)
  }

  private func eligibility(_ group: GroupFacts, _ year: Int, _ faults: inout [ScoringFault]) -> Bool {
    do throws(Fault) {
      return try isEligible(group)
    } catch {
      faults.append(ScoringFault(year: year, group: group.id, item: "eligible", message: error.message))
      return false
    }
  }

  private func card(
    _ group: GroupFacts, year: Int, eligible: Bool, peers: [String: Peers], items: ((Item) -> Bool)? = nil,
    _ faults: inout [ScoringFault]
  ) -> Scorecard {
    func lines(_ all: [Item]) -> [Scorecard.Line] {
      all.compactMap { item in
        guard items?(item) ?? true else { return nil }
        do throws(Fault) {
          guard try item.applies(to: group.context) else { return nil }
          return try line(item, group, peers: peers[item.id] ?? Peers([]))
        } catch {
          faults.append(ScoringFault(year: year, group: group.id, item: item.id, message: error.message))
          return nil
        }
      }
    }
    return card(
      group, year: year, eligible: eligible, lines: lines(policy.scheme?.items ?? []),
      bonusLines: lines(policy.bonus?.items ?? []))
  }

  /// Lines as a sheet: the one place where scores are summed.
  func card(
    _ group: GroupFacts, year: Int, eligible: Bool, lines: [Scorecard.Line], bonusLines: [Scorecard.Line]
  ) -> Scorecard {
    let earned = bonusLines.compactMap(\.score).reduce(.zero, +)
    let base = base(lines)
    let bonus = policy.bonus?.cap.map { min($0, earned) } ?? earned
    let total = policy.scheme?.cap.map { min($0, base + bonus) } ?? base + bonus
    return Scorecard(
      year: year, group: group, isEligible: eligible, lines: lines, bonusLines: bonusLines, base: base, bonus: bonus,
      total: total, isComplete: lines.allSatisfy { $0.score != nil })
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
