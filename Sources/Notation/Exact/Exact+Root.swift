import BigInt

extension Exact {
  /// The square root with at most `places` decimals, half up; of a value below zero, zero. Reckoned with whole numbers
  /// throughout.
  public func squareRoot(places: Int) -> Exact {
    guard !isNegative, !isZero else { return .zero }
    let scale = BigInt(10).power(max(0, places))
    // ⌊√x + ½⌋ = ⌊(⌊√4x⌋ + 1) / 2⌋, for fractions too.
    let scaled = (numerator * 4 * scale * scale) / denominator
    return Exact((scaled.squareRoot() + 1) / 2, over: scale)
  }
}
