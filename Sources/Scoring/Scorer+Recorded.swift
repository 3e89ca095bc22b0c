public import Notation
import Policies
import Rules

/// A line of a scorecard as it was recorded.
public struct RecordedLine: Sendable {
  public let item: String
  /// Nil: unscored.
  public let score: Exact?
  /// The facts that were missing, as `item/school/input`.
  public let missing: [String]
  public let reasons: [Message]

  public init(item: String, score: Exact?, missing: [String] = [], reasons: [Message] = []) {
    self.item = item
    self.score = score
    self.missing = missing
    self.reasons = reasons
  }
}

extension Scorer {
  /// A scorecard of recorded lines, summed as any other. Lines of items the policy doesn't know are left aside; an item
  /// that applies and has no line is unscored.
  ///
  /// - Parameter group: with its facts, as they were recorded.
  public func card(_ group: GroupFacts, year: Int, recorded: [RecordedLine]) -> Scorecard {
    let byItem = Dictionary(recorded.map { ($0.item, $0) }) { first, _ in first }
    func lines(_ items: [Item]) -> [Scorecard.Line] {
      items.compactMap { item in
        guard let line = byItem[item.id] else {
          guard !item.isBonus, (try? item.applies(to: group.context)) ?? true else { return nil }
          return Scorecard.Line(item: item, score: nil, exact: nil, missing: [item.id], reasons: [])
        }
        return Scorecard.Line(
          item: item, score: line.score, exact: line.score, missing: line.missing, reasons: line.reasons)
      }
    }
    return card(
      group, year: year, eligible: (try? isEligible(group)) ?? false, lines: lines(policy.scheme?.items ?? []),
      bonusLines: lines(policy.bonus?.items ?? []))
  }

  /// Scorecards of one year's groups with the items that are scored by place placed among just these groups: sheets were
  /// handed in one by one, before all values were known.
  public func placed(_ cards: [Scorecard]) -> [Scorecard] {
    guard policy.scheme?.items.contains(where: \.isPlaced) ?? false else { return cards }
    let peers = peers(among: cards.map(\.group))
    return cards.map { card in
      let lines = card.lines.map { line -> Scorecard.Line in
        guard let peers = peers[line.item.id], line.score != nil else { return line }
        return (try? self.line(line.item, card.group, peers: peers)) ?? line
      }
      return self.card(
        card.group, year: card.year, eligible: card.isEligible, lines: lines, bonusLines: card.bonusLines)
    }
  }
}
