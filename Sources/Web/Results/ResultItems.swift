import Documents
import Notation
import Policies
import Publishing

/// A result's items under the indicators they belong to, with sums.
struct ResultItems {
  struct Part {
    let title: String
    let score: String
    /// Nil for bonus items: they add, they don't lack.
    let points: String?
    let lines: [Line]
  }

  struct Line {
    let number: String?
    let title: String
    let score: String
    let points: String
    let isMissing: Bool
    let why: [String]
    let link: String?
  }

  let policy: Policy
  let words: ResultWords
  /// Whether the reader may know why.
  let reasons: Bool
  var link: (String) -> String? = { _ in nil }

  init(_ policy: Policy, _ words: ResultWords, reasons: Bool, link: @escaping (String) -> String? = { _ in nil }) {
    self.policy = policy
    self.words = words
    self.reasons = reasons
    self.link = link
  }

  func parts(_ lines: [FrozenResult.Line]) -> [Part] {
    let byItem = Dictionary(lines.map { ($0.item, $0) }) { first, _ in first }
    let indicators = (policy.scheme?.indicators ?? []).map { ($0.title, $0.allItems.map(\.id), false) }
    let bonus = (words.words.text("head.bonus"), policy.bonus?.items.map(\.id) ?? [], true)
    return (indicators + [bonus]).compactMap { title, items, isBonus in
      let own = items.compactMap { byItem[$0] }
      guard !own.isEmpty else { return nil }
      let scores = own.compactMap(\.score)
      return Part(
        title: title,
        score: scores.isEmpty ? "—" : words.number(scores.reduce(.zero, +)),
        points: isBonus ? nil : own.map(\.points).reduce(.zero, +).plain, lines: own.map(line))
    }
  }

  private func line(_ line: FrozenResult.Line) -> Line {
    Line(
      number: line.item.contains(where: \.isNumber) ? line.item : nil, title: words.names.item(line.item),
      score: words.number(line.score), points: line.points.plain,
      isMissing: line.score == nil, why: reasons ? ReasonLines.of(line.why) : [], link: link(line.item))
  }
}
