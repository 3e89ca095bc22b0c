import BigInt
import Fixtures
import Testing

@testable import Notation

/// A fraction computed the slow way, to hold `Exact` against.
struct Fraction: Equatable {
  let top: BigInt
  let bottom: BigInt

  init(_ top: BigInt, _ bottom: BigInt) {
    let divisor = top.greatestCommonDivisor(with: bottom)
    let sign: BigInt = bottom < 0 ? -1 : 1
    self.top = sign * top / divisor
    self.bottom = sign * bottom / divisor
  }

  init(_ exact: Exact) { self.init(exact.numerator, exact.denominator) }

  var floor: BigInt {
    let (quotient, rest) = top.quotientAndRemainder(dividingBy: bottom)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension Seeded {
  /// Small numbers mostly, now and then one at the edge of a machine word or beyond it.
  mutating func exact() -> Exact {
    Exact(whole(), over: Swift.max(1, whole().magnitude.asSigned))
  }

  mutating func whole() -> BigInt {
    switch Int.random(in: 0..<10, using: &self) {
    case 0: BigInt(Int.max) - BigInt(Int.random(in: 0...2, using: &self))
    case 1: BigInt(Int.min) + BigInt(Int.random(in: 0...2, using: &self))
    case 2: BigInt(Int.random(in: Int.min...Int.max, using: &self))
    case 3: BigInt(Int.max) * BigInt(Int.random(in: -9...9, using: &self))
    default: BigInt(Int.random(in: -1000...1000, using: &self))
    }
  }
}

extension BigUInt {
  fileprivate var asSigned: BigInt { BigInt(self) }
}

@Suite struct ExactTests {
  static let pairs: [(Exact, Exact)] = {
    var seeded = Seeded(2022)
    return (0..<1500).map { _ in (seeded.exact(), seeded.exact()) }
  }()

  @Test func `adds subtracts and multiplies as fractions do`() {
    for (a, b) in Self.pairs {
      let (x, y) = (Fraction(a), Fraction(b))
      #expect(Fraction(a + b) == Fraction(x.top * y.bottom + y.top * x.bottom, x.bottom * y.bottom))
      #expect(Fraction(a - b) == Fraction(x.top * y.bottom - y.top * x.bottom, x.bottom * y.bottom))
      #expect(Fraction(a * b) == Fraction(x.top * y.top, x.bottom * y.bottom))
    }
  }

  @Test func `divides as fractions do`() {
    for (a, b) in Self.pairs where !b.isZero {
      let (x, y) = (Fraction(a), Fraction(b))
      #expect(Fraction(a / b) == Fraction(x.top * y.bottom, x.bottom * y.top))
      #expect(a / b * b == a)
    }
  }

  @Test func `compares as fractions do`() {
    for (a, b) in Self.pairs {
      let (x, y) = (Fraction(a), Fraction(b))
      #expect((a < b) == (x.top * y.bottom < y.top * x.bottom))
      #expect((a == b) == (x == y))
    }
  }

  @Test func `keeps one form for one value whichever way it was reached`() {
    for (a, b) in Self.pairs {
      #expect((a + b) - b == a)
      #expect(((a + b) - b).hashValue == a.hashValue)
      #expect(-(-a) == a)
      #expect(a - a == .zero)
    }
  }

  @Test func `finds the whole numbers below and above`() {
    for (a, _) in Self.pairs {
      #expect(a.floor.numerator == Fraction(a).floor)
      #expect(a.ceiling.numerator == -Fraction(-a).floor)
      #expect(a.floor.isInteger)
    }
  }

  @Test func `grows beyond a machine word and comes back`() {
    let most = Exact(Int.max)
    #expect(most + .one > most)
    #expect(most + .one - .one == most)
    #expect((most * most / most).integer == Int.max)
    #expect((most + .one).integer == nil)
  }

  @Test func `negates the least machine integer`() {
    let least = Exact(Int.min)
    #expect((-least).numerator == -BigInt(Int.min))
    #expect(-(-least) == least)
    #expect(least.magnitude == -least)
    #expect(least == Exact(Int.min + 1) - .one)
    #expect((least / Exact(-1)).numerator == -BigInt(Int.min))
  }

  @Test func `clamps to a range`() {
    #expect(Exact(-1).clamped(to: 0...10) == 0)
    #expect(Exact(11).clamped(to: 0...10) == 10)
    #expect(Exact.decimal("9.99").clamped(to: 0...10) == .decimal("9.99"))
  }

  @Test func `keeps a third exact`() {
    let third = Exact(1) / Exact(3)
    #expect(third + third + third == .one)
    #expect(!third.isInteger)
  }
}
