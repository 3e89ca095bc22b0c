import Notation
import Testing

@testable import Ledgers

/// What has yet to come, what was of another year, what is told twice: none of it counts.
@Suite struct AheadTests {
  static func void(_ town: LedgerTown, today: String) -> [String] {
    GroupYear(
      group: ID(9), days: LedgerTown.national, schools: LedgerTown.schools,
      asked: AskedDocument.all(of: town.policy), records: town.records, statements: [], today: LedgerTown.day(today)
    ).void.values.sorted()
  }

  @Test func `an exchange that begins tomorrow doesn't count today`() {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north, from: "2022-03-01", to: nil)
    #expect(Self.void(town, today: "2022-02-28") == ["ahead"])
    #expect(Self.void(town, today: "2022-03-01") == [])
    #expect(CheckTests().found(town, today: "2022-02-28") == ["ahead"])
  }

  @Test func `a plan of the year adopted years ago is another year's, a charter isn't`() {
    var town = LedgerTown("ankang-2022")
    func document(_ id: String, adopted: String) {
      town.add("documents", LedgerTown.lead, ["document": .words([id]), "adopted": .day(LedgerTown.day(adopted))])
    }
    document("annual-plan", adopted: "2019-01-01")
    document("charter", adopted: "2019-01-01")
    document("annual-plan", adopted: "2021-07-05")
    #expect(Self.void(town, today: "2022-06-30") == ["old-document"])
    document("annual-plan", adopted: "2022-07-05")
    #expect(Self.void(town, today: "2022-06-30") == ["not-yet", "old-document"])
  }

  @Test func `what is over and what was adopted lies behind`() {
    let context = RecordContext(
      year: LedgerTown("ankang-2022").year, teachers: [], catalogues: [.chinese], today: Day("2022-03-01"))
    func faults(_ kind: String, _ texts: [String: String]) -> [String] {
      LedgerKinds.byID[kind].map { kind in
        RecordReading(TypedRecord(kind: kind.id, school: "S1", texts: texts), kind: kind, in: context)
          .faults.map { "\($0.field) \($0.message.key)" }
      } ?? ["?"]
    }
    let course = ["title": "书法", "provider": "S1", "schools": "S1、S2", "state": "完成", "from": "2021-09-01"]
    #expect(faults("courses", course) == [])
    #expect(faults("courses", course.merging(["to": "2022-06-30"]) { $1 }) == ["to ledger.fault.future"])
    #expect(faults("courses", course.merging(["from": "2022-06-30"]) { $1 }) == ["from ledger.fault.future"])
    #expect(
      faults("courses", course.merging(["to": "2022-06-30", "state": "开设中"]) { $1 }) == [])
    #expect(faults("documents", SettledYearTests.charter) == [])
    #expect(
      faults("documents", SettledYearTests.charter.merging(["adopted": "2022-03-02"]) { $1 })
        == ["adopted ledger.fault.future"])
  }

  @Test func `a visit of guidance told twice counts once, visits to two schools are two`() {
    var town = LedgerTown("ankang-2022")
    func visit(_ host: ID) {
      town.add(
        "guidance", from: "2021-10-20",
        ["host": .schools([host]), "kind": .words(["lesson-review"]), "title": .text("数学评课")])
    }
    visit(LedgerTown.north)
    visit(LedgerTown.south)
    #expect(Self.void(town, today: "2022-06-30") == [])
    visit(LedgerTown.north)
    #expect(Self.void(town, today: "2022-06-30") == ["told-twice"])
  }

  @Test func `a corrected copy under the same number is one document`() {
    var town = LedgerTown("ankang-2022")
    func report(_ adopted: String, _ number: String?) {
      var values: [String: LedgerValue] = [
        "document": .words(["charter"]), "adopted": .day(LedgerTown.day(adopted)),
      ]
      if let number { values["number"] = .text(number) }
      town.add("documents", LedgerTown.lead, values)
    }
    report("2021-10-01", "1号")
    report("2021-10-08", " 1号")
    #expect(AskedDocument.issues(town.records) == 1)
    report("2021-12-01", nil)
    report("2021-12-02", "2号")
    #expect(AskedDocument.issues(town.records) == 3)
  }
}
