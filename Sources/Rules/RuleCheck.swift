public import Notation

/// Finds what is wrong with a rule beyond its shape: parameters, expressions, inputs.
public enum RuleCheck {
  /// - Parameters:
  ///   - node: the `rule:` map.
  ///   - inputs: the `inputs:` map beside it.
  ///   - points: the points the rule shares out; nil where unknown.
  public static func check(_ node: Node, inputs: Node?, points: Exact?, _ problems: inout Problems) {
    guard let kind = RuleKinds.kind(of: node) else { return }
    kind.check(node, points: points, &problems)
    let rule = RuleKinds.rule(node)
    checkExpressions(kind, node, rule, inputs, &problems)
    // A rule that can't be read names no inputs; what is wrong with it has been said.
    if let rule { checkInputs(rule, node, inputs, &problems) }
    if kind == Parts.self { checkParts(node, points: points, &problems) }
  }

  static func checkExpressions(
    _ kind: any Rule.Type, _ node: Node, _ rule: (any Rule)?, _ inputs: Node?, _ problems: inout Problems
  ) {
    var table = TypeTable(context: RuleNeeds.context, opensFacts: true)
    RuleNeeds.fixNeeds(rule?.needs ?? [], inputs, &table)
    for typed in kind.expressions(in: node) where !typed.node.isUndecided {
      do throws(Fault) {
        try table.check(try typed.parsed(), expecting: typed.type)
      } catch {
        problems.add("expression", at: typed.node.place, ["why": .message(error.message)])
      }
    }
  }

  static func checkInputs(_ rule: any Rule, _ node: Node, _ inputs: Node?, _ problems: inout Problems) {
    let needs = RuleNeeds.all(of: rule, node, inputs: inputs)
    for need in needs where RuleNeeds.reserved.contains(need.name) {
      problems.add("input.reserved", at: node.first(text: need.name)?.place ?? node.place, ["name": .text(need.name)])
    }
    for entry in inputs?.map ?? [] {
      guard let need = needs.first(where: { $0.name == entry.key }) else {
        problems.add(
          "input.unknown", at: entry.keyPlace, ["name": .text(entry.key), "known": .known(needs.map(\.name))])
        continue
      }
      if let type = entry.value["type"], let declared = type.text, !need.kind.fits(declared) {
        problems.add(
          "input.twoTypes", at: type.place,
          ["name": .text(need.name), "one": .text(declared), "two": .text(need.kind.word)])
      }
    }
  }

  static func checkParts(_ node: Node, points: Exact?, _ problems: inout Problems) {
    let parts = node["parts"]?.list ?? []
    let own = RuleKinds.rule(node).map { RuleNeeds.all(of: $0, node, inputs: nil).map(\.name) } ?? []
    for part in parts {
      if let id = part["id"], let text = id.text, own.contains(text) {
        problems.add("part.input", at: id.place, ["id": .text(text)])
      }
      if let id = part["id"]?.text, let name = own.first(where: { $0.hasPrefix(id + ".") }) {
        problems.add("part.reach", at: node.first(mentioning: name)?.place ?? node.place, ["name": .text(name)])
      }
      guard let rule = part["rule"] else { continue }
      let share = part["points"] == nil ? points.map { $0 / Exact(max(1, parts.count)) } : part["points"]?.number
      check(rule, inputs: part["inputs"], points: share, &problems)
    }
  }
}

extension Node {
  /// The first place inside where a text stands.
  func first(text wanted: String) -> Node? {
    switch value {
    case .text(wanted): return self
    case .list(let list):
      for node in list { if let found = node.first(text: wanted) { return found } }
      return nil
    case .map(let entries):
      for entry in entries { if let found = entry.value.first(text: wanted) { return found } }
      return nil
    default: return nil
    }
  }

  /// The first text inside that contains another.
  func first(mentioning name: String) -> Node? {
    if let text { return text.contains(name) ? self : nil }
    for node in list ?? (map ?? []).map(\.value) { if let found = node.first(mentioning: name) { return found } }
    return nil
  }

  /// A map with a key's value replaced or added.
  public func setting(_ key: String, _ node: Node) -> Node {
    guard var entries = map else { return self }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = node
    } else {
      entries.append(Entry(key: key, keyPlace: node.place, value: node))
    }
    return Node(.map(entries), at: place, decision: decision)
  }
}

/// What items do with the descriptions of their parts' inputs.
public enum PartInputs {
  /// Moves descriptions written as `part.input` beside the part they speak of; the rest stays with the item.
  public static func spread(_ inputs: Node?, into rule: Node) -> (inputs: Node?, rule: Node) {
    guard let list = rule["parts"], let parts = list.list else { return (inputs, rule) }
    var rest = inputs?.map ?? []
    let spreadParts = parts.map { part -> Node in
      guard let id = part["id"]?.text, let inner = part["rule"] else { return part }
      let prefix = id + "."
      let mine = rest.filter { $0.key.hasPrefix(prefix) }.map {
        Node.Entry(key: String($0.key.dropFirst(prefix.count)), keyPlace: $0.keyPlace, value: $0.value)
      }
      rest.removeAll { $0.key.hasPrefix(prefix) }
      var own = part["inputs"]
      if let first = mine.first { own = Node(.map((own?.map ?? []) + mine), at: own?.place ?? first.keyPlace) }
      let (innerInputs, innerRule) = spread(own, into: inner)
      let result = part.setting("rule", innerRule)
      return innerInputs.map { result.setting("inputs", $0) } ?? result
    }
    return (
      inputs.map { Node(.map(rest), at: $0.place) }, rule.setting("parts", Node(.list(spreadParts), at: list.place))
    )
  }
}

/// All the expressions of a rule, those of its parts included.
public enum RuleExpressions {
  public static func all(in node: Node) -> [TypedExpression] {
    let own = RuleKinds.kind(of: node)?.expressions(in: node) ?? []
    return own + (node["parts"]?.list ?? []).flatMap { $0["rule"].map(all) ?? [] }
  }

  /// Every name they mention.
  public static func names(in node: Node) -> Set<String> {
    all(in: node).reduce(into: []) { $0.formUnion($1.expression?.names ?? []) }
  }
}
