public import Policies
public import Rules

extension Item {
  /// Whether the item asks for an input, `exchange_rate` or `part.input`.
  public func hasInput(_ path: String) -> Bool { need(of: path) != nil }

  /// What an input needs; nil where the item doesn't ask for it.
  public func need(of path: String) -> Need? {
    var rest = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...]
    var parts = RulePart.of(rule)
    var needs = self.needs
    while rest.count > 1, let part = parts.first(where: { $0.id == rest.first }) {
      rest = rest.dropFirst()
      needs = part.needs
      parts = RulePart.of(part.rule)
    }
    return needs.first { $0.name == rest.joined(separator: ".") }
  }
}
