import CYAML
public import Notation

/// Reads YAML 1.2 into a tree that knows its lines, by libyaml's events.
///
/// Events rather than a finished tree, because a policy written by hand must get all its duplicate keys reported with
/// their lines, plain and quoted scalars must stay apart, and nesting and aliases must stay within bounds.
public struct YAML {
  static let deepest = 100
  static let mostNodes = 400_000
  static let mostBytes = 4 << 20

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let source: Place.Source
  private var nodes = 0
  private var anchors: [String: (node: Node, size: Int, height: Int)] = [:]
  /// The deepest level reached since an anchor's node began; an alias reaches as deep as what it stands for.
  private var reached = 0

  /// The tree of a YAML text, or the first thing that keeps it from being read.
  public static func read(_ bytes: [UInt8], file: String) throws(SyntaxProblem) -> Node {
    guard bytes.count <= mostBytes else {
      throw SyntaxProblem(
        problem: Problem("file.large", at: Place(file: file, line: 1), ["most": .count(mostBytes >> 20)]))
    }
    if let line = firstLineNotUTF8(bytes) {
      throw SyntaxProblem(problem: Problem("text.utf8", at: Place(file: file, line: line)))
    }
    // Windows' editor begins its files with a byte order mark.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let result: Result<Node, SyntaxProblem> = bytes.withUnsafeBufferPointer { buffer in
      var reader = YAML(file: file)
      defer { reader.close() }
      yaml_parser_set_input_string(reader.parser, buffer.baseAddress, buffer.count)
      yaml_parser_set_encoding(reader.parser, YAML_UTF8_ENCODING)
      do throws(SyntaxProblem) {
        return .success(try reader.document(bytes: bytes))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  static func firstLineNotUTF8(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
  }

  private init(file: String) {
    source = Place.Source(file: file)
    parser = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
  }

  private func close() {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  // MARK: events

  /// What of libyaml's event matters here, copied out of its memory.
  private enum Event {
    case scalar(String, plain: Bool, tag: String?, anchor: String?)
    case alias(String)
    case listStart(anchor: String?)
    case mapStart(anchor: String?)
    case end
    case documentStart
    case documentEnd
    case streamEnd
    case other
  }

  private func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? { pointer.map { String(cString: $0) } }

  private mutating func next(_ bytes: [UInt8]) throws(SyntaxProblem) -> (Event, Place) {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxProblem(bytes) }
    defer { yaml_event_delete(&event) }
    let place = Place(source, line: event.start_mark.line + 1, column: event.start_mark.column + 1)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let value = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return (.scalar(value, plain: isPlain, tag: text(scalar.tag), anchor: text(scalar.anchor)), place)
    case YAML_ALIAS_EVENT: return (.alias(text(event.data.alias.anchor) ?? ""), place)
    case YAML_SEQUENCE_START_EVENT: return (.listStart(anchor: text(event.data.sequence_start.anchor)), place)
    case YAML_MAPPING_START_EVENT: return (.mapStart(anchor: text(event.data.mapping_start.anchor)), place)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return (.end, place)
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, place)
    case YAML_DOCUMENT_END_EVENT: return (.documentEnd, place)
    case YAML_STREAM_END_EVENT: return (.streamEnd, place)
    default: return (.other, place)
    }
  }

  private func syntaxProblem(_ bytes: [UInt8]) -> SyntaxProblem {
    let mark = parser.pointee.problem_mark
    let line = max(1, mark.line + 1)
    let detail = parser.pointee.problem.map { String(cString: $0) } ?? "?"
    let text = bytes.split(separator: 0x0A, maxSplits: line, omittingEmptySubsequences: false).dropFirst(line - 1).first
    let hasTab = text?.prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x2D }.contains(0x09) ?? false
    return SyntaxProblem(
      problem: Problem(
        hasTab ? "yaml.tab" : "yaml.form", at: Place(source, line: line, column: mark.column + 1),
        ["detail": YAML.reason(detail)]))
  }

  /// libyaml's English reason, in the catalogue's words where it has them.
  private static func reason(_ detail: String) -> Message.Part {
    let words = detail.lowercased().split { !("a"..."z").contains($0) }
    return .message(Message("yaml.\(words.joined(separator: "-"))", ["name": .text(detail)]))
  }

  private func problem(_ key: String, _ place: Place, _ parts: [String: Message.Part] = [:]) -> SyntaxProblem {
    SyntaxProblem(problem: Problem(key, at: place, parts))
  }

  // MARK: building

  private mutating func document(bytes: [UInt8]) throws(SyntaxProblem) -> Node {
    var root: Node?
    while true {
      let (event, place) = try next(bytes)
      switch event {
      case .streamEnd:
        guard let root else { throw problem("yaml.empty", Place(source, line: 1)) }
        return root
      case .documentStart where root != nil: throw problem("yaml.documents", place)
      case .documentStart, .documentEnd, .other: continue
      default: root = try node(event, place, bytes, depth: 0)
      }
    }
  }

  private mutating func count(_ size: Int, _ place: Place) throws(SyntaxProblem) {
    nodes += size
    if nodes > YAML.mostNodes { throw problem("yaml.nodes", place, ["most": .count(YAML.mostNodes)]) }
  }

  private mutating func node(
    _ event: Event, _ place: Place, _ bytes: [UInt8], depth: Int
  ) throws(SyntaxProblem) -> Node {
    guard depth < YAML.deepest else { throw problem("yaml.deep", place, ["most": .count(YAML.deepest)]) }
    let before = nodes
    let reachedBefore = reached
    reached = depth
    defer { reached = max(reached, reachedBefore) }
    try count(1, place)
    let node: Node
    var anchor: String?
    switch event {
    case .scalar(let text, let plain, let tag, let name):
      guard tag == nil || tag == "!" || tag == "tag:yaml.org,2002:str" else {
        throw problem("yaml.tag", place, ["tag": .text(tag ?? "")])
      }
      node = Node(plain && tag == nil ? CoreSchema.value(text) : .text(text), at: place)
      anchor = name
    case .alias(let name):
      guard let known = anchors[name] else { throw problem("yaml.alias", place, ["name": .text(name)]) }
      try count(known.size, place)
      reached = depth + known.height
      guard reached < YAML.deepest else { throw problem("yaml.deep", place, ["most": .count(YAML.deepest)]) }
      return known.node
    case .listStart(let name):
      node = Node(.list(try list(bytes, depth: depth)), at: place)
      anchor = name
    case .mapStart(let name):
      node = Node(.map(try map(bytes, depth: depth)), at: place)
      anchor = name
    default: throw problem("yaml.form", place, ["detail": "unexpected event"])
    }
    if let anchor { anchors[anchor] = (node, nodes - before, reached - depth) }
    return node
  }

  private mutating func list(_ bytes: [UInt8], depth: Int) throws(SyntaxProblem) -> [Node] {
    var list: [Node] = []
    while true {
      let (event, place) = try next(bytes)
      if case .end = event { return list }
      list.append(try node(event, place, bytes, depth: depth + 1))
    }
  }

  private mutating func map(_ bytes: [UInt8], depth: Int) throws(SyntaxProblem) -> [Node.Entry] {
    var entries: [Node.Entry] = []
    while true {
      let (event, keyPlace) = try next(bytes)
      if case .end = event { return entries }
      guard case .scalar(let key, _, _, _) = event else { throw problem("yaml.key", keyPlace) }
      let (valueEvent, place) = try next(bytes)
      entries.append(
        Node.Entry(key: key, keyPlace: keyPlace, value: try node(valueEvent, place, bytes, depth: depth + 1)))
    }
  }
}

/// YAML 1.2's core schema for plain scalars; `yes`, `on` and dates stay text.
enum CoreSchema {
  static func value(_ text: String) -> Node.Value {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
      let digits = text.dropFirst(2)
      if digits.first != "+", digits.first != "-", let number = Int(digits, radix: radix) {
        return .number(Exact(number))
      }
    }
    return Exact(decimal: text).map { .number($0) } ?? .text(text)
  }
}
