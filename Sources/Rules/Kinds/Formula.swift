import Notation

/// An expression that gives the score.
struct Formula: Rule {
  static let kind = "formula"
  static let fields = [Field("formula", .expression, required: true)]

  let formula: Expression
  let text: String

  init?(_ node: Node) {
    guard let source = node["formula"], let formula = try? Expression(source) else { return nil }
    self.formula = formula
    text = source.text ?? source.number?.plain ?? ""
  }

  static func expressions(in node: Node) -> [TypedExpression] {
    node["formula"].map { [TypedExpression($0, .number)] } ?? []
  }

  var needs: [Need] { [] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    guard let score = try formula.number(in: facts.scope(points: points)) else { throw Fault("missing") }
    return Working(
      score, points: points,
      values(facts) + [Message("rule.formula", ["formula": .text(text), "score": .number(score)])])
  }

  private func values(_ facts: ItemFacts) -> [Message] {
    formula.names.sorted().compactMap { name in
      facts.number(name).map {
        Message("rule.formula.value", ["title": facts.title(name), "value": facts.shown(name, $0)])
      }
    }
  }
}
