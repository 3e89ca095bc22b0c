import Testing

@testable import Notation

@Suite struct DayTests {
  @Test(arguments: ["2021-09-01", "2020-02-29", "2000-02-29", "1900-01-01", "2200-12-31", "2022-04-30"])
  func `reads and writes a day`(text: String) { #expect(Day(text)?.text == text) }

  @Test(
    arguments: [
      "2021-02-29", "1900-02-29", "2021-04-31", "2021-13-01", "2021-00-10", "2021-01-00", "2021-9-1", "21-09-01",
      "2021/09/01", "2021-09", "2021-09-01T00:00", "", "1899-12-31", "2201-01-01", "+021-09-01", "2021-09-0１", "----",
    ])
  func `refuses what no calendar has`(text: String) { #expect(Day(text) == nil) }

  @Test func `puts days in order`() throws {
    let days = try ["2021-12-31", "2022-01-01", "2022-01-31", "2022-02-01"].map { try #require(Day($0)) }
    #expect(days.shuffled().sorted() == days)
  }

  @Test(arguments: ["09-01", "01-01", "12-31", "02-28"])
  func `reads a day of the year`(text: String) { #expect(DayOfYear(text)?.text == text) }

  @Test(arguments: ["02-29", "9-1", "13-01", "04-31", "09-01-01", "", "0901", "09-"])
  func `refuses what does not come every year`(text: String) { #expect(DayOfYear(text) == nil) }

  @Test(
    arguments: [
      ("2021-09-01", 12), ("2021-09-02", 11), ("2021-08-31", 12), ("2021-08-01", 13), ("2022-08-31", 0),
      ("2022-08-01", 1), ("2022-08-02", 0), ("2022-09-01", 0), ("2025-01-01", 0), ("2012-09-01", 120),
      ("2020-02-29", 30), ("2021-10-15", 10),
    ])
  func `counts full months through the last day of the school year`(formed: String, months: Int) throws {
    let start = DayOfYear(month: 9, day: 1)
    #expect(start.fullMonths(from: try #require(Day(formed)), throughSchoolYear: 2022) == months)
  }

  @Test(arguments: [("2022-01-01", 12), ("2021-01-01", 24), ("2022-01-02", 11), ("2022-12-01", 1), ("2022-12-31", 0)])
  func `a year that starts on New Year's Day runs through December`(formed: String, months: Int) throws {
    let start = DayOfYear(month: 1, day: 1)
    #expect(start.fullMonths(from: try #require(Day(formed)), throughSchoolYear: 2022) == months)
  }

  @Test(arguments: [("2021-08-01", 12), ("2021-08-15", 11), ("2021-07-31", 12), ("2022-07-01", 1)])
  func `a year may start on any day`(formed: String, months: Int) throws {
    let start = try #require(DayOfYear("08-01"))
    #expect(start.fullMonths(from: try #require(Day(formed)), throughSchoolYear: 2022) == months)
  }
}
