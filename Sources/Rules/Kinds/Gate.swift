import Notation

/// Met or not: all the points or none.
struct Gate: Rule {
  static let kind = "gate"
  static let fields: [Field] = []

  init?(_ node: Node) {}

  var needs: [Need] { [Need("met", .boolean)] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard case .boolean(let met)? = facts.values["met"] else { throw Fault("missing") }
    return Working(
      met ? points : .zero, points: points,
      [
        Message(
          met ? "rule.gate.met" : "rule.gate.unmet", ["title": facts.title("met"), "points": .number(points)])
      ])
  }
}
