import Fixtures
import Notation
import Testing

@testable import Documents

@Suite struct ICalendarTests {
  static func calendar(_ title: String, text: String? = nil, through: Day? = nil) throws -> String {
    ICalendar(
      name: "均衡",
      events: [
        .init(uid: "task-1@junheng", day: try #require(Day("2022-05-31")), through: through, title: title, text: text)
      ],
      at: Instant(milliseconds: 1_653_962_400_000)
    ).text
  }

  @Test func `a day is a whole day, and the moment is in UTC`() throws {
    let text = try Self.calendar("组建")
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(text.contains("\r\nDTSTART;VALUE=DATE:20220531\r\nDTEND;VALUE=DATE:20220601\r\n"))
    #expect(text.contains("\r\nDTSTAMP:20220531T020000Z\r\n"))
    #expect(try Self.calendar("公示", through: Day("2022-06-06")).contains("DTEND;VALUE=DATE:20220607"))
  }

  @Test func `commas, semicolons and new lines are escaped, nothing else gets in`() throws {
    let text = try Self.calendar("一,二;三\\四\nEND:VEVENT\r\u{7}", text: "甲\n乙")
    #expect(text.contains("SUMMARY:一\\,二\\;三\\\\四\\nEND:VEVENT\r\n"))
    #expect(text.contains("DESCRIPTION:甲\\n乙"))
    #expect(text.ranges(of: "\r\nEND:VEVENT").count == 1)
  }

  @Test func `lines are folded at 75 bytes and never inside a character`() throws {
    let title = String(repeating: "教育集团化办学", count: 20)
    let text = try Self.calendar(title)
    let lines = text.split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 })
    #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:" + title))
  }
}
