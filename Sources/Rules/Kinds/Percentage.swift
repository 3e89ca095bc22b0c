import Notation

/// A result in percent counts as that share of the points, such as satisfaction.
struct Percentage: Rule {
  static let kind = "percentage"
  static let fields: [Field] = []

  init?(_ node: Node) {}

  var needs: [Need] { [Need("percent", .number, range: .percent)] }
  var curve: Curve? { .line(input: "percent", full: .hundred) }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let percent = facts.number("percent") else { throw Fault("missing") }
    let score = points * percent / .hundred
    return Working(
      score, points: points,
      [
        Message(
          "rule.percentage",
          ["title": facts.title("percent"), "percent": .number(percent), "score": .number(score)])
      ])
  }
}
