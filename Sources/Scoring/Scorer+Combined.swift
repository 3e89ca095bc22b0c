public import Notation
public import Policies

extension Scorer {
  /// Several reviewers' scorecards of one group as one: item by item their scores before rounding are combined as the
  /// policy says and rounded once. A line that any reviewer lacks stays open.
  ///
  /// - Parameters:
  ///   - cards: one for each reviewer, over the same items.
  ///   - group: the facts that stand for all of them.
  public func combined(_ cards: [Scorecard], by reviewers: Reviewers, group: GroupFacts) -> Scorecard {
    assembled(cards, group: group) { item, lines in
      let missing = lines.missing
      let exact = reviewers.combined(lines.compactMap(\.exact))?.clamped(to: .zero...item.points)
      guard lines.allSatisfy({ $0.exact != nil }), let exact else {
        let named = missing.isEmpty ? ["\(item.id)/reviewers"] : missing
        return Scorecard.Line(
          item: item, score: nil, exact: nil, missing: named,
          reasons: [Message("item.unscored", ["missing": .names(named)])])
      }
      let rounded = exact.rounded(policy.rounding)
      return Scorecard.Line(
        item: item, score: rounded, exact: exact, missing: missing,
        reasons: lines.enumerated().map { number, line in
          Message(
            "combined.reviewer",
            ["number": .count(number + 1), "score": .number(line.score ?? exact), "lines": .lines(line.reasons)])
        }
          + [
            Message(
              "combined.\(reviewers.combine.rawValue)",
              ["count": .count(lines.count), "score": .number(exact)])
          ] + (rounded == exact ? [] : [roundedTo(rounded)]))
    }
  }

  /// One stage's scorecard and what it weighs, in percent.
  public struct Weighed: Sendable {
    public let title: String
    public let card: Scorecard
    public let weight: Exact

    public init(title: String, card: Scorecard, weight: Exact) {
      self.title = title
      self.card = card
      self.weight = weight
    }
  }

  /// The stages' scorecards of one group as one: item by item Σ weight × score / 100, rounded once.
  ///
  /// - Parameter group: the facts of the highest of the stages.
  public func weighted(_ stages: [Weighed], group: GroupFacts) -> Scorecard {
    assembled(stages.map(\.card), group: group) { item, lines in
      let missing = lines.missing
      guard lines.allSatisfy({ $0.score != nil }) else {
        return Scorecard.Line(
          item: item, score: nil, exact: nil, missing: missing,
          reasons: [Message("item.unscored", ["missing": .names(missing)])])
      }
      let exact = zip(stages, lines).reduce(Exact.zero) { $0 + $1.0.weight * ($1.1.score ?? .zero) / .hundred }
      let rounded = exact.rounded(policy.rounding)
      return Scorecard.Line(
        item: item, score: rounded, exact: exact, missing: missing,
        reasons: zip(stages, lines).map { stage, line in
          Message(
            "combined.stage",
            [
              "stage": .text(stage.title), "score": .number(line.score ?? .zero), "weight": .number(stage.weight),
            ])
        } + (rounded == exact ? [] : [roundedTo(rounded)]))
    }
  }

  /// A card out of others', line by line; an item that one of them lacks stays open.
  private func assembled(
    _ cards: [Scorecard], group: GroupFacts, line: (Item, [Scorecard.Line]) -> Scorecard.Line
  ) -> Scorecard {
    func lines(_ path: KeyPath<Scorecard, [Scorecard.Line]>) -> [Scorecard.Line] {
      let byItem = cards.map { card in
        Dictionary(card[keyPath: path].map { ($0.item.id, $0) }) { first, _ in first }
      }
      var seen: Set<String> = []
      return cards.flatMap { $0[keyPath: path] }.map(\.item).filter { seen.insert($0.id).inserted }.map { item in
        let found = byItem.compactMap { $0[item.id] }
        guard found.count == cards.count else {
          return Scorecard.Line(
            item: item, score: nil, exact: nil, missing: ["\(item.id)/reviewers"],
            reasons: [Message("item.unscored", ["missing": .names(["\(item.id)/reviewers"])])])
        }
        return line(item, found)
      }
    }
    return card(
      group, year: cards.first?.year ?? 0, eligible: cards.first?.isEligible ?? false, lines: lines(\.lines),
      bonusLines: lines(\.bonusLines))
  }
}

extension [Scorecard.Line] {
  /// What any of them lacks, each once.
  fileprivate var missing: [String] {
    var seen: Set<String> = []
    return flatMap(\.missing).filter { seen.insert($0).inserted }
  }
}
