public import Notation
public import Policies

/// A group's sheet of one year: every item that applies, with its score and the reasoning behind it.
public final class Scorecard: Sendable {
  public final class Line: Sendable {
    public let item: Item
    /// Rounded as the policy says; nil where facts are missing.
    public let score: Exact?
    /// The same before rounding: what several reviewers' scores are combined from.
    public let exact: Exact?
    /// The facts that are missing, as `item/school/input`.
    public let missing: [String]
    private let explain: @Sendable () -> [Message]

    init(
      item: Item, score: Exact?, exact: Exact?, missing: [String],
      reasons: @autoclosure @escaping @Sendable () -> [Message]
    ) {
      self.item = item
      self.score = score
      self.exact = exact
      self.missing = missing
      explain = reasons
    }

    /// How the score came about, in the order of the rule; made on demand.
    public var reasons: [Message] { explain() }
  }

  public let year: Int
  public let group: GroupFacts
  public let isEligible: Bool
  /// In the scheme's order.
  public let lines: [Line]
  public let bonusLines: [Line]
  /// The sum of the scored lines (brought to the total, where the policy rescales); provisional while any is unscored.
  public let base: Exact
  /// What the bonus adds, at most the policy's cap.
  public let bonus: Exact
  public let total: Exact

  /// Whether every line is scored.
  public let isComplete: Bool

  init(
    year: Int, group: GroupFacts, isEligible: Bool, lines: [Line], bonusLines: [Line], base: Exact, bonus: Exact,
    total: Exact, isComplete: Bool
  ) {
    self.year = year
    self.group = group
    self.isEligible = isEligible
    self.lines = lines
    self.bonusLines = bonusLines
    self.base = base
    self.bonus = bonus
    self.total = total
    self.isComplete = isComplete
  }

  /// The sums of a year that was confirmed before, without its lines: enough for what later years remember of it.
  public static func recorded(
    year: Int, group: GroupFacts, isEligible: Bool, base: Exact, bonus: Exact, total: Exact, isComplete: Bool
  ) -> Scorecard {
    Scorecard(
      year: year, group: group, isEligible: isEligible, lines: [], bonusLines: [], base: base, bonus: bonus,
      total: total, isComplete: isComplete)
  }

  /// The same with the vetoes that fell on the group since.
  public func laying(_ vetoes: [String]) -> Scorecard {
    var group = group
    group.vetoes = vetoes
    return Scorecard(
      year: year, group: group, isEligible: isEligible, lines: lines, bonusLines: bonusLines, base: base, bonus: bonus,
      total: total, isComplete: isComplete)
  }

  public var unscored: [String] { lines.flatMap(\.missing) }
  /// Bonus claims with missing facts.
  public var incomplete: [String] { bonusLines.flatMap(\.missing) }

  /// The rounded scores under an indicator or item in percent of its applicable points; nil where nothing applies.
  public func percent(of id: String) -> Exact? { percent { $0.id == id || $0.indicators.contains(id) } }

  /// The lowest percentage among indicators at a depth, from 1 at the top; indicators where nothing applies are skipped.
  public func lowestPercent(depth: Int) -> Exact? {
    let ids = Set(lines.compactMap { $0.item.indicators.count >= depth ? $0.item.indicators[depth - 1] : nil })
    return ids.compactMap { id in percent { $0.indicators.count >= depth && $0.indicators[depth - 1] == id } }.min()
  }

  private func percent(_ belongs: (Item) -> Bool) -> Exact? {
    let mine = lines.filter { belongs($0.item) }
    let points = mine.map(\.item.points).reduce(.zero, +)
    guard !points.isZero else { return nil }
    return mine.compactMap(\.score).reduce(.zero, +) * .hundred / points
  }
}

/// Why an item can't be scored though its facts are there.
public struct ScoringFault: Error, Sendable {
  public let year: Int
  public let group: String
  /// The item, grade or consequence.
  public let item: String
  public let message: Message

  public init(year: Int, group: String, item: String, message: Message) {
    self.year = year
    self.group = group
    self.item = item
    self.message = message
  }
}
