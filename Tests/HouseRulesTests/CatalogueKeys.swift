import Fixtures
import Notation
import Testing

/// The keys of sentences that the sources use are in the catalogue.
@Suite struct CatalogueKeys {
  /// The calls that take a key, and what they put before it.
  static let calls = [
    ("Message(", ""), ("Fault(", "fault."), ("Problem(", "problem."), (".add(", "problem."), ("problem(", "problem."),
    (" add(", "problem."), ("Words.text(", ""), ("catalogue.text(", ""), ("Words.help(", "help."),
  ]

  /// The texts of a call's first argument, those of calls inside it left out; what is put into a text at run time becomes `*`.
  static func literals(ofFirstArgument rest: Substring) -> [String] {
    var found: [String] = []
    var current: String?
    var depth = 0
    var index = rest.startIndex
    while index < rest.endIndex {
      let character = rest[index]
      index = rest.index(after: index)
      if current != nil {
        if character == "\"" {
          if depth == 0 { found.append(current ?? "") }
          current = nil
        } else if character == "\\", index < rest.endIndex, rest[index] == "(" {
          index = end(ofBrackets: rest[index...])
          current?.append("*")
        } else {
          current?.append(character)
        }
        continue
      }
      switch character {
      case "\"": current = ""
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        depth -= 1
        if depth < 0 { return found }
      case "," where depth == 0: return found
      default: break
      }
    }
    return found
  }

  static func end(ofBrackets text: Substring) -> String.Index {
    var depth = 0
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" {
        depth -= 1
        if depth == 0 { return text.index(after: index) }
      }
    }
    return text.endIndex
  }

  /// Every key used, `*` for what is known only at run time, with a place.
  static let used: [(key: String, path: String)] = Source.all.filter { $0.room != "Workbooks" }.flatMap { source in
    let code = source.code.map(\.text).joined(separator: "\n")
    return calls.flatMap { call, prefix -> [(key: String, path: String)] in
      // The tool has words of its own called `add`.
      if call == " add(", source.room == "Tool" { return [] }
      return code.ranges(of: call).flatMap { range in
        literals(ofFirstArgument: code[range.upperBound...]).filter { $0.wholeMatch(of: #/[a-zA-Z0-9.*-]+/#) != nil }
          .map { (prefix + $0, source.path) }
      }
    }
  }

  static func fits(_ key: String, _ pattern: String) -> Bool {
    let pieces = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count > 1 else { return key == pattern }
    return key.hasPrefix(pieces[0]) && key.hasSuffix(pieces[pieces.count - 1]) && key.count >= pattern.count - 1
  }

  /// A language's keys beyond the kernel's: those of the rooms of the web and of the command line.
  static func keysOfRooms(_ language: String) -> Set<String> {
    let files = Repository.files(below: "Sources/Web/Texts/\(language)", ending: ".txt")
    let lines = (files + ["Sources/Tool/Texts/\(language).txt"]).flatMap { Repository.text($0).split(separator: "\n") }
    return Set(
      lines.filter { !$0.hasPrefix("#") }.compactMap { line in
        line.firstRange(of: " = ").map { String(line[..<$0.lowerBound]) }
      })
  }

  @Test func `both languages' rooms have the same keys`() {
    #expect(Self.keysOfRooms("zh-CN").symmetricDifference(Self.keysOfRooms("en")).sorted() == [])
  }

  @Test func `every key used is in the catalogue`() {
    let known = Catalogue.chinese.keys.union(Self.keysOfRooms("zh-CN"))
    #expect(Self.used.count > 150)
    let lost = Self.used.filter { use in !known.contains { Self.fits($0, use.key) } }
    #expect(Set(lost.map { "\($0.key) in \($0.path)" }).sorted() == [])
  }

  @Test func `every sentence about a rule or a fault or a problem is said somewhere`() {
    let patterns = Set(Self.used.map(\.key))
    let frame: Set = ["problem.sentence", "problem.at", "problem.note"]
    let silent = Catalogue.chinese.keys.filter { key in
      guard key.hasPrefix("rule.") || key.hasPrefix("fault.") || key.hasPrefix("problem."), !frame.contains(key) else {
        return false
      }
      let spoken = key.hasSuffix(".do") ? String(key.dropLast(3)) : key
      return !patterns.contains { Self.fits(spoken, $0) && $0 != "problem.*" && $0 != "fault.*" }
    }
    #expect(silent.sorted() == [])
  }
}
