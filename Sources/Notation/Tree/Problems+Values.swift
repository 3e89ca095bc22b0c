extension Problems {
  /// Reports numbers that must be above zero.
  public mutating func positive(_ node: Node, _ keys: String...) {
    for key in keys {
      if let value = node[key], let number = value.number, number <= .zero {
        add("number.positive", at: value.place, ["key": .text(key), "found": .number(number)])
      }
    }
  }

  /// Reports numbers below zero.
  public mutating func notNegative(_ node: Node, _ keys: String...) {
    for key in keys {
      if let value = node[key], let number = value.number, number.isNegative {
        add("number.negative", at: value.place, ["key": .text(key), "found": .number(number)])
      }
    }
  }

  /// Reports ids given twice in a list of maps.
  public mutating func unique(_ nodes: [Node], of list: String) {
    var seen: Set<String> = []
    for node in nodes {
      if let id = node["id"], let text = id.text, !seen.insert(text).inserted {
        add("id.twice", at: id.place, ["id": .text(text), "list": .text(list)])
      }
    }
  }
}
