public import Notation

/// Reads the facts of one item for a group or school, and finds all that is wrong with them.
public struct FactsReading {
  public var problems = Problems()
  let context: GroupContext

  public init(context: GroupContext) { self.context = context }

  /// - Parameters:
  ///   - node: the map of inputs, in the words of the facts file.
  ///   - path: where it stands, for messages.
  public mutating func facts(
    _ node: Node, rule: any Rule, needs: [Need], inputs: [String: InputDescription], path: String
  ) -> ItemFacts {
    var facts = ItemFacts(context: context, inputs: inputs)
    guard let entries = node.map else {
      wrongType(node, path, "map")
      return facts
    }
    let parts = RulePart.of(rule)
    for entry in entries where !entry.value.isNull {
      let place = "\(path).\(entry.key)"
      if let part = parts.first(where: { $0.id == entry.key }) {
        facts.parts[entry.key] = self.facts(
          entry.value, rule: part.rule, needs: part.needs, inputs: part.inputs, path: place)
      } else if let need = needs.first(where: { $0.name == entry.key }) {
        if let fact = fact(entry.value, need, place) { facts.values[entry.key] = fact }
      } else {
        problems.add(
          "fact.unknown", at: entry.keyPlace, path: place,
          ["name": .text(entry.key), "known": .known(parts.map(\.id) + needs.map(\.name))])
      }
    }
    if rule is Tiers, facts.values["awards"] != nil, facts.values["counts"] != nil {
      problems.add("fact.awardsAndCounts", at: node.place, path: path)
    }
    return facts
  }

  private mutating func wrongType(_ node: Node, _ path: String, _ expected: String) {
    problems.add(
      "fact.type", at: node.place, path: path,
      ["expected": .message(Message("fact.\(expected)")), "found": .message(node.summary)])
  }

  private mutating func fact(_ node: Node, _ need: Need, _ path: String) -> Fact? {
    switch need.kind {
    case .number: return number(node, need.range, path).map { .number($0) }
    case .boolean:
      if let boolean = node.boolean { return .boolean(boolean) }
      wrongType(node, path, "boolean")
    case .text:
      if let text = node.text { return .text(text) }
      wrongType(node, path, "text")
    case .level(let levels): return one(of: levels, node, path).map { .text($0) }
    case .names(let ids):
      guard let list = node.list else {
        wrongType(node, path, "names")
        return nil
      }
      return .names(list.enumerated().compactMap { one(of: ids, $1, "\(path)[\($0)]") })
    case .counts(let levels): return counts(node, levels, path)
    case .awards(let levels, let kinds, let kindRequired):
      return awards(node, levels, kinds, kindRequired: kindRequired, path)
    }
    return nil
  }

  private mutating func number(_ node: Node, _ range: Need.Range, _ path: String) -> Exact? {
    guard let number = node.number else {
      wrongType(node, path, "number")
      return nil
    }
    let fits =
      switch range {
      case .any: true
      case .percent: number >= .zero && number <= .hundred
      case .count: number >= .zero
      case .positive: number > .zero
      }
    guard !fits else { return number }
    problems.add("fact.range.\(range)", at: node.place, path: path, ["found": .number(number)])
    return nil
  }

  private mutating func one(of known: [String], _ node: Node, _ path: String) -> String? {
    guard let text = node.text else {
      wrongType(node, path, "text")
      return nil
    }
    guard known.contains(text) else {
      problems.add("fact.value", at: node.place, path: path, ["found": .text(text), "known": .known(known)])
      return nil
    }
    return text
  }

  private mutating func counts(_ node: Node, _ levels: [String], _ path: String) -> Fact? {
    guard let entries = node.map else {
      wrongType(node, path, "counts")
      return nil
    }
    var counts: [String: Exact] = [:]
    for entry in entries where !entry.value.isNull {
      guard levels.contains(entry.key) else {
        problems.add(
          "fact.value", at: entry.keyPlace, path: path, ["found": .text(entry.key), "known": .known(levels)])
        continue
      }
      counts[entry.key] = number(entry.value, .count, "\(path).\(entry.key)")
    }
    return .counts(counts)
  }

  private mutating func awards(
    _ node: Node, _ levels: [String], _ kinds: [String]?, kindRequired: Bool, _ path: String
  ) -> Fact? {
    guard let list = node.list else {
      wrongType(node, path, "awards")
      return nil
    }
    var awards: [Fact.Award] = []
    for (index, award) in list.enumerated() {
      let place = "\(path)[\(index)]"
      guard let entries = award.map else {
        wrongType(award, place, "award")
        continue
      }
      for entry in entries where entry.key != "level" && entry.key != "kind" {
        problems.add(
          "fact.unknown", at: entry.keyPlace, path: place,
          ["name": .text(entry.key), "known": .known(["level", "kind"])])
      }
      var kind: String?
      if let given = award["kind"], !given.isNull {
        if let kinds {
          kind = one(of: kinds, given, place + ".kind")
        } else if let text = given.text {
          kind = text
        } else {
          wrongType(given, place + ".kind", "text")
        }
      } else if kindRequired {
        problems.add("fact.award", at: award.place, path: place, ["name": "kind"])
      }
      guard let level = award["level"], !level.isNull else {
        problems.add("fact.award", at: award.place, path: place, ["name": "level"])
        continue
      }
      if let level = one(of: levels, level, place + ".level") { awards.append(Fact.Award(level: level, kind: kind)) }
    }
    return .awards(awards)
  }
}
