import BigInt

/// An exact rational number: the only kind of number between a fact and a grade.
///
/// Small values (nearly all) are a reduced pair of machine integers; what outgrows them moves to big integers, so that
/// no operation rounds or overflows. Rounding happens only where a policy says so (`rounded(places:mode:)`).
public struct Exact: Sendable {
  enum Form: Sendable {
    case small(Int, Int)
    /// Behind a pointer, so that the common case stays two words.
    indirect case big(BigInt, BigInt)
  }

  let form: Form

  public static let zero = Exact(0)
  public static let one = Exact(1)
  public static let hundred = Exact(100)

  /// `Int.min` has no opposite in a machine word; keeping it out of the small form makes negation safe.
  public init(_ value: Int) { form = value == .min ? .big(BigInt(value), 1) : .small(value, 1) }

  init(reduced numerator: Int, _ denominator: Int) { form = .small(numerator, denominator) }

  /// The quotient of two integers. The denominator must not be zero.
  init(_ numerator: Int, over denominator: Int) {
    guard numerator != .min, denominator != .min else {
      self.init(BigInt(numerator), over: BigInt(denominator))
      return
    }
    let divisor = greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    let sign = denominator < 0 ? -1 : 1
    self.init(reduced: sign * (numerator / Int(divisor)), sign * (denominator / Int(divisor)))
  }

  init(_ numerator: BigInt, over denominator: BigInt) {
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let sign: BigInt = denominator < 0 ? -1 : 1
    let (top, bottom) = (sign * (numerator / divisor), sign * (denominator / divisor))
    if let small = Int(exactly: top), small != .min, let smallBottom = Int(exactly: bottom) {
      form = .small(small, smallBottom)
    } else {
      form = .big(top, bottom)
    }
  }

  var numerator: BigInt {
    switch form {
    case .small(let top, _): BigInt(top)
    case .big(let top, _): top
    }
  }

  var denominator: BigInt {
    switch form {
    case .small(_, let bottom): BigInt(bottom)
    case .big(_, let bottom): bottom
    }
  }

  public var isZero: Bool { if case .small(0, _) = form { true } else { false } }

  public var isNegative: Bool {
    switch form {
    case .small(let top, _): top < 0
    case .big(let top, _): top < 0
    }
  }

  public var isInteger: Bool {
    switch form {
    case .small(_, let bottom): bottom == 1
    case .big(_, let bottom): bottom == 1
    }
  }

  /// The value as a machine integer, if it is whole and fits.
  public var integer: Int? { if case .small(let top, 1) = form { top } else { nil } }

  public var magnitude: Exact { isNegative ? -self : self }
}

func greatestCommonDivisor(_ first: UInt, _ second: UInt) -> UInt {
  var (a, b) = (first, second)
  if a == 0 { return max(b, 1) }
  if b == 0 { return a }
  let shift = min(a.trailingZeroBitCount, b.trailingZeroBitCount)
  a >>= UInt(a.trailingZeroBitCount)
  while b != 0 {
    b >>= UInt(b.trailingZeroBitCount)
    if a > b { swap(&a, &b) }
    b -= a
  }
  return a << UInt(shift)
}
