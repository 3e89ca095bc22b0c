import Policies
public import Rules
public import Scoring

/// One field of a sheet and the fact it is to hold.
public struct SheetEntry: Sendable, Hashable {
  public let item: String
  /// `group/exchange_rate`, `<school id>/part.input`; a subject alone claims an item that asks for no fact.
  public let field: String
  /// Nil: the claim alone.
  public let fact: Fact?
}

extension Sheet {
  /// The facts of a facts file as the fields of this sheet, in the order of its items: for what is entered in bulk. What
  /// the sheet doesn't ask for is left out.
  public func entries(of facts: GroupFacts) -> [SheetEntry] {
    policy.allItems.flatMap { item -> [SheetEntry] in
      guard let known = facts.items[item.id] else { return [] }
      let plans = FieldPlan.all(of: item, in: subject)
      let claimed = subject.keys(of: item.of).filter { key in
        known[key] != nil && !plans.contains { $0.subject == key }
      }
      return claimed.map { SheetEntry(item: item.id, field: $0, fact: nil) }
        + plans.compactMap { plan in
          plan.fact(in: known).map { SheetEntry(item: item.id, field: plan.path, fact: $0) }
        }
    }
  }
}
