import Notation
import Rules

extension Policy {
  static func scheme(_ node: Node) -> Scheme? {
    guard let total = node["total"]?.number else { return nil }
    return Scheme(
      total: total, cap: node["cap"]?.number, rescales: node["rescale"]?.boolean ?? false,
      indicators: (node["indicators"]?.list ?? []).compactMap { indicator($0, above: []) })
  }

  static func indicator(_ node: Node, above: [String]) -> Indicator? {
    guard let id = node["id"]?.text else { return nil }
    let path = above + [id]
    return Indicator(
      id: id, title: node["title"]?.text ?? id, points: node["points"]?.number,
      isPending: node["pending"]?.boolean ?? false, source: node["source"]?.text,
      indicators: (node["indicators"]?.list ?? []).compactMap { indicator($0, above: path) },
      items: (node["items"]?.list ?? []).compactMap { item($0, indicators: path, isBonus: false) })
  }

  static func bonus(_ node: Node) -> Bonus? {
    Bonus(
      cap: node["cap"]?.number,
      items: (node["items"]?.list ?? []).compactMap { item($0, indicators: [], isBonus: true) })
  }

  /// Nil where an essential is missing or undecided.
  static func item(_ source: Node, indicators: [String], isBonus: Bool) -> Item? {
    guard let id = source["id"]?.text, let points = source["points"]?.number, let given = source["rule"] else {
      return nil
    }
    let (inputs, ruleNode) = PartInputs.spread(source["inputs"], into: given)
    guard let rule = RuleKinds.rule(ruleNode),
      let of = source["of"].map({ $0.text.flatMap(Item.Subject.init) }) ?? .group,
      let across = source["across"].map({ $0.text.flatMap(Item.Across.init) }) ?? .mean
    else { return nil }
    var applies: Expression?
    if let condition = source["applies"] {
      guard let expression = try? Expression(condition: condition) else { return nil }
      applies = expression
    }
    var node = source.setting("rule", ruleNode)
    if let inputs { node = node.setting("inputs", inputs) }
    let months = "months_since_formed"
    return Item(
      id: id, title: source["title"]?.text ?? id, text: source["text"]?.text, scoring: source["scoring"]?.text,
      points: points, of: of, across: across, applies: applies, rule: rule,
      needs: RuleNeeds.all(of: rule, ruleNode, inputs: inputs), inputs: InputShape.descriptions(inputs),
      methods: source["methods"]?.texts() ?? [],
      evidence: (source["evidence"]?.list ?? []).compactMap { $0["title"]?.text },
      source: source["source"]?.text ?? "", was: source["was"]?.text, decisions: source.decisionsInside,
      indicators: indicators, isBonus: isBonus, node: node,
      usesMonths: RuleExpressions.names(in: ruleNode).contains(months) || applies?.names.contains(months) ?? false)
  }
}

extension Node {
  /// The decisions that gave any value in here, in order, each once.
  var decisionsInside: [String] {
    var ids: [String] = []
    func walk(_ node: Node) {
      if let id = node.decision, !ids.contains(id) { ids.append(id) }
      for element in node.list ?? [] { walk(element) }
      for entry in node.map ?? [] { walk(entry.value) }
    }
    walk(self)
    return ids
  }
}
