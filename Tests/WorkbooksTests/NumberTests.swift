import Testing

@testable import Workbooks

struct NumberTests {
  @Test(arguments: [
    ("5", "5"), ("-12.50", "-12.5"), ("0.10000000000000001", "0.1"), ("0.30000000000000004", "0.30000000000000004"),
    ("86.599999999999994", "86.6"), ("1E-5", "0.00001"), ("1.5e+3", "1500"), ("-0", "0"), ("007", "7"), (".5", "0.5"),
    ("2.", "2"), ("+3", "3"), ("1.0000000000000001E+16", "10000000000000000"), ("0.000", "0"), ("100", "100"),
    ("12345678901234567", "12345678901234567"), ("123456789012345678.123", "123456789012345678.123"),
    ("0.1234567890123456789", "0.1234567890123456789"), ("1e20", "100000000000000000000"), ("120e-1", "12"),
  ])
  func `a stored number reads as its plain decimal`(stored: String, plain: String) {
    var stored = stored
    #expect(stored.withUTF8 { DecimalText.plain($0) } == plain)
  }

  @Test(arguments: [
    "", "-", ".", "1,5", "NaN", "INF", "0x1p3", "1e", "1e+", "--1", "1 ", "1e999999999", "1e401", "1.2.3",
  ])
  func `what is no number is not read as one`(stored: String) {
    var stored = stored
    #expect(stored.withUTF8 { DecimalText.plain($0) } == nil)
  }

  @Test(arguments: [
    ("yyyy-mm-dd", true), ("yyyy\"年\"m\"月\"d\"日\"", true), ("m/d", true), ("mmm", true),
    ("[$-804]yyyy/m/d;@", true), ("h:mm:ss", false), ("mm:ss", false), ("0.00", false), ("General", false),
    ("0.00\"day\"", false), ("[Red]0.0;[Yellow]d", false), ("0\\d", false), ("#,##0_d", false), ("[h]:mm", false),
  ])
  func `a format shows a day or it does not`(code: String, isDate: Bool) {
    #expect((NumberFormat.shown(code: code) == .date) == isDate)
  }

  @Test(arguments: ["0%", "0.00%", "0.0 %;[Red]-0.0 %"])
  func `a format shows a percentage`(code: String) {
    #expect(NumberFormat.shown(code: code) == .percent)
    #expect(NumberFormat.shown(code: "0.00\"%\"") == .number)
  }

  @Test(arguments: [
    ("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01"), ("46082", "2026-03-01"),
    ("45351", "2024-02-29"), ("46082.5", "2026-03-01T12:00:00"), ("2958465", "9999-12-31"),
    ("46081.999999999", "2026-03-01"),
  ])
  func `days are counted from 1900`(serial: String, day: String) {
    #expect(DateSystem.from1900.date(serial: serial)?.description == day)
  }

  @Test(arguments: ["0", "0.5", "60", "-1", "2958466", "x"])
  func `numbers that are no day stay numbers`(serial: String) {
    #expect(DateSystem.from1900.date(serial: serial) == nil)
  }

  @Test func `days are counted from 1904 where the workbook says so`() {
    #expect(DateSystem.from1904.date(serial: "0")?.description == "1904-01-01")
    #expect(DateSystem.from1904.date(serial: "44620")?.description == "2026-03-01")
  }

  @Test func `every day from 1900 on has the serial number that leads back to it`() throws {
    for serial in 1...100_000 where serial != 60 {
      let date = try #require(DateSystem.from1900.date(serial: "\(serial)"))
      #expect(DateSystem.serial(date) == Double(serial))
    }
  }

  @Test func `the calendar has no 29 February in 1900 and none in 2026`() {
    #expect(CellDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CellDate(year: 2026, month: 2, day: 29) == nil)
    #expect(CellDate(year: 2024, month: 2, day: 29) != nil)
  }
}
