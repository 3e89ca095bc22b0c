public import Ledgers
public import Notation
public import Rules

/// A figure of the year in the reader's words.
public struct FigureWords: Sendable {
  let words: Catalogue

  public init(_ words: Catalogue) { self.words = words }

  /// What the policy calls an input; where it doesn't, its part, and what is asked of it.
  public func title(_ binding: Binding) -> String {
    if let own = binding.title { return own }
    guard let asked = words.named("input.\(binding.need.name)") else { return binding.part ?? binding.input }
    return binding.part.map { words.text("sheet.part", ["part": .text($0), "input": .text(asked)]) } ?? asked
  }

  /// Where it comes from: the metric, the document, or why it is entered by people.
  public func origin(_ figure: YearFigure, documents: (String) -> String?) -> String {
    switch figure.binding.answer {
    case .metric(let metric): words.text(metric.title)
    case .document(let id): documents(id) ?? id
    case .none(let why): words.text("ledger.unbound.\(why)")
    }
  }

  public func text(_ fact: Fact, _ binding: Binding) -> String {
    let separator = words.text("list.separator")
    switch fact {
    case .number(let number): return number.plain + (binding.unit.flatMap { words.named("unit.\($0)") } ?? "")
    case .boolean(let flag): return words.text("ledger.flag.\(flag)")
    case .text(let text): return text
    case .names(let ids):
      let titles = RuleEntries.titles(of: binding.rule)
      return ids.isEmpty ? words.text("sheet.list.none") : ids.map { titles[$0] ?? $0 }.joined(separator: separator)
    case .counts(let counts):
      if counts.isEmpty { return words.text("sheet.none") }
      return Fact.byLevel(counts).map { "\(level($0.level)) \($0.count.plain)" }.joined(separator: separator)
    case .awards(let awards):
      guard !awards.isEmpty else { return words.text("sheet.none") }
      let kinds = RuleEntries.kinds(of: binding.rule)
      return awards.map { award in
        [award.kind.map { kinds[$0] ?? $0 }, level(award.level)].compactMap(\.self).joined(separator: " ")
      }.joined(separator: separator)
    }
  }

  private func level(_ id: String) -> String { words.named("level.\(id)") ?? id }
}
