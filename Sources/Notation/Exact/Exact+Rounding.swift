/// How a score is brought to the sheet's number of places (policy-format, `rounding`).
public struct Rounding: Sendable, Hashable {
  public enum Mode: String, Sendable, CaseIterable {
    /// 四舍五入: half goes away from zero.
    case halfUp = "half-up"
    case halfEven = "half-even"
    /// Towards zero.
    case down
  }

  public var places: Int
  public var mode: Mode

  public init(places: Int, mode: Mode) {
    self.places = places
    self.mode = mode
  }
}

extension Exact {
  /// Ten to the given power, at least zero.
  public static func power(ofTen exponent: Int) -> Exact {
    var result = Exact.one
    for _ in 0..<max(0, exponent) { result = result * Exact(10) }
    return result
  }

  /// The value with at most `places` decimals.
  public func rounded(_ rounding: Rounding) -> Exact {
    let scale = Exact.power(ofTen: rounding.places)
    let scaled = magnitude * scale
    let whole = scaled.floor
    let rest = scaled - whole
    let half = Exact(1, over: 2)
    let up: Bool =
      switch rounding.mode {
      case .halfUp: rest >= half
      case .halfEven: rest > half || (rest == half && !(whole / Exact(2)).isInteger)
      case .down: false
      }
    let result = (up ? whole + .one : whole) / scale
    return isNegative ? -result : result
  }

  /// Whether the value is finer than `places` decimals.
  public func isFiner(thanPlaces places: Int) -> Bool { !(self * Exact.power(ofTen: places)).isInteger }
}
