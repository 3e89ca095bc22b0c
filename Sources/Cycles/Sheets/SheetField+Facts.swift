public import Rules

extension SheetField {
  /// The same fact among other facts of the item, by subject; nil where they have none.
  public func fact(in facts: [String: ItemFacts]?) -> Fact? {
    var inner = facts?[subject]
    var rest = input[...]
    // A part's id may hold dots itself (C1.2).
    while let part = inner?.parts.keys.filter({ rest.hasPrefix($0 + ".") }).max(by: { $0.count < $1.count }) {
      rest = rest.dropFirst(part.count + 1)
      inner = inner?.parts[part]
    }
    return rest == need.name ? inner?.values[need.name] : nil
  }
}
