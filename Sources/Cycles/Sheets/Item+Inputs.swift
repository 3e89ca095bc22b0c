public import Policies
public import Rules

extension Item {
  /// Whether the item asks for an input, `exchange_rate` or `part.input`.
  public func hasInput(_ path: String) -> Bool { need(of: path) != nil }

  /// What an input needs; nil where the item doesn't ask for it.
  public func need(of path: String) -> Need? { asked(path)?.need }

  /// An input by its path; nil where the item doesn't ask for it.
  public func asked(_ path: String) -> AskedInput? {
    var rest = path[...]
    var parts = RulePart.of(rule)
    var (rule, needs, inputs) = (self.rule, self.needs, self.inputs)
    var title: String?
    // A part's id may hold dots itself (C1.2).
    while let part = parts.filter({ rest.hasPrefix($0.id + ".") }).max(by: { $0.id.count < $1.id.count }) {
      rest = rest.dropFirst(part.id.count + 1)
      (rule, needs, inputs, title) = (part.rule, part.needs, part.inputs, part.title)
      parts = RulePart.of(part.rule)
    }
    guard let need = needs.first(where: { $0.name == rest }) else { return nil }
    return AskedInput(rule: rule, need: need, description: inputs[need.name], part: title)
  }
}

/// An input as an item, or a part of it, asks for it: what is needed to say it in words.
public struct AskedInput: Sendable {
  /// The rule that asks: the item's, or its part's.
  public let rule: any Rule
  public let need: Need
  public let description: InputDescription?
  /// The part it belongs to, in words; nil where the item has none.
  public let part: String?
}

extension SheetField {
  public var asked: AskedInput { AskedInput(rule: rule, need: need, description: description, part: part) }
}
