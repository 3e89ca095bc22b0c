import Notation
import Testing

@testable import Scoring

@Suite struct QuotientTests {
  /// count × top/bottom rounded, by division.
  private func divided(_ count: Int, _ top: Int, _ bottom: Int, _ mode: Rounding.Mode) -> Int {
    let (whole, rest) = (count * top).quotientAndRemainder(dividingBy: bottom)
    return switch mode {
    case .down: whole
    case .halfUp: 2 * rest >= bottom ? whole + 1 : whole
    case .halfEven: 2 * rest > bottom || (2 * rest == bottom && whole % 2 == 1) ? whole + 1 : whole
    }
  }

  /// Five marks in hundredths of a percent: sums from 0 to 50 000, a divisor of 50 000.
  @Test(arguments: Rounding.Mode.allCases, [1, 3, 50, 100, 150, 250, 333, 425, 1_000, 2_500, 9_999, 10_000])
  func `is exact for every sum of five marks`(_ mode: Rounding.Mode, _ points: Int) throws {
    let quotient = try #require(Quotient(top: points, bottom: 50_000, most: 50_000, mode: mode))
    var wrong = 0
    for sum in 0...50_000 where quotient(sum) != divided(sum, points, 50_000, mode) { wrong += 1 }
    #expect(wrong == 0)
  }

  @Test(arguments: Rounding.Mode.allCases)
  func `is exact around every half and whole, for any points and number of reviewers`(_ mode: Rounding.Mode) throws {
    var wrong = 0
    for (points, counted) in zip(stride(from: 1, to: 30_000, by: 37), (0...).lazy.map { $0 % 15 + 1 }) {
      let bottom = 10_000 * counted
      let quotient = try #require(Quotient(top: points, bottom: bottom, most: bottom, mode: mode))
      for half in stride(from: 0, through: 2 * points, by: max(1, points / 60)) {
        let count = half * bottom / (2 * points)
        for near in max(0, count - 1)...min(bottom, count + 1)
        where quotient(near) != divided(near, points, bottom, mode) { wrong += 1 }
      }
      if quotient(bottom) != points { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func `agrees with exact decimals`() throws {
    for mode in Rounding.Mode.allCases {
      let quotient = try #require(Quotient(top: 1_234, bottom: 39_999, most: 45_000, mode: mode))
      for sum in stride(from: 0, through: 45_000, by: 41) {
        let expected = (Exact(sum) * 1_234 / 39_999).rounded(Rounding(places: 0, mode: mode))
        #expect(Exact(quotient(sum)) == expected)
      }
    }
  }

  @Test func `refuses numbers for which it wouldn't be exact`() {
    #expect(Quotient(top: 1 << 39, bottom: 3, most: 50_000, mode: .halfUp) == nil)
    #expect(Quotient(top: 1, bottom: 1 << 39, most: 1 << 30, mode: .halfUp) == nil)
    #expect(Quotient(top: 1, bottom: 0, most: 10, mode: .down) == nil)
    #expect(Quotient(top: -1, bottom: 10, most: 10, mode: .down) == nil)
  }
}
