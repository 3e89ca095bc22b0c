extension Shape {
  /// The JSON Schema (2020-12) of a file whose root has this shape, for editors. Any value may instead name a decision.
  public static func schema(root: ObjectShape, id: String, title: String) -> String {
    var writer = SchemaWriter()
    let reference = writer.reference(root)
    return SchemaWriter.text([
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("$id", .text(id)), ("title", .text(title)),
      ("$ref", reference.first?.1 ?? .text("")), ("$defs", .object(writer.definitions)),
    ])
  }
}

/// Writes shapes as JSON Schema, each object once under `$defs`.
struct SchemaWriter {
  indirect enum JSONValue {
    case text(String)
    case flag(Bool)
    case number(Int)
    case list([JSONValue])
    case object([(String, JSONValue)])
  }

  var definitions: [(String, JSONValue)] = [
    (
      "decision",
      .object([
        ("type", .text("object")), ("required", .list([.text("decision")])),
        ("properties", .object([("decision", .object([("type", .text("string"))]))])),
        ("additionalProperties", .flag(false)),
      ])
    )
  ]
  var known: Set<String> = []

  mutating func reference(_ object: ObjectShape) -> [(String, JSONValue)] {
    let reference: [(String, JSONValue)] = [("$ref", .text("#/$defs/\(object.name)"))]
    guard known.insert(object.name).inserted else { return reference }
    let fields = object.allFields
    let properties = fields.map { ($0.key, orDecision($0.shape)) }
    let required = fields.filter(\.required).map { JSONValue.text($0.key) }
    var body: [(String, JSONValue)] = [("type", .text("object"))]
    if !required.isEmpty { body.append(("required", .list(required))) }
    body.append(("properties", .object(properties)))
    body.append(("additionalProperties", .flag(!object.closed)))
    definitions.append((object.name, .object(body)))
    return reference
  }

  mutating func orDecision(_ shape: Shape) -> JSONValue {
    switch shape {
    case .anything, .openAnything: return .object([])
    default: break
    }
    return .object([("anyOf", .list([value(shape), .object([("$ref", .text("#/$defs/decision"))])]))])
  }

  mutating func value(_ shape: Shape) -> JSONValue {
    switch shape {
    case .text: return type("string", ("minLength", .number(1)))
    case .id: return type("string", ("minLength", .number(1)), ("maxLength", .number(100)))
    case .number: return type("number")
    case .integer: return type("integer")
    case .boolean: return type("boolean")
    case .bound: return anyOf([type("number"), .object([("const", .text("none"))])])
    case .word(let words): return .object([("enum", .list(words.map { .text($0) }))])
    case .expression: return .object([("type", .list([.text("string"), .text("number"), .text("boolean")]))])
    case .condition: return .object([("type", .list([.text("string"), .text("boolean"), .text("object")]))])
    case .dayOfYear: return type("string", ("pattern", .text("^[0-9]{2}-[0-9]{2}$")))
    case .date:
      return anyOf([
        type("string", ("pattern", .text("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"))), type("integer"),
      ])
    case .list(let element, let least):
      var body: [(String, JSONValue)] = [("type", .text("array")), ("items", orDecision(element))]
      if least > 0 { body.append(("minItems", .number(least))) }
      return .object(body)
    case .map(let element): return type("object", ("additionalProperties", orDecision(element)))
    case .object(let object): return .object(reference(object))
    case .either(let shapes): return anyOf(shapes.map { value($0) })
    case .tagged(_, let variants): return anyOf(variants().map { .object(reference($0.1)) })
    case .anything, .openAnything: return .object([])
    }
  }

  func type(_ name: String, _ more: (String, JSONValue)...) -> JSONValue {
    .object([("type", .text(name))] + more)
  }

  func anyOf(_ values: [JSONValue]) -> JSONValue { .object([("anyOf", .list(values))]) }

  static func text(_ entries: [(String, JSONValue)]) -> String { write(.object(entries), indent: "") + "\n" }

  static func write(_ value: JSONValue, indent: String) -> String {
    let deeper = indent + "  "
    switch value {
    case .text(let text): return JSONText.quoted(text)
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number): return String(number)
    case .list(let list):
      if list.isEmpty { return "[]" }
      return "[\n" + list.map { deeper + write($0, indent: deeper) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let lines = entries.map { deeper + JSONText.quoted($0.0) + ": " + write($0.1, indent: deeper) }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }
}
