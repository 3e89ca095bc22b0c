import Notation

extension ItemFacts {
  /// Several schools' facts as one: numbers and counts per level added, lists joined, booleans true where all are.
  public static func pooled(_ all: [ItemFacts]) -> ItemFacts? {
    guard var result = all.first else { return nil }
    for next in all.dropFirst() {
      for (name, fact) in next.values { result.values[name] = fact.joined(to: result.values[name]) }
    }
    return result
  }
}

extension Fact {
  func joined(to other: Fact?) -> Fact {
    switch (other, self) {
    case (.number(let a)?, .number(let b)): .number(a + b)
    case (.boolean(let a)?, .boolean(let b)): .boolean(a && b)
    case (.names(let a)?, .names(let b)): .names(a + b)
    case (.awards(let a)?, .awards(let b)): .awards(a + b)
    case (.counts(let a)?, .counts(let b)): .counts(a.merging(b) { $0 + $1 })
    default: self
    }
  }
}
