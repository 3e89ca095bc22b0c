/// Reads JSON (RFC 8259) into a tree that knows its lines and keeps numbers exact. The standard library's decoder knows
/// neither lines nor keys given twice, and facts must not pass through a binary float.
public struct JSON {
  static let deepest = 64

  let source: Place.Source
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0
  var line = 1
  var lineStart = 0

  /// The tree of a JSON text, or the first thing wrong with it.
  public static func read(_ bytes: [UInt8], file: String) throws(SyntaxProblem) -> Node {
    let result: Result<Node, SyntaxProblem> = bytes.withUnsafeBufferPointer { buffer in
      var reader = JSON(source: Place.Source(file: file), bytes: buffer)
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
      do throws(SyntaxProblem) {
        let node = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == buffer.count else { throw reader.problem("json.trailing") }
        return .success(node)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  var place: Place { Place(source, line: line, column: index - lineStart + 1) }

  func problem(_ key: String, _ parts: [String: Message.Part] = [:]) -> SyntaxProblem {
    SyntaxProblem(problem: Problem(key, at: place, parts))
  }

  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0D: index += 1
      case 0x0A:
        index += 1
        line += 1
        lineStart = index
      default: return
      }
    }
  }

  mutating func value(depth: Int) throws(SyntaxProblem) -> Node {
    skipSpace()
    guard depth < JSON.deepest else { throw problem("json.deep", ["most": .count(JSON.deepest)]) }
    guard index < bytes.count else { throw problem("json.end") }
    let start = place
    switch bytes[index] {
    case UInt8(ascii: "{"): return Node(.map(try entries(depth: depth)), at: start)
    case UInt8(ascii: "["): return Node(.list(try elements(depth: depth)), at: start)
    case UInt8(ascii: "\""): return Node(.text(try string()), at: start)
    case UInt8(ascii: "t") where take("true"): return Node(.boolean(true), at: start)
    case UInt8(ascii: "f") where take("false"): return Node(.boolean(false), at: start)
    case UInt8(ascii: "n") where take("null"): return Node(.null, at: start)
    default: return Node(.number(try number()), at: start)
    }
  }

  mutating func entries(depth: Int) throws(SyntaxProblem) -> [Node.Entry] {
    index += 1
    var entries: [Node.Entry] = []
    var keys: Set<String> = []
    skipSpace()
    if take("}") { return entries }
    while true {
      skipSpace()
      let keyPlace = place
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw problem("json.key") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw SyntaxProblem(problem: Problem("key.twice", at: keyPlace, ["key": .text(key)]))
      }
      skipSpace()
      guard take(":") else { throw problem("json.colon") }
      entries.append(Node.Entry(key: key, keyPlace: keyPlace, value: try value(depth: depth + 1)))
      skipSpace()
      if take(",") { continue }
      guard take("}") else { throw problem("json.comma") }
      return entries
    }
  }

  mutating func elements(depth: Int) throws(SyntaxProblem) -> [Node] {
    index += 1
    var elements: [Node] = []
    skipSpace()
    if take("]") { return elements }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(",") { continue }
      guard take("]") else { throw problem("json.comma") }
      return elements
    }
  }

  mutating func take(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
    index += count
    return true
  }
}

/// A file that can't be read at all: the first thing that is wrong with its form.
public struct SyntaxProblem: Error, Sendable {
  public let problem: Problem

  public init(problem: Problem) { self.problem = problem }
}
