import Ledgers
import Notation
import Rules
import Testing

/// What counts in a figure: schools of the year, rows without error, each thing once.
@Suite struct CountingTests {
  /// The southern school left on 1 March.
  static let left = LedgerSchool.all(
    of: [
      stay(LedgerTown.lead, "S1", "江南小学", isLead: true), stay(LedgerTown.north, "S2", "城北小学"),
      stay(LedgerTown.south, "S3", "城南小学", until: Day("2022-03-01")),
      stay(ID(4), "S4", "旧小学", until: nil, closed: Day("2021-09-01")),
    ], in: LedgerTown.national, on: LedgerTown.day("2022-05-01"))

  static func stay(
    _ id: ID, _ code: String, _ name: String, isLead: Bool = false, until: Day? = nil, closed: Day? = nil
  ) -> LedgerSchool.Stay {
    LedgerSchool.Stay(
      school: id, code: code, name: name, isLead: isLead, since: LedgerTown.day("2019-09-01"), until: until,
      closed: closed)
  }

  static func rate(_ town: LedgerTown, _ schools: [LedgerSchool]) -> MetricReading? {
    let year = GroupYear(
      group: ID(9), days: LedgerTown.national, schools: schools, terms: RecordTerms(town.policy),
      records: town.records, statements: town.statements)
    return Binding.all(of: town.policy).first { $0.input == "exchange_rate" }.flatMap { binding in
      Binding.reading(from: binding.from, MetricScope(year, school: nil, need: binding.need, with: binding.with))
    }
  }

  static func town() -> LedgerTown {
    var town = LedgerTown("ankang-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    town.exchange(2, LedgerTown.south, LedgerTown.lead)
    for school in LedgerTown.all { town.staff(school, ["teachers": 40, "eligible": 20]) }
    town.say("exchange")
    return town
  }

  @Test func `a school that left during the year counts in both halves of a share`() {
    var town = Self.town()
    // Its days after it left are another group's.
    town.exchange(3, LedgerTown.south, LedgerTown.north, from: "2022-03-01")
    let reading = Self.rate(town, Self.left.year)
    #expect(reading?.value == .number(Exact.decimal("3.3333")))
    #expect(reading?.how.map(\.key) == ["ledger.how.share", "ledger.how.leftOut"])
  }

  @Test func `a school that left keeps its name, owes nothing and keeps nothing`() {
    #expect(Self.left.year.map(\.id) == LedgerTown.all && Self.left.past.map(\.name) == ["旧小学"])
    let year = GroupYear(
      group: ID(9), days: LedgerTown.national, schools: Self.left.year, records: [], statements: [],
      past: Self.left.past)
    #expect(year.school(LedgerTown.south)?.name == "城南小学" && year.school(ID(4))?.name == "旧小学")
    #expect(year.present.map(\.id) == [LedgerTown.lead, LedgerTown.north])
    #expect(year.members.map(\.id) == [LedgerTown.north])
  }

  @Test func `rows that an error names count in no figure, and the reading says which`() {
    var town = Self.town()
    town.exchange(5, LedgerTown.lead, LedgerTown.lead)
    town.exchange(6, LedgerTown.lead, LedgerTown.north, from: "1950-01-01", to: nil)
    let reading = town.reading("4", "exchange_rate")
    #expect(reading?.value == .number(Exact.decimal("3.3333")))
    #expect(reading?.how.filter { $0.key == "ledger.how.leftOut" }.count == 2)
    let told = reading?.how.map { Catalogue.chinese.text($0) } ?? []
    #expect(told.contains("未计入：教师交流 2021-09-01（接收学校就是派出学校）"))
  }

  @Test func `where a policy asks a least length, an exchange of a day is none`() {
    var town = LedgerTown("suizhou-2022")
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    town.exchange(2, LedgerTown.lead, LedgerTown.north, from: "2021-10-01", to: "2021-10-01")
    for school in LedgerTown.all { town.staff(school, ["teachers": 20]) }
    town.say("exchange")
    #expect(town.value("C5", "C5.1.value") == .number(Exact.decimal("1.6667")))
  }

  @Test(arguments: [("ankang-2022", "4", "exchange_rate"), ("suizhou-2022", "C5", "C5.1.value")])
  func `lessons sent and taught online are no exchange`(policy: String, item: String, input: String) {
    var town = LedgerTown(policy)
    town.exchange(1, LedgerTown.lead, LedgerTown.north)
    for (teacher, way) in [(2, "delivery"), (3, "online")] as [(Int64, String)] {
      town.add(
        "exchange", LedgerTown.lead, to: "2022-08-31",
        ["teacher": .teacher(ID(teacher)), "host": .schools([LedgerTown.north]), "way": .words([way])])
    }
    for school in LedgerTown.all { town.staff(school, ["teachers": 20, "eligible": 20]) }
    town.say("exchange")
    #expect(town.value(item, input) == .number(Exact.decimal("1.6667")))
  }

  @Test func `who has just begun at a first post counts once it has lasted as long as the policy asks`() {
    var town = LedgerTown("zhongyuan-2022-illustrative")
    func post(_ teacher: Int64, from: String, to: String? = nil) {
      town.add(
        "firstPosts", LedgerTown.north, from: from, to: to,
        ["teacher": .teacher(ID(teacher)), "host": .schools([LedgerTown.lead])])
    }
    post(1, from: "2021-09-01")
    post(2, from: "2022-02-01")
    post(3, from: "2021-02-01")
    post(4, from: "2021-09-01", to: "2022-01-31")
    func count(_ terms: RecordTerms) -> Fact? {
      let year = GroupYear(
        group: ID(9), days: LedgerTown.national, schools: LedgerTown.schools, terms: terms, records: town.records,
        statements: [])
      return Binding.all(of: town.policy).first { $0.from == "ledger.exchange.first_post" }.flatMap { binding in
        Binding.reading(from: binding.from, MetricScope(year, school: nil, need: binding.need, with: binding.with))
      }?.value
    }
    #expect(count(RecordTerms(firstPostMonths: 12...24)) == .number(2))
    // Where no length is asked, all who began count.
    #expect(count(RecordTerms()) == .number(4))
  }

  @Test func `a weak or new school that came in the year is seen, whoever came weak before isn't`() {
    func schools(_ since: String, isWeak: Bool, isLead: Bool = false) -> [LedgerSchool] {
      LedgerSchool.all(
        of: [
          Self.stay(LedgerTown.lead, "S1", "江南小学", isLead: true),
          LedgerSchool.Stay(
            school: LedgerTown.north, code: "S2", name: "城北小学", isLead: isLead, since: LedgerTown.day(since),
            until: nil,
            closed: nil, isWeak: isWeak),
        ], in: LedgerTown.national, on: LedgerTown.day("2022-05-01")
      ).year
    }
    func said(_ schools: [LedgerSchool]) -> Fact? {
      let year = GroupYear(group: ID(9), days: LedgerTown.national, schools: schools, records: [], statements: [])
      return Metrics.byID["registry.new_weak_member"]?.reading(
        MetricScope(year, school: nil, need: Need("met", .boolean), with: InputParameters())
      ).value
    }
    #expect(said(schools("2021-09-01", isWeak: true)) == .boolean(true))
    #expect(said(schools("2021-08-31", isWeak: true)) == .boolean(false))
    #expect(said(schools("2021-10-01", isWeak: false)) == .boolean(false))
    #expect(said(LedgerTown.schools) == nil)
  }

  @Test func `the same award told twice counts once`() {
    var town = LedgerTown("ankang-2022")
    func award(_ title: String) {
      town.add(
        "awards", LedgerTown.lead, from: "2021-10-01",
        [
          "kind": .words(["lesson"]), "of": .words(["teachers"]), "level": .words(["city"]), "title": .text(title),
        ])
    }
    for title in ["优质课一等奖", "优质课 一等奖", "优质课一等奖\u{200B}", "优质课二等奖"] { award(title) }
    #expect(town.year.void.values.sorted() == ["told-twice", "told-twice"])
    #expect(CheckTests().found(town) == ["told-twice", "told-twice"])
  }

  @Test(arguments: ["王 五", "王\u{3000}五", "王五\u{200B}", "\u{202E}王五", " 王五 "])
  func `one person has one spelling`(typed: String) {
    let tests = RecordReadingTests()
    let found = tests.read("exchange", RecordReadingTests.exchange.merging(["teacher": typed]) { $1 })
    #expect(found.newTeacher == "王五" && found.faults.isEmpty)
    let known = typed.replacing("王", with: "张").replacing("五", with: "三")
    let same = tests.read("exchange", RecordReadingTests.exchange.merging(["teacher": known]) { $1 })
    #expect(same.values["teacher"] == .teacher(ID(71)))
    let numbered = tests.read("exchange", RecordReadingTests.exchange.merging(["teacher": "T1 " + known]) { $1 })
    #expect(numbered.values["teacher"] == .teacher(ID(71)))
  }

  @Test(arguments: ["<b>王五</b>", "{{title}}", "王五1", "\u{200B}", "王*"])
  func `what isn't made of letters is no name`(typed: String) {
    let found = RecordReadingTests().read(
      "exchange", RecordReadingTests.exchange.merging(["teacher": typed]) { $1 })
    #expect(found.faults.map(\.message.key) == ["ledger.fault.teacher"])
  }

  @Test func `parts of a name in letters keep their dot`() {
    let found = RecordReadingTests().read(
      "exchange", RecordReadingTests.exchange.merging(["teacher": "Anna  Berg"]) { $1 })
    #expect(found.newTeacher == "Anna·Berg")
  }

  @Test func `a day to come isn't recorded, but what is booked or planned`() {
    let context = RecordContext(
      year: LedgerTown("ankang-2022").year, teachers: [], catalogues: [.chinese], today: Day("2022-03-01"))
    func faults(_ kind: String, _ texts: [String: String]) -> [String] {
      LedgerKinds.byID[kind].map { kind in
        RecordReading(TypedRecord(kind: kind.id, school: "", texts: texts), kind: kind, in: context)
          .faults.map(\.message.key)
      } ?? ["?"]
    }
    #expect(
      faults("meetings", ["day": "2022-03-02", "kind": "regular", "title": "例会", "recorded": "是", "schools": "S1"])
        == ["ledger.fault.future"])
    let aid = ["day": "2022-03-02", "kind": "lesson", "host": "S2"]
    #expect(faults("aid", aid.merging(["done": "否"]) { $1 }) == [])
    #expect(faults("aid", aid.merging(["done": "是"]) { $1 }) == ["ledger.fault.future"])
  }

  @Test func `the mentor's name is masked, and a masked one changes nobody`() throws {
    let kind = try #require(LedgerKinds.byID["firstPosts"])
    let context = RecordReadingTests().context
    let record = LedgerRecord(
      id: ID(1), group: ID(9), school: LedgerTown.north, kind: "firstPosts", first: LedgerTown.day("2021-09-01"),
      last: nil, values: ["mentor": .text("新华"), "from": .day(LedgerTown.day("2021-09-01"))])
    let typed = RecordText(context, catalogue: .chinese, isMasked: true).typed(record, kind: kind)
    #expect(typed.texts["mentor"] == "新**")
    #expect(RecordReading(typed, kind: kind, in: context, before: record).values["mentor"] == .text("新华"))
    let foreign = RecordReading(typed, kind: kind, in: context)
    #expect(foreign.faults.contains { $0.field == "mentor" })
  }

  @Test func `another school's row says nothing about whether a name is right`() throws {
    var told: [[String]] = []
    for name in ["T1 张三", "T1 李四"] {
      let plan = try LedgerBookTests.plan(LedgerBookTests.town(), "exchange", for: LedgerBookTests.member) { rows in
        rows.prefix(1).map { row in
          var typed = row.typed
          typed.texts["teacher"] = name
          return LedgerRow(id: "", typed: typed, line: row.line, places: row.places)
        }
      }
      told.append(plan.problems.map(\.what.key))
    }
    #expect(told.first == told.last && told.first == ["problem.ledger.right"])
  }
}
