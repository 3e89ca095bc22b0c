import Notation

/// One deduction or gain: so much for each of something, or once where a condition holds.
struct Adjustment: Sendable {
  enum Measure: Sendable {
    case each(Expression)
    case when(Expression)
  }

  let id: String
  let title: String
  let amount: Exact
  let measure: Measure
  let cap: Exact?

  static func shape(_ amount: String) -> ObjectShape {
    ObjectShape("adjustment-\(amount)") {
      [
        Field("id", .id, required: true), Field("title", .text, required: true),
        Field(amount, .number, required: true), Field("each", .expression), Field("when", .condition),
        Field("cap", .bound),
      ]
    }
  }

  init?(_ node: Node, amount key: String) {
    guard let id = node["id"]?.text, let amount = node.exact(key), !(node["cap"]?.isUndecided ?? false) else {
      return nil
    }
    self.id = id
    title = node["title"]?.text ?? id
    self.amount = amount
    cap = node.exact("cap")
    if let each = node["each"], let expression = try? Expression(each) {
      measure = .each(expression)
    } else if let when = node["when"], let expression = try? Expression(condition: when) {
      measure = .when(expression)
    } else {
      return nil
    }
  }

  static func check(_ list: [Node], of key: String, amount: String, _ problems: inout Problems) {
    problems.unique(list, of: key)
    for node in list {
      problems.notNegative(node, amount, "cap")
      if (node["each"] == nil) == (node["when"] == nil) { problems.add("eachOrWhen", at: node.place) }
      if let each = node["each"], let count = (try? Expression(each))?.constant, count.isNegative {
        problems.add("number.negative", at: each.place, ["key": "each", "found": .number(count)])
      }
      if node["when"] != nil, let cap = node["cap"] { problems.add("cap.when", at: cap.place) }
    }
  }

  static func expressions(in list: [Node]) -> [TypedExpression] {
    list.flatMap { node in
      [
        node["each"].map { TypedExpression($0, .number) },
        node["when"].map { TypedExpression($0, .boolean, isCondition: true) },
      ].compactMap(\.self)
    }
  }

  /// What an adjustment came to.
  struct Outcome: Sendable {
    let adjustment: Adjustment
    /// Nil where a condition held.
    let count: Exact?
    let points: Exact

    func line(gives: Bool) -> Message {
      let sign = gives ? "gain" : "loss"
      let title = Message.Part.text(adjustment.title)
      guard let count else {
        return Message("rule.\(sign).when", ["title": title, "amount": .number(points)])
      }
      let isCapped = points < adjustment.amount * count
      return Message(
        isCapped ? "rule.\(sign).capped" : "rule.\(sign).each",
        [
          "title": title, "count": .number(count), "each": .number(adjustment.amount), "amount": .number(points),
        ])
    }
  }

  /// The points this adjustment takes or gives; nil where there is nothing to take or give.
  func outcome(_ facts: ItemFacts, points: Exact) throws(Fault) -> Outcome? {
    switch measure {
    case .when(let condition):
      guard try condition.holds(in: facts.scope(points: points)) else { return nil }
      return Outcome(adjustment: self, count: nil, points: amount)
    case .each(let expression):
      guard let count = try expression.number(in: facts.scope(points: points)) else { throw Fault("missing") }
      guard !count.isNegative else { throw Fault("negative", ["title": .text(title), "count": .number(count)]) }
      guard !count.isZero else { return nil }
      let full = amount * count
      return Outcome(adjustment: self, count: count, points: cap.map { min($0, full) } ?? full)
    }
  }

  static func outcomes(_ list: [Adjustment], _ facts: ItemFacts, points: Exact) throws(Fault) -> [Outcome] {
    var outcomes: [Outcome] = []
    for adjustment in list {
      if let outcome = try adjustment.outcome(facts, points: points) { outcomes.append(outcome) }
    }
    return outcomes
  }
}

/// The deductions of a `deduct` or `parts` rule.
struct Deductions: Sendable {
  let list: [Adjustment]
  let zeroWhen: Expression?

  init?(_ node: Node) {
    guard let list = node["deductions"] == nil ? [] : node.each("deductions", { Adjustment($0, amount: "lose") }) else {
      return nil
    }
    self.list = list
    if let condition = node["zeroWhen"] {
      guard let expression = try? Expression(condition: condition) else { return nil }
      zeroWhen = expression
    } else {
      zeroWhen = nil
    }
  }

  static func check(_ node: Node, _ problems: inout Problems) {
    Adjustment.check(node["deductions"]?.list ?? [], of: "deductions", amount: "lose", &problems)
  }

  static func expressions(in node: Node) -> [TypedExpression] {
    Adjustment.expressions(in: node["deductions"]?.list ?? [])
      + [node["zeroWhen"]].compactMap(\.self).map { TypedExpression($0, .boolean, isCondition: true) }
  }

  func work(
    from start: Exact, _ facts: ItemFacts, points: Exact, lines: @escaping @Sendable () -> [Message]
  ) throws(Fault) -> Working {
    let outcomes = try Adjustment.outcomes(list, facts, points: points)
    if let zeroWhen, try zeroWhen.holds(in: facts.scope(points: points)) {
      return Working(.zero, points: points, lines() + [Message("rule.zero")])
    }
    let lost = outcomes.map(\.points).reduce(.zero, +)
    return Working(start - lost, points: points, Deductions.lines(lines() + outcomes.map { $0.line(gives: false) }))
  }

  private static func lines(_ lines: [Message]) -> [Message] { lines.isEmpty ? [Message("rule.loss.none")] : lines }
}
