public import Notation

/// One part of an item that has several rules.
public struct RulePart: Sendable {
  public let id: String
  public let title: String
  /// Nil: an equal share.
  public let points: Exact?
  public let rule: any Rule
  public let needs: [Need]
  public let inputs: [String: InputDescription]

  /// The parts of a rule; none but those of `parts` have any.
  public static func of(_ rule: any Rule) -> [RulePart] { (rule as? Parts)?.parts ?? [] }
}

/// Several rules in one item, each for its share of the points.
struct Parts: Rule {
  static let kind = "parts"
  static let part = ObjectShape("part") {
    [
      Field("id", .id, required: true), Field("title", .text, required: true), Field("points", .number),
      Field("text", .text), Field("scoring", .text), Field("inputs", .map(.object(InputShape.input))),
      Field("rule", RuleKinds.shape, required: true),
    ]
  }
  static let fields = [
    Field("parts", .list(.object(part), least: 1), required: true),
    Field("deductions", .list(.object(Adjustment.shape("lose")))), Field("zeroWhen", .condition),
  ]

  let parts: [RulePart]
  let deductions: Deductions

  init?(_ node: Node) {
    let parts: [RulePart]? = node.each("parts") { part in
      guard let id = part["id"]?.text, let ruleNode = part["rule"], let rule = RuleKinds.rule(ruleNode) else {
        return nil
      }
      return RulePart(
        id: id, title: part["title"]?.text ?? id, points: part.exact("points"), rule: rule,
        needs: RuleNeeds.all(of: rule, ruleNode, inputs: part["inputs"]),
        inputs: InputShape.descriptions(part["inputs"]))
    }
    guard let parts, !parts.isEmpty, let deductions = Deductions(node) else { return nil }
    self.parts = parts
    self.deductions = deductions
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let parts = node["parts"]?.list ?? []
    problems.unique(parts, of: "parts")
    Deductions.check(node, &problems)
    let given = parts.filter { $0["points"] != nil }
    for part in parts { problems.notNegative(part, "points") }
    if !given.isEmpty, given.count < parts.count, let first = parts.first(where: { $0["points"] == nil }) {
      problems.add("entries.points", at: first.place)
    }
    let known = parts.compactMap { $0.exact("points") }
    if let points, known.count == parts.count, known.reduce(.zero, +) != points {
      problems.add(
        "sum", at: node["parts"]?.place ?? node.place,
        [
          "what": .message(Message("sum.parts")), "sum": .number(known.reduce(.zero, +)), "points": .number(points),
        ])
    }
    for part in parts {
      if let rule = part["rule"], let kind = rule["kind"], kind.text == Placed.kind {
        problems.add("placed.parts", at: kind.place)
      }
    }
  }

  static func expressions(in node: Node) -> [TypedExpression] { Deductions.expressions(in: node) }

  var needs: [Need] { [] }

  /// The points of each part: its own, or an equal and exact share.
  static func share(_ part: Exact?, of points: Exact, among count: Int) -> Exact { part ?? points / Exact(count) }

  func missing(in facts: ItemFacts, needs: [Need]) -> [String] {
    let inParts = parts.flatMap { part in
      part.rule.missing(in: facts.of(part), needs: part.needs).map { "\(part.id).\($0)" }
    }
    return inParts + needs.map(\.name).filter { facts.values[$0] == nil }
  }

  func doubts(_ facts: ItemFacts) -> [Doubt] { parts.flatMap { $0.doubts(facts) } }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    var workings: [Working] = []
    for part in parts {
      let share = Parts.share(part.points, of: points, among: parts.count)
      workings.append(try part.rule.work(facts.of(part), points: share))
    }
    let done = workings
    return try deductions.work(from: done.map(\.score).reduce(.zero, +), facts, points: points) {
      zip(parts, done).map { part, working in
        Message(
          "rule.part",
          [
            "title": .text(part.title), "score": .number(working.score),
            "points": .number(Parts.share(part.points, of: points, among: parts.count)), "lines": .lines(working.lines),
          ])
      }
    }
  }
}

extension ItemFacts {
  /// The facts of a part; one that has none is as if each of its inputs were missing.
  func of(_ part: RulePart) -> ItemFacts {
    var facts = parts[part.id] ?? ItemFacts(context: context)
    facts.inputs = part.inputs
    return facts
  }
}
