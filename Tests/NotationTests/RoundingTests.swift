import Fixtures
import Testing

@testable import Notation

@Suite struct RoundingTests {
  @Test(
    arguments: [
      ("2.345", "2.35", "2.34", "2.34"), ("2.355", "2.36", "2.36", "2.35"), ("-2.345", "-2.35", "-2.34", "-2.34"),
      ("-2.355", "-2.36", "-2.36", "-2.35"), ("2.3449999", "2.34", "2.34", "2.34"), ("0.005", "0.01", "0", "0"),
      ("-0.005", "-0.01", "0", "0"), ("0.015", "0.02", "0.02", "0.01"), ("89.5", "89.5", "89.5", "89.5"),
      ("-0.001", "0", "0", "0"), ("0", "0", "0", "0"), ("99.995", "100", "100", "99.99"),
    ])
  func `rounds to two places half up and half even and down`(
    text: String, halfUp: String, halfEven: String, down: String
  ) {
    let value = Exact.decimal(text)
    #expect(value.rounded(Rounding(places: 2, mode: .halfUp)) == .decimal(halfUp))
    #expect(value.rounded(Rounding(places: 2, mode: .halfEven)) == .decimal(halfEven))
    #expect(value.rounded(Rounding(places: 2, mode: .down)) == .decimal(down))
  }

  @Test(arguments: [("0.5", "1", "0"), ("1.5", "2", "2"), ("2.5", "3", "2"), ("-0.5", "-1", "0"), ("-1.5", "-2", "-2")])
  func `rounds to whole numbers`(text: String, halfUp: String, halfEven: String) {
    #expect(Exact.decimal(text).rounded(Rounding(places: 0, mode: .halfUp)) == .decimal(halfUp))
    #expect(Exact.decimal(text).rounded(Rounding(places: 0, mode: .halfEven)) == .decimal(halfEven))
  }

  @Test func `a third of two rounds only where it is told to`() {
    let value = Exact(2) / Exact(3)
    #expect(value.rounded(Rounding(places: 4, mode: .halfUp)) == .decimal("0.6667"))
    #expect(value.rounded(Rounding(places: 4, mode: .down)) == .decimal("0.6666"))
  }

  @Test(arguments: Rounding.Mode.allCases)
  func `never moves a value by more than the last place and leaves a rounded one alone`(mode: Rounding.Mode) {
    var seeded = Seeded(31)
    for _ in 0..<300 {
      let rounding = Rounding(places: Int.random(in: 0...8, using: &seeded), mode: mode)
      let value = seeded.exact()
      let rounded = value.rounded(rounding)
      let step = Exact.one / Exact.power(ofTen: rounding.places)
      #expect((rounded - value).magnitude < step)
      if mode != .down { #expect((rounded - value).magnitude * Exact(2) <= step) }
      #expect(rounded.rounded(rounding) == rounded)
      #expect(!rounded.isFiner(thanPlaces: rounding.places))
      #expect((-value).rounded(rounding) == -rounded)
    }
  }

  @Test func `knows what is finer than its places`() {
    #expect(Exact.decimal("2.5").isFiner(thanPlaces: 0))
    #expect(!Exact.decimal("2.5").isFiner(thanPlaces: 1))
    #expect((Exact(1) / Exact(3)).isFiner(thanPlaces: 8))
  }
}
