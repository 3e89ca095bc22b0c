import Notation

extension APISchema {
  /// What of a value isn't as the schema says, each with its place (`/marks/0/item`); empty: all is well.
  func faults(in node: Node, at place: String = "") -> [Message] {
    func fault(_ what: String, _ parts: [String: Message.Part] = [:]) -> [Message] {
      [Message("api.fault.\(what)", parts.merging(["at": .text(place.isEmpty ? "/" : place)]) { $1 })]
    }
    switch self {
    case .text(let least, let most):
      guard let text = node.text else { return fault("text") }
      let count = text.unicodeScalars.count
      if text.unicodeScalars.contains("\0") { return fault("nul") }
      if count < least { return fault("short", ["least": .count(least)]) }
      return most.map { count > $0 } ?? false ? fault("long", ["most": .count(most ?? 0)]) : []
    case .form(let form):
      guard let text = node.text, form.fits(text) else { return fault("form", ["sample": .text(form.sample)]) }
      return []
    case .word(let words):
      guard let text = node.text, words.contains(text) else { return fault("word", ["words": .names(words)]) }
      return []
    case .whole(let least, let most):
      guard let number = node.integer, (least...most).contains(number) else {
        return fault("whole", ["least": .count(least), "most": .count(most)])
      }
      return []
    case .boolean: return node.boolean == nil ? fault("boolean") : []
    case .anything: return node.hasNul ? fault("nul") : []
    case .list(let element, let least, let most):
      guard let list = node.list else { return fault("list") }
      guard list.count >= least, most.map({ list.count <= $0 }) ?? true else {
        return fault("count", ["least": .count(least), "most": .count(most ?? list.count)])
      }
      return list.enumerated().flatMap { element.faults(in: $0.element, at: "\(place)/\($0.offset)") }
    case .map(let element):
      guard let map = node.map else { return fault("object") }
      return map.flatMap { element.faults(in: $0.value, at: "\(place)/\($0.key)") }
    case .object(let fields):
      guard let map = node.map else { return fault("object") }
      let known = Set(fields.map(\.name))
      let unknown = map.filter { !known.contains($0.key) }.flatMap { fault("unknown", ["name": .text($0.key)]) }
      return unknown
        + fields.flatMap { field -> [Message] in
          guard let value = node[field.name] else {
            return field.isRequired ? fault("missing", ["name": .text(field.name)]) : []
          }
          return field.schema.faults(in: value, at: "\(place)/\(field.name)")
        }
    case .optional(let schema): return node.isNull ? [] : schema.faults(in: node, at: place)
    case .named(_, let schema): return schema.faults(in: node, at: place)
    }
  }

  /// What is wrong with a text of the address or of a header.
  func faults(inText text: String, named name: String) -> [Message] {
    switch self {
    case .whole:
      let number = Exact(decimal: text)
      // `+7` and `007` are no numbers of JSON.
      guard let number, number.plain == text else {
        return faults(in: Node(.null, at: Place(file: name, line: 1)), at: name)
      }
      return faults(in: Node(.number(number), at: Place(file: name, line: 1)), at: name)
    case .list(let element, _, _): return element.faults(inText: text, named: name)
    default: return faults(in: Node(.text(text), at: Place(file: name, line: 1)), at: name)
    }
  }
}

extension Node {
  /// Whether any text in it holds the character that no text of ours may hold.
  var hasNul: Bool {
    switch value {
    case .text(let text): text.utf8.contains(0)
    case .list(let list): list.contains(where: \.hasNul)
    case .map(let entries): entries.contains { $0.key.utf8.contains(0) || $0.value.hasNul }
    default: false
    }
  }
}
