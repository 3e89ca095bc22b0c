/// What is known of a type from its text alone: what it keeps, what it works out.
struct SwiftType: Sendable {
  let name: String
  let path: String
  var stored: [String: Shape] = [:]
  var computed: Set<String> = []
}

/// What a template can find in a value.
indirect enum Shape: Sendable, Hashable {
  case leaf
  /// Any name is found in it.
  case open
  case named(String)
  case tuple([String: Shape])

  /// The shape of a type as it is written; a list and what may be absent are what stands in them.
  init(_ written: Substring) {
    var text = written.trimmed
    while text.last == "?" || text.last == "!" { text = text.dropLast().trimmed }
    if text.hasPrefix("any ") { text = text.dropFirst(4).trimmed }
    if text.first == "[", text.last == "]" {
      let inside = text.dropFirst().dropLast()
      self = inside.cut(at: ":").count > 1 ? .open : Shape(inside)
    } else if text.first == "(", text.last == ")" {
      var parts: [String: Shape] = [:]
      for part in text.dropFirst().dropLast().cut(at: ",") {
        let pieces = part.cut(at: ":")
        if pieces.count == 2 { parts[String(pieces[0].trimmed)] = Shape(pieces[1]) }
      }
      self = .tuple(parts)
    } else {
      self = text.wholeMatch(of: #/[A-Za-z_.]+/#) == nil ? .leaf : .named(String(text))
    }
  }
}

/// The types of some sources, by their full names.
struct SwiftTypes: Sendable {
  private(set) var all: [String: SwiftType] = [:]

  init(_ sources: [(path: String, text: String)]) {
    for source in sources { read(source.text, path: source.path) }
    // What answers templates itself knows the names it lists.
    for source in sources {
      for match in source.text.matches(of: #/extension ([A-Za-z.]+): MustacheParent \{((?:.|\n)*?)\n\}/#) {
        let names = match.output.2.matches(of: #/case "(\w+)": (\w+)/#)
        let known = all[String(match.output.1)]?.stored ?? [:]
        let kept = names.map { (String($0.output.1), known[String($0.output.2)] ?? .leaf) }
        all[String(match.output.1)]?.stored = Dictionary(kept) { first, _ in first }
      }
    }
  }

  /// The type a name means where it is used: within a type, then around it, then anywhere.
  func find(_ name: String, within place: String) -> SwiftType? {
    var around = place.split(separator: ".")
    while true {
      if let found = all[(around.map(String.init) + [name]).joined(separator: ".")] { return found }
      if around.isEmpty { break }
      around.removeLast()
    }
    let others = all.values.filter { $0.name.hasSuffix("." + name) }
    return others.count == 1 ? others[0] : nil
  }

  private enum Scope { case type(String), other }

  /// Goes through a file by its braces; a declaration is what stands directly in a type's.
  private mutating func read(_ text: String, path: String) {
    var scopes: [Scope] = []
    var statement = ""
    var depth = 0
    let bare = Array(SwiftTypes.withoutTexts(text))
    func owner() -> String? { if case .type(let name) = scopes.last { name } else { nil } }
    for (place, character) in bare.enumerated() {
      switch character {
      case "{" where depth == 0:
        if let header = statement.firstMatch(
          of: #/\b(?:struct|enum|extension|class|actor|protocol)\s+([A-Za-z_.]+)[^{]*$/#)
        {
          let around = statement.contains("extension ") ? nil : scopes.reversed().lazy.compactMap(SwiftTypes.name).first
          let name = (around.map { $0 + "." } ?? "") + header.output.1
          if all[name] == nil { all[name] = SwiftType(name: name, path: path) }
          scopes.append(.type(name))
        } else {
          let rest = bare[(place + 1)...].prefix { $0 != "{" && $0 != "}" }
          let watches = String(rest).trimmed.prefix(6)
          declare(
            statement, in: owner(), isComputed: !statement.contains("=") && watches != "didSet" && watches != "willSe")
          scopes.append(.other)
        }
        statement = ""
      case "}" where depth == 0:
        if let owner = owner() { declare(statement, in: owner, isComputed: false) }
        if !scopes.isEmpty { scopes.removeLast() }
        statement = ""
      case "(", "[", "{":
        depth += 1
        statement.append(character)
      case ")", "]", "}":
        depth -= 1
        statement.append(character)
      case "\n" where depth == 0:
        // A type's own lines go on where their next begins with what joins.
        let next = bare[(place + 1)...].first { $0 != " " }
        if statement.trimmed.isEmpty || next == "{" || next == ":" || next == "." { continue }
        if [":", ",", "="].contains(statement.trimmed.last) { continue }
        if owner() != nil,
          !statement.contains(#/\b(?:struct|enum|extension|class|actor|protocol) [A-Z]|\b(?:func|init|subscript)\b/#)
        {
          declare(statement, in: owner(), isComputed: false)
          statement = ""
        } else if owner() == nil {
          statement = ""
        }
      default: statement.append(character)
      }
    }
  }

  private static func name(_ scope: Scope) -> String? { if case .type(let name) = scope { name } else { nil } }

  private mutating func declare(_ statement: String, in owner: String?, isComputed: Bool) {
    guard let owner,
      let found = statement.trimmed.wholeMatch(
        of:
          #/(?:@\w+\s+)*((?:(?:public|package|private|fileprivate|internal|lazy|weak|static)(?:\(set\))?\s+)*)(?:let|var)\s+((?:.|\n)*)/#
      ),
      !found.output.1.contains("static")
    else { return }
    var waiting: [String] = []
    for part in found.output.2.cut(at: ",") {
      let declared = part.cut(at: "=")[0]
      let pieces = declared.cut(at: ":")
      waiting.append(String(pieces[0].trimmed))
      guard pieces.count == 2 else { continue }
      for name in waiting { keep(name, Shape(pieces[1]), in: owner, isComputed) }
      waiting = []
    }
    // What says no type of its own may hold anything.
    for name in waiting { keep(name, .open, in: owner, isComputed) }
  }

  private mutating func keep(_ name: String, _ shape: Shape, in owner: String, _ isComputed: Bool) {
    if isComputed { all[owner]?.computed.insert(name) } else { all[owner]?.stored[name] = shape }
  }

  /// The text of a file without its comments and without what stands in its texts.
  static func withoutTexts(_ text: String) -> String {
    var result = text.replacing(#/#"""(?:.|\n)*?"""#|"""(?:.|\n)*?"""/#, with: "\"\"")
    result = result.replacing(#/#".*?"#/#, with: "\"\"").replacing(#/"(?:\\.|[^"\\\n])*"/#, with: "\"\"")
    return result.replacing(#/\/\/[^\n]*/#, with: "").replacing(#/#\/.*?\/#/#, with: "\"\"")
  }
}

extension StringProtocol {
  var trimmed: Substring {
    let text = Substring(self).drop { $0.isWhitespace }
    return text[..<(text.lastIndex { !$0.isWhitespace }.map(text.index(after:)) ?? text.startIndex)]
  }

  /// The pieces between signs that stand in no bracket.
  func cut(at sign: Character) -> [Substring] {
    var (pieces, depth, start) = ([Substring](), 0, startIndex)
    for index in indices {
      switch self[index] {
      case "(", "[", "<", "{": depth += 1
      case ")", "]", ">", "}": depth -= 1
      case sign where depth == 0:
        pieces.append(Substring(self[start..<index]))
        start = self.index(after: index)
      default: break
      }
    }
    return pieces + [Substring(self[start...])]
  }
}
