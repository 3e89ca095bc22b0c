public import Notation
public import Scoring

extension CardJSON {
  /// A line of a frozen scorecard.
  public struct Line: Sendable {
    public let item: String
    public let points: Exact
    /// Nil: unscored.
    public let score: Exact?
    public let missing: [String]
    public let why: String
    public let isBonus: Bool

    /// As scorers take it up again; the reasons stay in the words they were frozen in.
    public var recorded: RecordedLine {
      RecordedLine(
        item: item, score: score, missing: missing,
        reasons: why.isEmpty ? [] : [Message("literal", ["text": .text(why)])])
    }
  }

  /// The lines of a card as it was frozen, bonus items behind; nil where the text is none.
  public static func lines(_ text: String) -> [Line]? {
    guard let tree = try? JSON.read(Array(text.utf8), file: "card"), let lines = tree["lines"]?.list,
      let bonus = tree["bonusLines"]?.list
    else { return nil }
    let read = lines.map { line($0, isBonus: false) } + bonus.map { line($0, isBonus: true) }
    let found = read.compactMap(\.self)
    return found.count == read.count ? found : nil
  }

  private static func line(_ node: Node, isBonus: Bool) -> Line? {
    guard let item = node["id"]?.text, let points = node["points"]?.text.flatMap({ Exact(decimal: $0) }) else {
      return nil
    }
    return Line(
      item: item, points: points, score: node["score"]?.text.flatMap { Exact(decimal: $0) },
      missing: (node["missing"]?.list ?? []).compactMap(\.text), why: node["why"]?.text ?? "", isBonus: isBonus)
  }
}
