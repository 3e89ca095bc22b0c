import Fixtures
import Foundation

/// The styles of the pages as far as colours go: rules by selector, tokens resolved.
struct StyleSheet: Sendable {
  struct Rule: Sendable {
    let file: String
    let selector: String
    let declared: [String: String]

    var background: String? { declared["background"] ?? declared["background-color"] }
  }

  private(set) var rules: [Rule] = []
  private var tokens: [String: String] = [:]
  /// What a selector's own background is.
  private var grounds: [String: Colour] = [:]

  init(_ files: [String]) {
    for file in files { read(Repository.text(file), file) }
    for rule in rules {
      if let colour = colour(rule.background) { grounds[rule.selector] = colour }
    }
  }

  private mutating func read(_ text: String, _ file: String) {
    // On paper everything is black on white; other conditions change nothing of what holds.
    let plain = text.replacing(#/\/\*(?:.|\n)*?\*\//#, with: "")
      .replacing(#/@media print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/#, with: "").replacing(#/@media[^{]*\{/#, with: "")
    for match in plain.matches(of: #/([^{}]+)\{([^{}]*)\}/#) {
      var declared: [String: String] = [:]
      for part in match.output.2.split(separator: ";") {
        guard let colon = part.firstIndex(of: ":") else { continue }
        let value = part[part.index(after: colon)...].replacing("!important", with: "")
        declared[String(part[..<colon].trimmed)] = String(value.trimmed)
      }
      tokens.merge(declared.filter { $0.key.hasPrefix("--") }) { $1 }
      for selector in match.output.1.split(separator: ",") {
        rules.append(Rule(file: file, selector: String(selector.trimmed), declared: declared))
      }
    }
  }

  /// A colour as it is written: six or three digits, or a token; nil for what is none or can be seen through.
  func colour(_ written: String?) -> Colour? {
    guard let written else { return nil }
    if let token = written.wholeMatch(of: #/var\((--[\w-]+)\)/#) { return colour(tokens[String(token.output.1)]) }
    return Colour(written)
  }

  /// What text of a rule stands on: its own ground, else that of what the selector says it is in; nil: the page's.
  func ground(of rule: Rule) -> Colour? {
    if let own = colour(rule.background) { return own }
    let parts = rule.selector.split(separator: " ").map(String.init)
    for end in stride(from: parts.count - 1, to: 0, by: -1) {
      for start in 0..<end {
        if let found = grounds[parts[start..<end].joined(separator: " ")] { return found }
      }
    }
    return nil
  }
}

/// A colour, and how it stands against another (WCAG 2.2, «contrast ratio»).
struct Colour: Sendable, Hashable {
  let luminance: Double

  init?(_ written: String) {
    guard let match = written.wholeMatch(of: #/#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})/#) else { return nil }
    let digits = match.output.1.count == 3 ? match.output.1.map { "\($0)\($0)" }.joined() : String(match.output.1)
    guard let number = Int(digits, radix: 16) else { return nil }
    func linear(_ part: Int) -> Double {
      let share = Double(part & 255) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    luminance = 0.2126 * linear(number >> 16) + 0.7152 * linear(number >> 8) + 0.0722 * linear(number)
  }

  func contrast(with other: Colour) -> Double {
    (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
  }
}
