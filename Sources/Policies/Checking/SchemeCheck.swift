import Notation
import Rules

extension PolicyCheck {
  func checkScheme(_ problems: inout Problems) {
    problems.unique(indicatorNodes.map(\.0) + itemNodes + bonusNodes, of: "scheme")
    for item in itemNodes { checkItem(item, isBonus: false, &problems) }
    for item in bonusNodes { checkItem(item, isBonus: true, &problems) }
    for (node, _) in indicatorNodes { checkIndicator(node, &problems) }
    guard let scheme = root["scheme"] else { return }
    problems.positive(scheme, "total")
    problems.notNegative(scheme, "cap")
    if let bonus = root["bonus"] { problems.notNegative(bonus, "cap") }
    if !rescales { checkSums(scheme, &problems) }
  }

  var rescales: Bool { root["scheme"]?["rescale"]?.boolean ?? false }

  func checkIndicator(_ node: Node, _ problems: inout Problems) {
    checkPoints(node, &problems)
    let isPending = node["pending"]?.boolean ?? false
    let hasItems = !(node["items"]?.list ?? []).isEmpty || !(node["indicators"]?.list ?? []).isEmpty
    if isPending, hasItems { problems.add("pending.items", at: node.place) }
    if !isPending, !hasItems { problems.add("indicator.empty", at: node.place, ["id": .text(node.name)]) }
    if !isPending, !rescales, node["points"] == nil {
      problems.add("key.missing", at: node.place, ["key": "points", "of": .text(node.name)])
    }
  }

  func checkPoints(_ node: Node, _ problems: inout Problems) {
    problems.notNegative(node, "points")
    if let points = node["points"], let number = points.number, number.isFiner(thanPlaces: policy.rounding.places) {
      problems.add(
        "points.finer", at: points.place, ["points": .number(number), "places": .count(policy.rounding.places)])
    }
  }

  func checkItem(_ item: Node, isBonus: Bool, _ problems: inout Problems) {
    checkPoints(item, &problems)
    checkApplies(item, &problems)
    problems.unique(item["evidence"]?.list ?? [], of: "evidence")
    guard let given = item["rule"] else { return }
    let (inputs, rule) = PartInputs.spread(item["inputs"], into: given)
    RuleCheck.check(rule, inputs: inputs, points: item["points"]?.number, &problems)
    checkSources(inputs, rule, &problems)
    let of = item["of"]?.text ?? "group"
    if rule["kind"]?.text == "placed" {
      if isBonus { problems.add("placed.bonus", at: rule["kind"]?.place ?? rule.place) }
      if of != "group" { problems.add("placed.of", at: item["of"]?.place ?? rule.place) }
    }
    guard let across = item["across"], let word = across.text else { return }
    if of != "members", of != "schools", !(item["of"]?.isUndecided ?? false) {
      problems.add("across.of", at: across.place)
    }
    if word == "pooled", let kind = RuleKinds.kind(of: rule) {
      if !kind.pools {
        let pooling = RuleKinds.all.filter { $0.pools }.map { $0.kind }
        problems.add("across.pooled", at: across.place, ["kind": .text(kind.kind), "known": .known(pooling)])
      } else if let read = RuleKinds.rule(rule),
        let text = RuleNeeds.all(of: read, rule, inputs: inputs).first(where: { $0.kind == .text })
      {
        problems.add("across.text", at: across.place, ["name": .text(text.name)])
      }
    }
  }

  func checkApplies(_ item: Node, _ problems: inout Problems) {
    guard let applies = item["applies"] else { return }
    problems.condition(applies, .applies, named)
    guard !rescales, let expression = try? Expression(condition: applies) else { return }
    let others = expression.names.subtracting(["form"]).intersection(GroupContext.types.keys)
    if !others.isEmpty { problems.add("applies.form", at: applies.place, ["names": .names(others.sorted())]) }
  }

  /// For each form, what applies to it must sum to the parent's points at every level.
  func checkSums(_ scheme: Node, _ problems: inout Problems) {
    let forms: [String?] = policy.forms.isEmpty ? [nil] : policy.forms.map(\.id)
    var reported: Set<Place> = []
    func check(_ node: Node, sum: Exact?, points: Node?, form: String?) {
      guard let sum, let points, let number = points.number, sum != number, reported.insert(points.place).inserted
      else {
        return
      }
      problems.add(
        form == nil ? "sum" : "sum.form", at: points.place,
        [
          "what": node["total"] == nil ? .text(node.name) : .message(Message("sum.total")), "sum": .number(sum),
          "points": .number(number),
          "form": .text(form.flatMap(policy.form)?.name ?? ""),
        ])
    }
    /// The sum below a node for a form; nil where something below is pending, undecided or unreadable.
    func sum(below node: Node, form: String?) -> Exact? {
      var total: Exact? = .zero
      for item in node["items"]?.list ?? [] {
        guard let applies = applies(item, form) else {
          total = nil
          continue
        }
        guard applies else { continue }
        total = item["points"]?.number.flatMap { points in total.map { $0 + points } }
      }
      for inner in node["indicators"]?.list ?? [] {
        let isEmpty = (inner["items"]?.list ?? []).isEmpty && (inner["indicators"]?.list ?? []).isEmpty
        let below = isEmpty || inner["pending"]?.boolean == true ? nil : sum(below: inner, form: form)
        check(inner, sum: below, points: inner["points"], form: form)
        total = inner["points"]?.number.flatMap { points in total.map { $0 + points } }
        if inner["pending"]?.boolean == true { total = nil }
      }
      return total
    }
    for form in forms {
      check(scheme, sum: sum(below: scheme, form: form), points: scheme["total"], form: form)
    }
  }

  /// Nil where the form alone doesn't decide it, which is reported by itself.
  private func applies(_ item: Node, _ form: String?) -> Bool? {
    guard let condition = item["applies"] else { return true }
    guard let expression = try? Expression(condition: condition), expression.names.isSubset(of: ["form"]) else {
      return nil
    }
    let context = GroupContext(form: form, district: nil, members: nil, schools: nil, monthsSinceFormed: nil)
    return (try? expression.holds(in: Scope { context.value(of: $0) ?? .missing })) ?? nil
  }
}

extension Node {
  /// What a person calls it: its title, or its id.
  var name: String { self["title"]?.text ?? self["id"]?.text ?? "" }
}
