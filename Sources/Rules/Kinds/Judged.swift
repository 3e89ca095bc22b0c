import Notation

/// A panel says how far it is done, in percent: points × done/100.
struct Judged: Rule {
  static let kind = "judged"
  static let fields: [Field] = []

  init?(_ node: Node) {}

  var needs: [Need] { [Need("done", .number, range: .percent)] }
  var curve: Curve? { .line(input: "done", full: .hundred) }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let done = facts.number("done") else { throw Fault("missing") }
    let score = points * done / .hundred
    return Working(
      score, points: points, [Message("rule.judged", ["done": .number(done), "score": .number(score)])])
  }
}
