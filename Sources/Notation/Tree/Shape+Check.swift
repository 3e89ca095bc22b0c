extension Shape {
  /// Holds a piece of a file against the shape and adds everything that doesn't fit.
  public func check(_ node: Node, key: String, _ problems: inout Problems) {
    if node.isUndecided { return }
    if node.isNull {
      if case .openAnything = self { return }
      problems.add("null", at: node.place, ["key": .text(key)])
      return
    }
    switch self {
    case .list(let element, let least):
      guard let list = node.list else { return mismatch(node, key, &problems) }
      if list.count < least {
        problems.add("list.short", at: node.place, ["key": .text(key), "least": .count(least)])
      }
      for item in list { element.check(item, key: key, &problems) }
    case .map(let value):
      guard let entries = node.map else { return mismatch(node, key, &problems) }
      Shape.checkKeys(entries, &problems)
      for entry in entries { value.check(entry.value, key: entry.key, &problems) }
    case .object(let object): object.check(node, key: key, &problems)
    case .either(let shapes):
      guard let fitting = shapes.first(where: { $0.isLike(node) }) else { return mismatch(node, key, &problems) }
      fitting.check(node, key: key, &problems)
    case .tagged(let tagKey, let variants):
      guard node.map != nil else { return mismatch(node, key, &problems) }
      guard let tag = node[tagKey] else {
        problems.add("key.missing", at: node.place, ["key": .text(tagKey), "of": .text(key)])
        return
      }
      if let variant = variants().first(where: { $0.0 == tag.text }) {
        variant.1.check(node, key: variant.0, &problems)
      } else {
        Shape.word(variants().map(\.0)).check(tag, key: tagKey, &problems)
      }
    case .condition where node.map != nil:
      Shape.checkKeys(node.map ?? [], &problems)
    default:
      if !isLike(node) { mismatch(node, key, &problems) }
    }
  }

  func mismatch(_ node: Node, _ key: String, _ problems: inout Problems) {
    problems.add(
      "shape", at: node.place,
      ["key": .text(key), "expected": .message(expectation), "found": .message(node.summary)])
  }

  static func checkKeys(_ entries: [Node.Entry], _ problems: inout Problems) {
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key).inserted {
      problems.add("key.twice", at: entry.keyPlace, ["key": .text(entry.key)])
    }
  }

  /// Whether a node is of this kind at first sight, without looking into it.
  func isLike(_ node: Node) -> Bool {
    switch self {
    case .text: node.text.map { $0.contains { !$0.isWhitespace } } ?? false
    case .id: node.text.map(Shape.isID) ?? false
    case .number: node.number != nil
    case .integer: node.integer != nil
    case .boolean: node.boolean != nil
    case .bound: node.number != nil || node.text == "none"
    case .word(let words): node.text.map(words.contains) ?? false
    case .expression: node.text.map { !$0.isEmpty } ?? (node.number != nil || node.boolean != nil)
    case .condition: node.text.map { !$0.isEmpty } ?? (node.boolean != nil || node.map.map { !$0.isEmpty } ?? false)
    case .dayOfYear: node.text.flatMap(DayOfYear.init) != nil
    case .date: node.text.map(Day.isDate) ?? (node.integer.map { (1900...2200).contains($0) } ?? false)
    case .list: node.list != nil
    case .map, .object, .tagged: node.map != nil
    case .either(let shapes): shapes.contains { $0.isLike(node) }
    case .anything, .openAnything: true
    }
  }

  public static func isID(_ text: String) -> Bool {
    !text.isEmpty && text.count <= 100
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil || "_.-".unicodeScalars.contains($0)
      }
  }

  var expectation: Message {
    switch self {
    case .text: Message("shape.text")
    case .id: Message("shape.id")
    case .number: Message("shape.number")
    case .integer: Message("shape.integer")
    case .boolean: Message("shape.boolean")
    case .bound: Message("shape.bound")
    case .word(let words): Message("shape.word", ["words": .names(words)])
    case .expression: Message("shape.expression")
    case .condition: Message("shape.condition")
    case .dayOfYear: Message("shape.dayOfYear")
    case .date: Message("shape.date")
    case .list: Message("shape.list")
    case .map, .object, .tagged: Message("shape.map")
    case .either(let shapes): Message("shape.either", ["shapes": .list(shapes.map(\.expectation))])
    case .anything, .openAnything: Message("shape.anything")
    }
  }
}

extension ObjectShape {
  func check(_ node: Node, key: String, _ problems: inout Problems) {
    guard let entries = node.map else { return Shape.object(self).mismatch(node, key, &problems) }
    let fields = allFields
    var seen: Set<String> = []
    for entry in entries {
      guard seen.insert(entry.key).inserted else {
        problems.add("key.twice", at: entry.keyPlace, ["key": .text(entry.key)])
        continue
      }
      if let field = fields.first(where: { $0.key == entry.key }) {
        field.shape.check(entry.value, key: entry.key, &problems)
      } else if closed {
        problems.add(
          "key.unknown", at: entry.keyPlace,
          ["key": .text(entry.key), "of": .text(key), "known": .known(fields.map(\.key))])
      }
    }
    for field in fields where field.required && !seen.contains(field.key) {
      problems.add("key.missing", at: node.place, ["key": .text(field.key), "of": .text(key)])
    }
  }
}

extension Node {
  /// What stands here, said shortly, for a message.
  public var summary: Message {
    switch value {
    case .null: Message("found.null")
    case .boolean(let value): Message("found.value", ["value": .text(value ? "true" : "false")])
    case .number(let value): Message("found.number", ["value": .number(value)])
    case .text(let value): Message("found.text", ["value": .text(String(value.prefix(40)))])
    case .list: Message("found.list")
    case .map: Message("found.map")
    case .undecided(let id): Message("found.undecided", ["id": .text(id)])
    }
  }
}
