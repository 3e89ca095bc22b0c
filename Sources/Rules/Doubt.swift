public import Notation

/// A value that can be scored and can hardly be meant: somebody is to look at it, and the score stays as the rule says.
public struct Doubt: Sendable, Hashable {
  /// `done`, or `part.done`.
  public let input: String
  public let message: Message

  init(_ input: String, _ message: Message) {
    self.input = input
    self.message = message
  }
}

extension RulePart {
  /// What is doubtful in one of several rules, under the part's name.
  func doubts(_ facts: ItemFacts) -> [Doubt] {
    rule.doubts(facts.of(self)).map { Doubt("\(id).\($0.input)", $0.message) }
  }
}
