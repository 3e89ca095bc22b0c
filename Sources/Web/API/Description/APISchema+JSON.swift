import Notation

extension APISchema {
  /// As JSON Schema 2020-12. What is named is referred to, and put among the components.
  func json(_ words: Catalogue, _ components: inout [String: JSONText]) -> JSONText {
    .object(fields(words, &components))
  }

  private func fields(_ words: Catalogue, _ components: inout [String: JSONText]) -> [(String, JSONText)] {
    switch self {
    case .text(let least, let most):
      return [("type", .text("string")), ("pattern", .text("^[^\\u0000]*$"))]
        + (least > 0 ? [("minLength", .number(least))] : [])
        + (most.map { [("maxLength", .number($0))] } ?? [])
    case .form(let form):
      return [("type", .text("string")), ("pattern", .text(form.pattern))]
        + (form.format.map { [("format", .text($0))] } ?? []) + [("examples", .list([.text(form.sample)]))]
    case .word(let words): return [("type", .text("string")), ("enum", .texts(words))]
    case .whole(let least, let most):
      return [("type", .text("integer")), ("minimum", .number(least)), ("maximum", .number(most))]
    case .boolean: return [("type", .text("boolean"))]
    case .anything: return []
    case .list(let element, let least, let most):
      return [("type", .text("array")), ("items", element.json(words, &components))]
        + (least > 0 ? [("minItems", .number(least))] : []) + (most.map { [("maxItems", .number($0))] } ?? [])
    case .map(let element):
      return [("type", .text("object")), ("additionalProperties", element.json(words, &components))]
    case .object(let fields):
      let properties = fields.map { field in
        var inner = field.schema.fields(words, &components)
        if let said = field.words(words) { inner.append(("description", .text(said))) }
        return (field.name, JSONText.object(inner))
      }
      return [
        ("type", .text("object")), ("properties", .object(properties)),
        ("required", .texts(fields.filter(\.isRequired).map(\.name))), ("additionalProperties", .boolean(false)),
      ]
    case .optional(let schema):
      return [("anyOf", .list([schema.json(words, &components), .object([("type", .text("null"))])]))]
    case .named(let name, let schema):
      if components[name] == nil {
        // Before its inside is written: one that holds itself ends here.
        components[name] = .null
        components[name] = schema.json(words, &components)
      }
      return [("$ref", .text("#/components/schemas/\(name)"))]
    }
  }

  /// A value that fits, for people to look at.
  func sample(_ words: Catalogue, named name: String = "") -> JSONText {
    switch self {
    case .text: .text(words.named("api.sample.\(name)") ?? "…")
    case .form(let form): .text(form.sample)
    case .word(let words): .optional(words.first)
    case .whole(let least, _): words.named("api.sample.\(name)").map { .raw($0) } ?? .number(max(least, 1))
    case .boolean: .boolean(false)
    case .anything: .raw("8.4")
    case .list(let element, let least, _):
      .list(Array(repeating: element.sample(words, named: name), count: max(1, least)))
    case .map(let element): .object([(words.named("api.sample.\(name)") ?? "…", element.sample(words, named: name))])
    case .object(let fields): .object(fields.map { ($0.name, $0.schema.sample(words, named: $0.name)) })
    case .optional(let schema), .named(_, let schema): schema.sample(words, named: name)
    }
  }

  /// What it is in a word, for the table of fields.
  func kind(_ words: Catalogue) -> String {
    switch self {
    case .text: words.text("api.kind.text")
    case .form(let form): words.text("api.kind.\(form)")
    case .word(let list): list.joined(separator: " | ")
    case .whole: words.text("api.kind.whole")
    case .boolean: words.text("api.kind.boolean")
    case .anything: words.text("api.kind.anything")
    case .list(let element, _, _): words.text("api.kind.list", ["of": .text(element.kind(words))])
    case .map, .object: words.text("api.kind.object")
    case .optional(let schema): words.text("api.kind.optional", ["of": .text(schema.kind(words))])
    case .named(let name, _): name
    }
  }

  /// The fields of a schema and of all inside it, by path (`marks[].item`).
  func lines(_ path: String = "") -> [(path: String, field: APIField)] {
    switch self {
    case .object(let fields):
      fields.flatMap { field -> [(path: String, field: APIField)] in
        let own = path.isEmpty ? field.name : "\(path).\(field.name)"
        return [(own, field)] + field.schema.lines(own)
      }
    case .list(let element, _, _): element.lines(path + "[]")
    case .map(let element): element.lines(path + "{}")
    case .optional(let schema), .named(_, let schema): schema.lines(path)
    default: []
    }
  }
}

extension APIField {
  /// What the field says, where its name doesn't say enough.
  func words(_ words: Catalogue) -> String? { words.named("api.field.\(name)") }
}
