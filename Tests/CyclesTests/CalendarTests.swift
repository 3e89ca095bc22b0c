import Cycles
import Notation
import Testing

@Suite struct CalendarTests {
  let group = ID(1000)
  let other = ID(1001)

  func calendar(_ extensions: Extension...) throws -> CycleCalendar {
    CycleCalendar(stages: CycleStage.all(of: try Town.policy("ankang-2022"), year: 2022), extensions: extensions)
  }

  func extended(_ day: String, _ group: ID?, at: String) -> Extension {
    Extension(stage: "self", group: group, due: Day(day)!, reason: "汛情", at: .at(at), by: nil)
  }

  @Test func `a deadline holds through the end of its day in the authority's time`() throws {
    let calendar = try calendar()
    #expect(calendar.isOpen("self", group: group, at: .at("2022-08-31", 23, minute: 59)))
    #expect(!calendar.isOpen("self", group: group, at: .at("2022-09-01", 0)))
    // 16:00 UTC is midnight in Asia/Shanghai.
    #expect(Instant(endOf: Day("2022-08-31")!).milliseconds == 1_661_961_600_000)
    #expect(calendar.daysLeft("self", group: group, at: .at("2022-08-22")) == 9)
    #expect(calendar.daysLeft("self", group: group, at: .at("2022-08-31", 23)) == 0)
    #expect(calendar.daysLeft("self", group: group, at: .at("2022-09-02")) == -2)
  }

  @Test func `the latest extension holds, of all groups or of one`() throws {
    let calendar = try calendar(
      extended("2022-09-10", nil, at: "2022-08-20"), extended("2022-09-20", group, at: "2022-08-25"),
      extended("2022-09-05", nil, at: "2022-08-22"))
    #expect(calendar.due("self", group: group)?.text == "2022-09-20")
    #expect(calendar.due("self", group: other)?.text == "2022-09-05")
    #expect(calendar.due("self", group: nil)?.text == "2022-09-05")
  }

  @Test func `a submission within an extension is told from one on time and one too late`() throws {
    let calendar = try calendar(extended("2022-09-10", group, at: "2022-08-20"))
    #expect(calendar.timeliness("self", group: group, at: .at("2022-08-31", 23)) == .onTime)
    #expect(calendar.timeliness("self", group: group, at: .at("2022-09-01", 0)) == .extended)
    #expect(calendar.timeliness("self", group: group, at: .at("2022-09-11", 0)) == .late)
    #expect(calendar.timeliness("self", group: other, at: .at("2022-09-01", 0)) == .late)
  }

  @Test func `a stage without a day is open until the authority sets one`() throws {
    var stages = CycleStage.all(of: try Town.policy("suizhou-2022"), year: 2022)
    #expect(CycleCalendar(stages: stages).due("county", group: group) == nil)
    #expect(CycleCalendar(stages: stages).isOpen("county", group: group, at: .at("2029-01-01")))
    stages[2].due = Day("2022-10-15")
    #expect(!CycleCalendar(stages: stages).isOpen("county", group: group, at: .at("2022-10-16", 0)))
    #expect(!CycleCalendar(stages: stages).isOpen("no-such-stage", group: group, at: .at("2022-10-16", 0)))
  }

  @Test func `working days leave out weekends and holidays and count the days worked in their stead`() {
    let national = WorkingDays(
      holidays: Set((1...7).compactMap { Day(year: 2022, month: 10, day: $0) }),
      worked: [Day("2022-10-08")!, Day("2022-10-09")!])
    // Friday 30 September; the 8th and 9th of October are worked.
    let start = Day("2022-09-30")!
    #expect(national.last(of: 5, after: start, workingOnly: true).text == "2022-10-12")
    #expect(WorkingDays().last(of: 5, after: start, workingOnly: true).text == "2022-10-07")
    #expect(national.last(of: 5, after: start, workingOnly: false).text == "2022-10-05")
    #expect(WorkingDays().last(of: .max, after: start, workingOnly: true) <= Day("2200-12-31")!)
    #expect(WorkingDays().last(of: .min, after: start, workingOnly: false) == start)
  }

  @Test func `objections may be raised until the end of the last day after the announcement`() throws {
    let stages = CycleStage.all(of: try Town.policy("ankang-2022"), year: 2022)
    let window = try #require(ObjectionWindow(stages[4], announced: .at("2022-11-04", 9)))
    #expect(window.lastDay.text == "2022-11-09")
    #expect(!window.isOpen(at: .at("2022-11-04", 8)))
    #expect(window.isOpen(at: .at("2022-11-09", 23, minute: 59)))
    #expect(window.isOver(at: .at("2022-11-10", 0)))
    #expect(window.daysLeft(at: .at("2022-11-07")) == 2)
    #expect(ObjectionWindow(stages[0], announced: .at("2022-11-04")) == nil)
    let longer = ObjectionWindow(stages[4], announced: .at("2022-11-04"), extended: Day("2022-11-20"))
    #expect(longer?.lastDay.text == "2022-11-20")
  }
}
