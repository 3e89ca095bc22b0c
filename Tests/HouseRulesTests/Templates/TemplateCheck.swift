/// Holds a template against the type it is filled with. Templates find stored properties only: a computed one is silently
/// nothing, whatever the section round it then shows.
struct TemplateCheck {
  let types: SwiftTypes
  let templates: [String: Template]
  /// What a template finds besides the page's own: words are the catalogue's.
  let words: Set<String>
  private(set) var faults: Set<String> = []

  init(_ types: SwiftTypes, _ templates: [String: Template], words: Set<String>) {
    self.types = types
    self.templates = templates
    self.words = words
  }

  /// What a value of a shape is looked up in; `place`: the type that wrote it.
  private struct Level {
    let shape: Shape
    let place: String
  }

  private enum Found { case level(Level), computed(String), nothing }

  /// The faults of a template filled with a page of a type.
  static func faults(
    of template: String, page: String, _ types: SwiftTypes, _ templates: [String: Template], words: Set<String>
  ) -> [String] {
    var check = TemplateCheck(types, templates, words: words)
    let root = Level(
      shape: .tuple(["page": .named(page), "frame": .named("Frame"), "assets": .tuple(["base": .leaf])]), place: page)
    guard let found = templates[template] else { return ["\(template): no such template"] }
    check.walk(found.pieces, [root], template, depth: 0)
    return check.faults.sorted()
  }

  private mutating func walk(_ pieces: [Template.Piece], _ levels: [Level], _ template: String, depth: Int) {
    for piece in pieces {
      switch piece {
      case .name(let name, let line): _ = find(name, levels, "\(template):\(line)")
      case .partial(let name, let line):
        guard depth < 8 else { continue }
        guard let inner = templates[name] else {
          faults.insert("\(template):\(line): no template \(name)")
          continue
        }
        walk(inner.pieces, levels, name, depth: depth + 1)
      case .section(let name, let isInverted, let inside, let line):
        let level = find(name, levels, "\(template):\(line)")
        // What a transform gives is no value to look into, and neither is what is absent.
        let enters = !isInverted && !name.contains("(")
        walk(inside, enters ? levels + [level ?? Level(shape: .open, place: "")] : levels, template, depth: depth)
      }
    }
  }

  private mutating func find(_ written: String, _ levels: [Level], _ place: String) -> Level? {
    var name = written
    if let open = name.firstIndex(of: "(") { name = String(name[name.index(after: open)...].dropLast()) }
    if name.isEmpty || name == "." { return levels.last }
    let parts = name.split(separator: ".").map(String.init)
    if parts[0] == "t" {
      let key = parts.dropFirst().joined(separator: ".")
      if !words.contains(key) { faults.insert("\(place): no sentence \(key)") }
      return nil
    }
    var level: Level?
    search: for outer in levels.reversed() {
      switch look(parts[0], in: outer) {
      case .level(let found):
        level = found
        break search
      case .computed(let type):
        faults.insert("\(place): \(name) is worked out by \(type), not stored")
        return nil
      case .nothing: continue
      }
    }
    guard var level else {
      faults.insert("\(place): nothing is called \(name)")
      return nil
    }
    for part in parts.dropFirst() {
      guard case .level(let next) = look(part, in: level) else {
        faults.insert("\(place): nothing is called \(name)")
        return nil
      }
      level = next
    }
    return level
  }

  private func look(_ name: String, in level: Level) -> Found {
    switch level.shape {
    case .leaf: return .nothing
    case .open: return .level(level)
    case .tuple(let parts): return parts[name].map { .level(Level(shape: $0, place: level.place)) } ?? .nothing
    case .named(let written):
      guard let type = types.find(written, within: level.place) else { return .nothing }
      if let shape = type.stored[name] { return .level(Level(shape: shape, place: type.name)) }
      return type.computed.contains(name) ? .computed(type.name) : .nothing
    }
  }
}
