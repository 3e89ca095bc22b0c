import Notation

/// Thresholds to reach; every step below one loses points.
struct Shortfall: Rule {
  static let kind = "shortfall"
  static let threshold = ObjectShape("threshold") {
    [
      Field("input", .id, required: true), Field("atLeast", .number, required: true), Field("when", .condition),
    ]
  }
  static let fields = [
    Field("thresholds", .list(.object(threshold), least: 1), required: true),
    Field("lose", .number, required: true), Field("per", .number, required: true),
    Field("step", .word(Step.allCases.map(\.rawValue))), Field("combine", .word(["sum", "worst"])),
  ]

  /// How a part of a step counts (每降低1个百分点…).
  enum Step: String, CaseIterable {
    /// In proportion.
    case linear
    /// A step begun is a step.
    case started
    /// Only whole steps.
    case whole

    func steps(_ exact: Exact) -> Exact {
      switch self {
      case .linear: exact
      case .started: exact.ceiling
      case .whole: exact.floor
      }
    }
  }

  struct Threshold {
    let input: String
    let atLeast: Exact
    let when: Expression?
  }

  let thresholds: [Threshold]
  let lose: Exact
  let per: Exact
  let step: Step
  let takesWorst: Bool

  init?(_ node: Node) {
    let thresholds: [Threshold]? = node.each("thresholds") { node in
      guard let input = node["input"]?.text, let atLeast = node.exact("atLeast") else { return nil }
      var when: Expression?
      if let condition = node["when"] {
        guard let expression = try? Expression(condition: condition) else { return nil }
        when = expression
      }
      return Threshold(input: input, atLeast: atLeast, when: when)
    }
    guard let thresholds, let lose = node.exact("lose"), let per = node.exact("per"), per > .zero,
      let step = node["step"].map({ $0.text.flatMap(Step.init) }) ?? .linear,
      let combine = node["combine"].map({ $0.text }) ?? "sum"
    else { return nil }
    self.thresholds = thresholds
    self.lose = lose
    self.per = per
    self.step = step
    takesWorst = combine == "worst"
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    problems.positive(node, "per")
    problems.notNegative(node, "lose")
  }

  static func expressions(in node: Node) -> [TypedExpression] {
    (node["thresholds"]?.list ?? []).compactMap { $0["when"] }.map {
      TypedExpression($0, .boolean, isCondition: true)
    }
  }

  var needs: [Need] { thresholds.map { Need($0.input, .number) } }

  func missing(in facts: ItemFacts, needs: [Need]) -> [String] {
    let conditions = thresholds.reduce(into: Set<String>()) { $0.formUnion($1.when?.names ?? []) }
    return needs.map(\.name).filter { name in
      guard facts.values[name] == nil else { return false }
      if conditions.contains(name) { return true }
      return thresholds.contains { $0.input == name && applies($0, facts) }
    }
  }

  /// Only a condition known to be false excuses a threshold's own input; one that lacks facts doesn't.
  private func applies(_ threshold: Threshold, _ facts: ItemFacts) -> Bool {
    guard let when = threshold.when else { return true }
    let isKnown = when.names.allSatisfy {
      facts.values[$0] != nil || facts.context.value(of: $0) != nil || $0 == "points"
    }
    return !isKnown || (try? when.holds(in: facts.scope(points: .zero))) ?? true
  }

  /// What one threshold costs; nil where its condition spares it.
  private struct Loss {
    let input: String
    let counted: (value: Exact, atLeast: Exact, gap: Exact, points: Exact)?
  }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    var found: [Loss] = []
    for threshold in thresholds {
      if let when = threshold.when, try !when.holds(in: facts.scope(points: points)) {
        found.append(Loss(input: threshold.input, counted: nil))
        continue
      }
      guard let value = facts.number(threshold.input) else { throw Fault("missing") }
      let gap = max(.zero, threshold.atLeast - value)
      found.append(
        Loss(input: threshold.input, counted: (value, threshold.atLeast, gap, lose * step.steps(gap / per))))
    }
    let losses = found
    let each = losses.compactMap(\.counted?.points)
    let lost = takesWorst ? each.max() ?? .zero : each.reduce(.zero, +)
    return Working(
      points - lost, points: points,
      losses.map { Shortfall.line($0, facts) }
        + (takesWorst && each.count > 1 && lost > .zero
          ? [Message("rule.shortfall.worst", ["loss": .number(lost)])] : []))
  }

  private static func line(_ loss: Loss, _ facts: ItemFacts) -> Message {
    let title = facts.title(loss.input)
    guard let counted = loss.counted else { return Message("rule.shortfall.skipped", ["title": title]) }
    return Message(
      counted.gap.isZero ? "rule.shortfall.reached" : "rule.shortfall.below",
      [
        "title": title, "value": facts.shown(loss.input, counted.value),
        "atLeast": facts.shown(loss.input, counted.atLeast), "gap": .number(counted.gap),
        "gapUnit": .message(Message("unit.gap.\(facts.inputs[loss.input]?.unit ?? "none")")),
        "loss": .number(counted.points),
      ])
  }
}
