public import Notation
public import Policies
public import Scoring

/// A scorecard as it is frozen: sums, and line by line the score, what is missing and why.
public enum CardJSON {
  public static func text(_ card: Scorecard, policy: Policy, words: Catalogue) -> String {
    let places = policy.rounding.places
    func lines(_ lines: [Scorecard.Line]) -> JSONText {
      .list(
        lines.map { line in
          .object([
            ("id", .text(line.item.id)), ("points", .text(line.item.points.fixed(places: places))),
            ("score", .optional(line.score?.fixed(places: places))), ("missing", .texts(line.missing)),
            ("why", .text(words.paragraph(line.reasons))),
          ])
        })
    }
    return JSONText.object([
      ("base", .text(card.base.fixed(places: places))), ("bonus", .text(card.bonus.fixed(places: places))),
      ("total", .text(card.total.fixed(places: places))), ("complete", .boolean(card.isComplete)),
      ("eligible", .boolean(card.isEligible)), ("lines", lines(card.lines)), ("bonusLines", lines(card.bonusLines)),
    ]).text
  }
}
