public import Rules

extension SheetField {
  /// The same fact among other facts of the item, by subject; nil where they have none.
  public func fact(in facts: [String: ItemFacts]?) -> Fact? {
    var inner = facts?[subject]
    for part in input.dropLast(need.name.count).split(separator: ".") { inner = inner?.parts[String(part)] }
    return inner?.values[need.name]
  }
}
