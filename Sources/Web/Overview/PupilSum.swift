import Notation

/// The sum of what schools are registered with.
extension Visit {
  /// A number nobody has told is left out, and said to be; where nobody has told any, there is no sum.
  func sum(_ numbers: [Int?]) -> String {
    let known = numbers.compactMap(\.self)
    guard let first = known.first else { return "—" }
    let sum = grouped(known.dropFirst().reduce(first, +))
    guard known.count < numbers.count else { return sum }
    return text("overview.sum.part", ["sum": .text(sum), "count": .count(numbers.count - known.count)])
  }
}
