import Notation
public import Outcomes
public import Policies
import Scoring

/// Results as the format's JSON (policy-format, «The command line over it»).
public struct ResultsJSON {
  let policy: Policy
  let catalogue: Catalogue

  public init(policy: Policy) {
    self.policy = policy
    catalogue = .of(language: policy.language)
  }

  /// Writes one piece after another, so that large results needn't be held as text.
  /// - Parameter progress: told how many results are written.
  public func write(_ results: Results, to output: (String) -> Void, progress: (Int) -> Void = { _ in }) {
    output("{\"policy\": \(JSONText.quoted(policy.id)), \"results\": [")
    for (place, result) in results.all.enumerated() {
      output(place == 0 ? "\n  " : ",\n  ")
      output(text(result))
      progress(place + 1)
    }
    output("\n]}\n")
  }

  func text(_ result: GroupResult) -> String {
    let card = result.card
    let items = (card.lines + card.bonusLines).map { text($0) }.joined(separator: ",\n    ")
    let fields: [(String, String)] = [
      ("year", String(result.year)), ("group", JSONText.quoted(result.id)),
      ("eligible", card.isEligible ? "true" : "false"), ("base", fixed(card.base)), ("bonus", fixed(card.bonus)),
      ("total", fixed(card.total)), ("grade", result.grade.map(JSONText.quoted) ?? "null"),
      ("rank", result.rank.map(String.init) ?? "null"), ("rankChange", result.rankChange.map(String.init) ?? "null"),
      ("unscored", list(card.unscored)), ("incomplete", list(card.incomplete)), ("vetoes", list(card.group.vetoes)),
      ("items", "[\n    \(items)\n  ]"), ("consequences", list(result.granted)), ("pending", list(result.pending)),
    ]
    let texts: [String] = fields.map { "\"\($0.0)\": \($0.1)" }
    return "{\(texts.joined(separator: ", "))}"
  }

  func text(_ line: Scorecard.Line) -> String {
    let explanation = JSONText.quoted(catalogue.paragraph(line.reasons))
    let score = line.score.map(fixed) ?? "null"
    let head = "{\"id\": \(JSONText.quoted(line.item.id)), \"points\": \(fixed(line.item.points)), "
    return head + "\"score\": \(score), \"explanation\": \(explanation)}"
  }

  func fixed(_ number: Exact) -> String { "\"\(number.fixed(places: policy.rounding.places))\"" }
  func list(_ texts: [String]) -> String { "[" + texts.map(JSONText.quoted).joined(separator: ", ") + "]" }
}
