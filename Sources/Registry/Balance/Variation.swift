public import Notation

/// The coefficient of variation (差异系数) of a measure among schools, weighted by their pupils:
/// CV = √(Σ (Pᵢ/P)(Xᵢ − X̄)²) ÷ X̄ with X̄ = Σ PᵢXᵢ ÷ P. Kept as its square, which is exact.
public struct Variation: Sendable, Hashable {
  public let mean: Exact
  public let square: Exact
  public let schools: Int

  /// Nil where there is no pupil, or the mean is nothing: then nothing varies around it.
  public init?(_ values: [(pupils: Int, value: Exact)]) {
    let counted = values.filter { $0.pupils > 0 }
    guard !counted.isEmpty else { return nil }
    let all = Exact(counted.reduce(0) { $0 + $1.pupils })
    let mean = Variation.sum(counted.map { Exact($0.pupils) * $0.value }[...]) / all
    guard !mean.isZero else { return nil }
    // Σ P X² / P − X̄² is the same and needs half the work.
    let squares = Variation.sum(counted.map { Exact($0.pupils) * $0.value * $0.value }[...]) / all
    self.mean = mean
    square = (squares - mean * mean) / (mean * mean)
    schools = counted.count
  }

  /// Halves first: the fractions of a whole city would otherwise be as long as all of them together at every step.
  static func sum(_ values: ArraySlice<Exact>) -> Exact {
    guard values.count > 8 else { return values.reduce(.zero, +) }
    let middle = values.startIndex + values.count / 2
    return sum(values[..<middle]) + sum(values[middle...])
  }

  /// Whether it is at most a limit; compared by squares, without rounding.
  public func isWithin(_ limit: Exact) -> Bool { square <= limit * limit }

  /// The coefficient with so many decimals, half up.
  public func text(places: Int) -> String { square.squareRoot(places: places).fixed(places: places) }
  public func rounded(places: Int) -> Exact { square.squareRoot(places: places) }
}

/// One measure among the schools of an area.
public struct BalanceGap: Sendable, Hashable {
  public let part: SchoolYear.Part
  public let resource: SchoolYear.Resource
  /// Nil where fewer than two schools have the figure, or the mean is nothing.
  public let variation: Variation?
  public let limit: Exact?
  /// Schools of the stage that have the figure, and those that lack it and are left out.
  public let counted: Int
  public let missing: Int

  public var isWithin: Bool? {
    guard let variation, let limit else { return nil }
    return variation.isWithin(limit)
  }
}

extension BalanceStandards {
  /// Every measure of every stage among some schools; those the standards leave out don't count.
  public func gaps(among balances: [SchoolBalance]) -> [BalanceGap] {
    parts.flatMap { part in
      let own = balances.filter { $0.part == part && $0.state != .excluded }
      return measures.filter { $0.standards[part] != nil }.map { measure in
        let values = own.compactMap { balance in
          balance.value(measure.resource).map { (pupils: balance.pupils, value: $0) }
        }
        return BalanceGap(
          part: part, resource: measure.resource, variation: values.count < 2 ? nil : Variation(values),
          limit: variation[part], counted: values.count, missing: own.count - values.count)
      }
    }
  }
}
