import Notation
import Testing

@testable import Ledgers

@Suite struct RecordReadingTests {
  static let teachers = [
    Teacher(id: ID(71), school: LedgerTown.lead, code: "T1", name: "张三"),
    Teacher(id: ID(72), school: LedgerTown.lead, code: "T2", name: "李四"),
    Teacher(id: ID(73), school: LedgerTown.lead, code: "T3", name: "李四"),
  ]
  let context = RecordContext(
    year: LedgerTown("ankang-2022").year, teachers: teachers, catalogues: [.chinese, .english])

  func read(_ kind: String, _ texts: [String: String], school: String = "江南小学") -> RecordReading {
    RecordReading(
      TypedRecord(kind: kind, school: school, texts: texts), kind: LedgerKinds.byID[kind] ?? LedgerKinds.all[0],
      in: context)
  }

  static let exchange = [
    "teacher": "张三", "host": "城北小学", "way": "轮岗", "fullTime": "是", "backbone": "no", "subject": "语文",
    "from": "2021/9/1", "to": "2022.8.31",
  ]

  @Test func `reads what people write, in any of the languages`() {
    let reading = read("exchange", Self.exchange)
    #expect(reading.faults.map(\.message.key) == [])
    #expect(reading.school == LedgerTown.lead)
    #expect(reading.values["teacher"] == .teacher(ID(71)))
    #expect(reading.values["host"] == .schools([LedgerTown.north]))
    #expect(reading.values["backbone"] == .flag(false))
    #expect(reading.first == Day("2021-09-01") && reading.last == Day("2022-08-31"))
  }

  @Test func `what is written reads back the same`() {
    let reading = read("exchange", Self.exchange)
    let record = LedgerRecord(
      id: ID(1), group: ID(9), school: reading.school, kind: "exchange", first: LedgerTown.day("2021-09-01"),
      last: reading.last, values: reading.values)
    for words in [Catalogue.chinese, .english] {
      let typed = RecordText(context, catalogue: words, isMasked: false)
        .typed(record, kind: LedgerKinds.byID["exchange"] ?? LedgerKinds.all[0])
      let again = RecordReading(typed, kind: LedgerKinds.byID["exchange"] ?? LedgerKinds.all[0], in: context)
      #expect(again.values == record.values)
    }
  }

  @Test func `a masked name keeps its number, so a masked workbook changes nobody`() {
    let reading = read("exchange", Self.exchange.merging(["teacher": "T1 张**"]) { $1 })
    #expect(reading.values["teacher"] == .teacher(ID(71)))
    #expect(
      read("exchange", Self.exchange.merging(["teacher": "T1 王五"]) { $1 }).faults.map(\.message.key)
        == ["ledger.fault.teacherName"])
  }

  @Test func `a name of two is asked for its number, a new one is somebody new`() {
    #expect(
      read("exchange", Self.exchange.merging(["teacher": "李四"]) { $1 }).faults.map(\.message.key)
        == ["ledger.fault.teacherTwice"])
    #expect(read("exchange", Self.exchange.merging(["teacher": "T3"]) { $1 }).values["teacher"] == .teacher(ID(73)))
    let new = read("exchange", Self.exchange.merging(["teacher": "王五"]) { $1 })
    #expect(new.newTeacher == "王五" && new.faults.isEmpty)
  }

  @Test func `an identity number is no name`() {
    let found = read("exchange", Self.exchange.merging(["teacher": "110101199003070011"]) { $1 })
    #expect(found.faults.map(\.message.key) == ["ledger.fault.teacher"])
  }

  @Test func `everything wrong is found at once`() {
    let reading = read(
      "exchange",
      [
        "teacher": "张三", "host": "别的小学", "way": "步行", "fullTime": "也许", "backbone": "是", "from": "2022-09-31",
        "to": "2022-08-31",
      ], school: "无此校")
    #expect(
      reading.faults.map(\.field) == ["school", "host", "way", "fullTime", "from"])
    #expect(reading.faults.allSatisfy { Catalogue.chinese.named($0.message.key) != nil })
  }

  @Test(
    arguments: [
      ("2021-08-31", "ledger.fault.outside"), ("2022-09-01", "ledger.fault.outside"), ("31.8.2022", "ledger.fault.day"),
    ])
  func `a day has to lie in the year`(day: String, key: String) {
    let reading = read(
      "meetings", ["day": day, "kind": "regular", "title": "例会", "recorded": "是", "schools": "江南小学、城北小学"])
    #expect(reading.faults.map(\.message.key) == [key])
  }

  static let booking = [
    "day": "2022-05-01", "provider": "江南小学", "venue": "体育馆", "guest": "城北小学", "begins": "9:00", "ends": "10：30",
  ]

  @Test func `a time is written in one way, however it was typed`() {
    let reading = read("bookings", Self.booking)
    #expect(reading.faults.map(\.message.key) == [])
    #expect(reading.values["begins"] == .text("09:00") && reading.values["ends"] == .text("10:30"))
    for (typed, time) in [
      ("23:59:00", "23:59"), ("0:00", "00:00"), ("24:00", nil), ("9", nil), ("测试", nil), ("9:5", nil),
    ] {
      #expect(DayTime.text(typed) == time, "\(typed)")
    }
  }

  @Test(
    arguments: [
      (["begins": "测试boo"], "begins", "ledger.fault.time"), (["begins": "zz:zz"], "begins", "ledger.fault.time"),
      (["ends": "09:00"], "ends", "ledger.fault.times"), (["ends": "8:30"], "ends", "ledger.fault.times"),
      (["guest": "江南小学"], "guest", "ledger.fault.ownVenue"),
    ])
  func `a booking has times in their order, and is of another school's venue`(
    change: [String: String], field: String, key: String
  ) {
    let faults = read("bookings", Self.booking.merging(change) { $1 }).faults
    #expect(faults.map(\.field) == [field] && faults.map(\.message.key) == [key])
  }

  @Test func `nobody is sent to their own school`() {
    let faults = read("exchange", Self.exchange.merging(["host": "江南小学"]) { $1 }).faults
    #expect(faults.map(\.field) == ["host"] && faults.map(\.message.key) == ["ledger.fault.ownSchool"])
  }

  @Test func `a title that holds a separator is one`() {
    let reading = read(
      "documents", ["document": "集团办学章程", "adopted": "2021-09-01", "contents": "各方职责、权利和义务、统筹使用办学经费的比例"])
    #expect(reading.faults.map(\.message.key) == [])
    #expect(reading.values["contents"] == .words(["duties", "funds"]))
  }

  @Test func `counts are whole, nothing is negative, nothing is without end`() {
    for (text, isGood) in [("12", true), ("-1", false), ("1.5", false), ("1e9", false), ("99999999999", false)] {
      #expect(read("staffing", ["teachers": text]).faults.isEmpty == isGood, "\(text)")
    }
    #expect(
      read("meetings", ["day": "2021-10-01", "kind": "regular", "title": "会\0", "recorded": "是", "schools": "S1"])
        .faults.map(\.message.key) == ["ledger.fault.text"])
  }
}
