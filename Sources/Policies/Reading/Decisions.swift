import Notation

/// Reads a policy's decisions and puts what they say where they are named.
struct Decisions {
  private(set) var all: [Decision] = []
  private var used: Set<String> = []
  private var nodes: [String: Node] = [:]

  init(_ root: Node, _ problems: inout Problems) {
    let list = root["decisions"]?.list ?? []
    problems.unique(list, of: "decisions")
    for node in list {
      guard let id = node["id"]?.text, all.allSatisfy({ $0.id != id }) else { continue }
      let decision = Decisions.read(node, id: id)
      Decisions.check(decision, node, &problems)
      all.append(decision)
      nodes[id] = node
    }
  }

  static func read(_ node: Node, id: String) -> Decision {
    let options = (node["options"]?.list ?? []).map { option -> Decision.Option in
      if let value = option["value"] {
        return Decision.Option(value: value, title: option["title"]?.text ?? value.plainText)
      }
      return Decision.Option(value: option, title: option.plainText)
    }
    let chosen = node["chosen"].flatMap { $0.isNull ? nil : $0 }
    return Decision(
      id: id, question: node["question"]?.text ?? id, options: options, isNumber: node["type"]?.text == "number",
      least: node["min"]?.number, most: node["max"]?.number, chosen: chosen, why: node["why"]?.text ?? "",
      source: node["source"]?.text ?? "", binds: node["binds"]?.boolean ?? true, place: node.place)
  }

  static func check(_ decision: Decision, _ node: Node, _ problems: inout Problems) {
    if decision.isNumber == (node["options"] != nil) {
      problems.add("decision.options", at: node.place, ["id": .text(decision.id)])
    }
    for option in node["options"]?.list ?? [] {
      if let entries = option.map,
        option["value"] == nil || entries.contains(where: { $0.key != "value" && $0.key != "title" })
      {
        problems.add("decision.option", at: option.place, ["id": .text(decision.id)])
      } else if option.isNull || option["value"]?.isNull == true {
        problems.add("null", at: option.place, ["key": "options"])
      }
    }
    if !decision.isNumber, node["options"] != nil, decision.options.isEmpty {
      problems.add("list.short", at: node["options"]?.place ?? node.place, ["key": "options", "least": .count(1)])
    }
    guard node["chosen"] != nil else {
      problems.add("decision.chosen", at: node.place, ["id": .text(decision.id)])
      return
    }
    guard let chosen = decision.chosen else {
      // No problem: the policy can be read and edited, and isn't run.
      let parts: [String: Message.Part] = ["id": .text(decision.id), "question": .text(decision.question)]
      problems.add("undecided", at: decision.place, severity: .note, parts)
      return
    }
    if decision.isNumber {
      Shape.number.check(chosen, key: "chosen", &problems)
      guard let number = chosen.number else { return }
      let parts: [String: Message.Part] = [
        "id": .text(decision.id), "found": .number(number), "least": .number(decision.least ?? number),
        "most": .number(decision.most ?? number),
      ]
      if let least = decision.least, number < least { problems.add("decision.least", at: chosen.place, parts) }
      if let most = decision.most, number > most { problems.add("decision.most", at: chosen.place, parts) }
    } else if !decision.options.isEmpty, !decision.options.contains(where: { $0.value.says(chosen) }) {
      problems.add(
        "decision.chosen.unknown", at: chosen.place,
        [
          "id": .text(decision.id), "found": .message(chosen.summary),
          "options": .names(decision.options.map(\.value.plainText)),
        ])
    }
  }

  /// The policy with every `{decision: id}` replaced by what was decided.
  mutating func fill(_ root: Node, _ problems: inout Problems) -> Node {
    guard let entries = root.map else { return root }
    let filled = entries.map { entry -> Node.Entry in
      guard entry.key != "decisions" else { return entry }
      return Node.Entry(key: entry.key, keyPlace: entry.keyPlace, value: substitute(entry.value, &problems))
    }
    for decision in all where decision.binds && !used.contains(decision.id) {
      problems.add("decision.unused", at: decision.place, ["id": .text(decision.id)])
    }
    return Node(.map(filled), at: root.place)
  }

  private mutating func substitute(_ node: Node, _ problems: inout Problems) -> Node {
    switch node.value {
    case .list(let list):
      return Node(.list(list.map { substitute($0, &problems) }), at: node.place, decision: node.decision)
    case .map(let entries):
      if entries.count == 1, entries[0].key == "decision" { return decided(entries[0].value, node.place, &problems) }
      let filled = entries.map {
        Node.Entry(key: $0.key, keyPlace: $0.keyPlace, value: substitute($0.value, &problems))
      }
      return Node(.map(filled), at: node.place, decision: node.decision)
    default: return node
    }
  }

  private mutating func decided(_ reference: Node, _ place: Place, _ problems: inout Problems) -> Node {
    guard let id = reference.text, let decision = all.first(where: { $0.id == id }) else {
      problems.add(
        "decision.unknown", at: reference.place,
        ["id": .text(reference.plainText), "known": .known(all.map(\.id))])
      return Node(.undecided(reference.plainText), at: place, decision: reference.plainText)
    }
    used.insert(id)
    guard let chosen = decision.chosen else { return Node(.undecided(id), at: place, decision: id) }
    return Node(chosen.value, at: place, decision: id)
  }
}
