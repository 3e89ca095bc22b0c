import Testing

@testable import Notation

@Suite struct ExactTextTests {
  @Test(
    arguments: [
      ("0", "0"), ("-0", "0"), ("12", "12"), ("-12.50", "-12.5"), ("+.5", "0.5"), ("5.", "5"), ("1e3", "1000"),
      ("1E-3", "0.001"), ("1e+2", "100"), ("007", "7"), ("-2.5e1", "-25"), ("0.10", "0.1"), ("89.5", "89.5"),
      ("123456789012345678901234567890", "123456789012345678901234567890"),
    ])
  func `reads decimals as JSON and YAML write them`(text: String, plain: String) throws {
    #expect(try #require(Exact(decimal: text)).plain == plain)
  }

  @Test(
    arguments: [
      "", "-", "+", ".", "e5", "1e", "1e+", "1e1.5", "1.2.3", "1,5", "0x10", "1 ", " 1", "--1", "+-1", "1e41", "1e-41",
      "NaN", ".inf", "1_000", "１２", "1e+-5", "一", String(repeating: "9", count: 61),
    ])
  func `refuses what is no decimal`(text: String) { #expect(Exact(decimal: text) == nil) }

  @Test func `reads the longest number and the largest exponent exactly`() throws {
    let nines = String(repeating: "9", count: 60)
    #expect(try #require(Exact(decimal: nines)).fixed(places: 0) == nines)
    #expect(try #require(Exact(decimal: "1e40")) == Exact.power(ofTen: 40))
    #expect(try #require(Exact(decimal: "1e-40")) * Exact.power(ofTen: 40) == .one)
  }

  @Test func `a tenth is a tenth`() {
    #expect(Exact.decimal("0.1") + .decimal("0.2") == .decimal("0.3"))
    #expect(Exact.decimal("1e-7") * Exact(10_000_000) == .one)
  }

  @Test(
    arguments: [
      ("3.5", 2, "3.50"), ("-3.5", 2, "-3.50"), ("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("-0.001", 2, "0.00"),
      ("100", 0, "100"), ("0.05", 1, "0.1"), ("0", 3, "0.000"), ("1234567.891", 1, "1234567.9"), ("0.5", 0, "1"),
    ])
  func `shows a score with fixed places`(text: String, places: Int, shown: String) {
    #expect(Exact.decimal(text).fixed(places: places) == shown)
  }

  @Test(
    arguments: [
      ("3.50", "3.5"), ("3.00", "3"), ("0.00004", "0"), ("-0.00004", "0"), ("0.33333", "0.3333"), ("100", "100"),
      ("-1.10", "-1.1"), ("0.99995", "1"),
    ])
  func `shows a reader as few decimals as it takes`(text: String, shown: String) {
    #expect(Exact.decimal(text).plain == shown)
    #expect("\(Exact.decimal(text))" == shown)
  }
}
