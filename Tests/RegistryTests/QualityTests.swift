import Notation
import Testing

@testable import Registry

@Suite struct QualityTests {
  static func found(_ book: RegistryBook, years: [ID: SchoolYear] = [:], before: [ID: SchoolYear] = [:]) -> Set<String>
  {
    Set(
      book.findings(on: Town.day("2024-01-01"), years: years, before: before, since: !years.isEmpty).map(\.check))
  }

  @Test func `the file lists every check once with its severity`() {
    let ids = QualityCheck.all.map(\.id)
    #expect(Set(ids).count == ids.count && ids.count >= 20)
    #expect(Set(QualityCheck.all.map(\.severity)) == Set(QualityCheck.Severity.allCases))
  }

  @Test func `groups without a lead, alone, without a form are found`() {
    let book = Town.book(
      [Town.school(11), Town.school(12)], [Town.group(21), Town.group(22, form: "tight")],
      [Town.member(21, 11), Town.member(22, 12, lead: true)])
    #expect(
      Self.found(book) == ["group-without-lead", "group-without-form", "group-alone", "school-code"])
  }

  @Test func `a membership lies within the life of its school and its group`() {
    let closed = School.End(day: Town.day("2023-01-01"), kind: .merged, successors: [])
    let book = Town.book(
      [Town.school(11), Town.school(12, end: closed)], [Town.group(21, formed: "2022-10-01", form: "x")],
      [Town.member(21, 11, lead: true, since: "2022-10-01"), Town.member(21, 12, since: "2022-09-01")])
    #expect(
      Self.found(book).isSuperset(of: ["membership-beyond-group", "membership-beyond-school", "school-merged-nowhere"]))
  }

  @Test func `statistics that are missing or jump are found`() {
    func year(_ id: Int64, _ pupils: Int?) -> (ID, SchoolYear) {
      (ID(id), SchoolYear(school: ID(id), year: 2024, rows: [SchoolYear.Row(part: .whole, pupils: pupils)]))
    }
    let book = Town.book([Town.school(11), Town.school(12), Town.school(13)], [], [])
    let found = Self.found(
      book, years: Dictionary(uniqueKeysWithValues: [year(11, 900), year(12, nil)]),
      before: Dictionary(uniqueKeysWithValues: [year(11, 400)]))
    #expect(found.isSuperset(of: ["year-jump", "year-without-pupils", "year-missing"]))
  }
}
