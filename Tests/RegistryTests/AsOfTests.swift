import Notation
import Testing

@testable import Registry

@Suite struct AsOfTests {
  /// School 11 is merged into 12 on 1 March 2024; 13 answered to the zone until the end of 2022.
  let book = Town.book(
    [
      Town.school(11, end: School.End(day: Town.day("2024-03-01"), kind: .merged, successors: [ID(12)])),
      Town.school(12), Town.school(14, opened: "2023-09-01"),
      Town.school(
        13, Town.hanbin,
        past: [
          School.Past(
            since: nil, until: Town.day("2023-01-01"), name: "旧名", authority: Town.zone.id,
            stages: [.primary, .junior],
            ownership: .public, location: .rural)
        ]),
    ],
    [
      Town.group(21, end: Group.End(day: Town.day("2025-01-01"), successors: [ID(22)])),
      Town.group(22, formed: "2025-01-01"),
    ],
    [
      Town.member(21, 12, lead: true), Town.member(21, 11, until: "2024-03-01"), Town.member(21, 13),
      Town.member(22, 12, lead: true, since: "2025-01-01"),
    ])

  @Test func `a school merged in the middle of the year is there on the day before and not after`() {
    #expect(book.on(Town.day("2024-02-29")).schools(of: ID(21)).map(\.school.id) == [ID(12), ID(11), ID(13)])
    #expect(book.on(Town.day("2024-03-01")).schools(of: ID(21)).map(\.school.id) == [ID(12), ID(13)])
  }

  @Test func `names and authorities are those of the day`() throws {
    let then = try #require(book.on(Town.day("2022-12-31")).schools.first { $0.id == ID(13) })
    #expect(then.name == "旧名" && then.authority == Town.zone.id && then.stages.kind == "nineYear")
    let now = try #require(book.on(Town.day("2023-01-01")).schools.first { $0.id == ID(13) })
    #expect(now.name == "学校13" && now.authority == Town.hanbin.id)
  }

  @Test func `a group split up ends, and its history stays`() {
    #expect(book.on(Town.day("2024-12-31")).groups.map(\.id) == [ID(21)])
    #expect(book.on(Town.day("2025-01-01")).groups.map(\.id) == [ID(22)])
    // A membership nobody ended doesn't outlive its group.
    #expect(book.on(Town.day("2025-01-01")).memberships.map(\.group) == [ID(22)])
  }

  @Test func `a school not yet opened is none`() {
    #expect(!book.on(Town.day("2023-08-31")).schools.contains { $0.id == ID(14) })
    #expect(book.on(Town.day("2023-09-01")).schools.contains { $0.id == ID(14) })
  }

  @Test func `school years are named by the year they end in`() {
    let start = DayOfYear(month: 9, day: 1)
    #expect(Town.day("2025-09-01").schoolYear(startingOn: start) == 2026)
    #expect(Town.day("2026-08-31").schoolYear(startingOn: start) == 2026)
  }

  @Test func `combined schools have a name for what they are`() {
    #expect(SchoolStages(names: ["primary", "junior", "senior"])?.kind == "twelveYear")
    #expect(SchoolStages(names: ["junior", "senior"])?.kind == "complete")
    #expect(SchoolStages(names: ["college"]) == nil)
  }
}
