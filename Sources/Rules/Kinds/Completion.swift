import Notation

/// Done out of required: points × min(1, done/required).
struct Completion: Rule {
  static let kind = "completion"
  static let fields: [Field] = []
  static let pools = true

  init?(_ node: Node) {}

  var needs: [Need] { [Need("done", .number, range: .count), Need("required", .number, range: .positive)] }

  /// More than all can't be done: the score stays at full points, and somebody looks at the number.
  func doubts(_ facts: ItemFacts) -> [Doubt] {
    guard let done = facts.number("done"), let required = facts.number("required"), done > required else { return [] }
    return [
      Doubt(
        "done",
        Message(
          "rule.completion.doubt",
          ["done": facts.shown("done", done), "required": facts.shown("required", required)]))
    ]
  }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let done = facts.number("done"), let required = facts.number("required") else { throw Fault("missing") }
    guard required > .zero else { throw Fault("required") }
    let score = points * min(.one, done / required)
    return Working(
      score, points: points,
      [
        Message(
          done >= required ? "rule.completion.full" : "rule.completion.part",
          [
            "done": facts.shown("done", done), "required": facts.shown("required", required),
            "score": .number(score),
          ])
      ])
  }
}
