import Fixtures

/// A Swift file of the house, seen as text.
struct Source: Sendable {
  let path: String
  let text: String
  let lines: [Substring]
  /// The lines without their comments.
  let code: [(number: Int, text: Substring)]
  /// The modules it imports.
  let imports: [String]

  init(path: String) {
    self.path = path
    text = Repository.text(path)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = lines.enumerated().map { ($0 + 1, Source.withoutComment($1)) }
    imports = lines.compactMap { line in
      guard line.contains("import ") else { return nil }
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place == words.count - 2, place <= 1 else { return nil }
      return String(words[place + 1])
    }
  }

  /// The folder under `Sources/`.
  var room: String { String(path.split(separator: "/")[1]) }

  /// A comment begins a line or follows a space; an address in a text does neither.
  static func withoutComment(_ line: Substring) -> Substring {
    let isComment = line.drop { $0 == " " }.hasPrefix("//")
    if isComment { return line[..<line.startIndex] }
    return line.firstRange(of: " // ").map { line[..<$0.lowerBound] } ?? line
  }

  static let all = Repository.files(below: "Sources", ending: ".swift").map(Source.init)

  /// The rooms of plain values: no I/O, no clock, no framework.
  static let domain: Set = [
    "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Demonstration", "Registry", "People", "Cycles",
    "Formations", "Tasks",
  ]
  static let ofDomain = all.filter { domain.contains($0.room) }

  /// Where a pattern stands in the code of some files, as `path:line`.
  static func places(_ pattern: Regex<Substring>, in sources: [Source], but exceptions: [String] = []) -> [String] {
    sources.flatMap { source in
      source.code.compactMap { number, line in
        guard line.contains(pattern), !exceptions.contains(where: { line.contains($0) }) else { return nil }
        return "\(source.path):\(number)"
      }
    }
  }
}
