import Notation

/// A value on the way to a target: points × min(1, value/target).
struct Attainment: Rule {
  static let kind = "attainment"
  static let fields = [Field("target", .number, required: true)]

  let target: Exact

  init?(_ node: Node) {
    guard let target = node.exact("target"), target > .zero else { return nil }
    self.target = target
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) { problems.positive(node, "target") }

  var needs: [Need] { [Need("value", .number)] }
  var curve: Curve? { .line(input: "value", full: target) }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let value = facts.number("value") else { throw Fault("missing") }
    let score = points * min(.one, value / target)
    return Working(
      score, points: points,
      [
        Message(
          value >= target ? "rule.attainment.full" : "rule.attainment.part",
          [
            "title": facts.title("value"), "value": facts.shown("value", value),
            "target": facts.shown("value", target), "score": .number(max(.zero, score)),
          ])
      ])
  }
}
