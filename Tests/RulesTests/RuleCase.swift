import Fixtures
import Notation
import Testing

/// One line of a table: a rule, facts, and the score or what is missing, refused or at fault.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let rule: String
  let facts: String
  let expected: String
  var points: Exact = 10
  var inputs = "{}"

  init(_ rule: String, _ facts: String, _ expected: String, points: Exact = 10, inputs: String = "{}") {
    self.rule = rule
    self.facts = facts
    self.expected = expected
    self.points = points
    self.inputs = inputs
  }

  var testDescription: String { "\(rule) with \(facts)" }

  /// The score in full, `缺 …`, `错 …` or `拒 n` for so many refusals.
  var outcome: String {
    switch Bench.work(rule, facts, points: points, inputs: inputs) {
    case .score(let score, _): score.plain
    case .missing(let names): "缺 " + names.joined(separator: " ")
    case .fault(let key): "错 " + key.replacing("fault.", with: "")
    case .refused(let lines): "拒 \(lines.count)"
    case .unreadable: "unreadable"
    }
  }

  func check() { #expect(outcome == expected) }
}
