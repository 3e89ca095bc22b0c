import Notation

/// count × top/bottom rounded to a whole number, for every count from 0 to a greatest one, without dividing: one
/// multiplication and one shift.
///
/// Write the rounding as ⌊(count·a + h)/d⌋, where d = 2·bottom, a = 2·top, and h is bottom for the halves and 0 for
/// rounding down. With m = ⌈2ˢa/d⌉ and k = ⌈2ˢh/d⌉ the value (count·m + k)/2ˢ lies above (count·a + h)/d by less than
/// (count + 1)/2ˢ. The fraction of (count·a + h)/d is at most (d − 1)/d, so nothing is carried as long as
/// (most + 1)·d ≤ 2ˢ: the floors are equal. Half-even then takes back the odd ones among the exact halves.
struct Quotient: Sendable, Hashable {
  let multiplier: UInt64
  let addend: UInt64
  let shift: UInt64
  /// a and d above, for telling exact halves.
  let top: UInt64
  let bottom: UInt64
  let mode: Rounding.Mode
  /// The greatest count for which it is exact.
  let most: Int

  /// Nil where the numbers are too large for it: then nothing is to be computed this way.
  init?(top: Int, bottom: Int, most: Int, mode: Rounding.Mode) {
    guard top >= 0, bottom > 0, (0..<1 << 31).contains(most) else { return nil }
    let divisor = Quotient.commonDivisor(top, bottom)
    let (top, bottom) = (top / divisor, bottom / divisor)
    guard top < 1 << 40, bottom < 1 << 40 else { return nil }
    let (a, d) = (UInt128(2 * top), UInt128(2 * bottom))
    let half = mode == .down ? 0 : UInt128(bottom)
    var shift: UInt128 = 0
    while UInt128(1) << shift < (UInt128(most) + 1) * d { shift += 1 }
    guard shift < 64 else { return nil }
    let multiplier = ((a << shift) + d - 1) / d
    let addend = ((half << shift) + d - 1) / d
    let largest = UInt128(most) * max(multiplier, a) + max(addend, half)
    guard largest < UInt128(1) << 63 else { return nil }
    self.multiplier = UInt64(multiplier)
    self.addend = UInt64(addend)
    self.shift = UInt64(shift)
    self.top = UInt64(a)
    self.bottom = UInt64(d)
    self.mode = mode
    self.most = most
  }

  private static func commonDivisor(_ one: Int, _ two: Int) -> Int {
    var (one, two) = (one, two)
    while two != 0 { (one, two) = (two, one % two) }
    return one
  }

  @inline(__always)
  func floor(_ count: UInt32) -> UInt64 { (UInt64(count) &* multiplier &+ addend) &>> shift }

  /// For half-even: the same, where an exact half has gone up to an odd number brought back by one.
  @inline(__always)
  func even(_ count: UInt32) -> UInt64 {
    let up = floor(count)
    let isHalf = up &* bottom == UInt64(count) &* top &+ (bottom &>> 1)
    return up &- (isHalf ? up & 1 : 0)
  }

  func callAsFunction(_ count: Int) -> Int {
    precondition((0...most).contains(count))
    return Int(mode == .halfEven ? even(UInt32(count)) : floor(UInt32(count)))
  }
}
