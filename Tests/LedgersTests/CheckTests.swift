import Ledgers
import Notation
import Testing

@Suite struct CheckTests {
  func found(_ town: LedgerTown, today: String = "2022-08-31", evidence: [ID: Int] = [:]) -> [String] {
    let teachers = (1...9).map { Teacher(id: ID($0), school: LedgerTown.lead, code: "T\($0)", name: "张三") }
    return LedgerCheck.findings(
      in: CheckScope(
        year: town.year, teachers: teachers, evidenceYears: evidence, today: LedgerTown.day(today))
    ).map(\.check)
  }

  @Test func `nothing is wrong where nothing is recorded`() {
    #expect(found(LedgerTown("ankang-2022")) == [])
  }

  @Test func `a teacher in two full posts at once`() {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north, to: "2022-01-31")
    town.exchange(1, LedgerTown.lead, LedgerTown.south, from: "2022-02-01")
    town.exchange(2, LedgerTown.lead, LedgerTown.south, fullTime: false)
    town.exchange(2, LedgerTown.lead, LedgerTown.north)
    #expect(found(town) == [])
    town.exchange(1, LedgerTown.lead, LedgerTown.north, from: "2022-05-01")
    #expect(found(town) == ["two-full-posts"])
  }

  @Test func `the same exchange recorded twice, and one to the own school`() {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    town.exchange(1, LedgerTown.lead, LedgerTown.north, from: "2022-03-01", to: nil)
    town.exchange(3, LedgerTown.lead, LedgerTown.lead)
    #expect(found(town) == ["same-twice", "own-school"])
  }

  @Test func `head counts of partners that disagree`() {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    town.exchange(2, LedgerTown.lead, LedgerTown.north)
    town.staff(LedgerTown.lead, ["teachers": 9, "sent": 2, "received": 0])
    town.staff(LedgerTown.north, ["teachers": 9, "sent": 0, "received": 3])
    town.staff(LedgerTown.south, ["teachers": 9, "sent": 0, "received": 0])
    #expect(found(town) == ["partners"])
    town.say("exchange")
    #expect(found(town) == ["received", "partners"])
  }

  @Test func `parts larger than the whole, days to come, evidence of another year`() {
    var town = LedgerTown("ankang-2022")
    town.staff(LedgerTown.lead, ["teachers": 9, "backbone": 10])
    town.meeting("2022-05-01")
    town.add("activities", from: "2021-10-01", ["schools": .schools([ID(7)])], evidence: ID(70))
    #expect(
      found(town, today: "2022-04-30", evidence: [ID(70): 2021])
        == ["more-than-all", "not-yet", "evidence-year", "not-of-the-group"])
  }

  @Test func `those sent to lead are filed with both and appraised beyond six months`() {
    var town = LedgerTown("ankang-2022")
    town.add(
      "managers", LedgerTown.lead, from: "2021-09-01",
      ["teacher": .teacher(ID(1)), "host": .schools([LedgerTown.north]), "rank": .words(["executive"])])
    #expect(found(town, today: "2022-02-28") == ["managers-filing"])
    #expect(found(town, today: "2022-03-01") == ["managers-filing", "joint-appraisal"])
    // Where no policy sets the bound, nothing is checked.
    var other = LedgerTown("suizhou-2022")
    other.records = town.records
    #expect(found(other, today: "2022-08-31") == [])
  }

  @Test func `venues booked twice, bookings that end before they begin`() {
    var town = LedgerTown("ankang-2022")
    func book(_ begins: String, _ ends: String) {
      town.add(
        "bookings", from: "2022-05-01",
        [
          "provider": .schools([LedgerTown.lead]), "guest": .schools([LedgerTown.north]), "venue": .text("体育馆"),
          "begins": .text(begins), "ends": .text(ends),
        ])
    }
    book("08:00", "10:00")
    book("10:00", "11:00")
    #expect(found(town) == [])
    book("09:00", "10:30")
    book("15:00", "14:00")
    #expect(found(town) == ["booked-twice", "booked-twice", "booking-order"])
  }

  @Test func `managers resolved on, filed and appraised in this order, and never in days to come`() {
    var town = LedgerTown("ankang-2022")
    func manager(_ teacher: Int64, _ days: [String: String]) {
      var values: [String: LedgerValue] = [
        "teacher": .teacher(ID(teacher)), "host": .schools([LedgerTown.north]), "rank": .words(["middle"]),
        "filedHome": .day(LedgerTown.day("2021-08-20")), "filedHost": .day(LedgerTown.day("2021-08-21")),
        "resolved": .day(LedgerTown.day("2021-08-10")),
      ]
      for (field, day) in days { values[field] = .day(LedgerTown.day(day)) }
      town.add("managers", LedgerTown.lead, values)
    }
    manager(1, [:])
    #expect(found(town) == [])
    manager(2, ["resolved": "2021-08-30"])
    manager(3, ["filedHost": "2022-09-10"])
    manager(4, ["appraised": "2020-01-01"])
    #expect(found(town) == ["managers-order", "managers-order", "managers-order"])
  }

  @Test func `a major incident is told to who decides on vetoes`() {
    var town = LedgerTown("ankang-2022")
    town.add("incidents", LedgerTown.north, from: "2021-10-01", ["gravity": .words(["serious"]), "held": .flag(false)])
    #expect(found(town) == [])
    town.add("incidents", LedgerTown.north, from: "2021-10-02", ["gravity": .words(["serious"]), "held": .flag(true)])
    #expect(found(town) == ["incident-veto"])
  }
}
