import Documents
import Fixtures
import Ledgers
import Notation
import Policies
import Rules

/// A group of a lead school and two members in the school year 2021–2022, with what a test records in it.
struct LedgerTown {
  static let lead = ID(1)
  static let north = ID(2)
  static let south = ID(3)
  static let all = [lead, north, south]
  static let schools = [
    LedgerSchool(id: lead, code: "S1", name: "江南小学", isLead: true),
    LedgerSchool(id: north, code: "S2", name: "城北小学", isLead: false),
    LedgerSchool(id: south, code: "S3", name: "城南小学", isLead: false),
  ]
  static let files = PolicyFiles(folder: Repository.path("policies"))
  static func policy(_ id: String) -> Policy { files.read(id)?.policy ?? Written.policy("policy: none\ntitle: 无") }

  let policy: Policy
  var records: [LedgerRecord] = []
  var statements: Set<Statement> = []
  private var next: Int64 = 100

  init(_ policy: String) { self.policy = LedgerTown.policy(policy) }

  var year: GroupYear {
    GroupYear(
      group: ID(9), days: SchoolYearDays(2022, of: policy) ?? LedgerTown.national, schools: LedgerTown.schools,
      asked: AskedDocument.all(of: policy), terms: RecordTerms(policy), records: records, statements: statements)
  }

  static let national = SchoolYearDays(2022, of: nil).unsafelyUnwrapped

  static func day(_ text: String) -> Day { Day(text) ?? Day(daysSince1970: 0) }

  @discardableResult
  mutating func add(
    _ kind: String, _ school: ID? = nil, from: String = "2021-09-01", to: String? = nil,
    _ values: [String: LedgerValue] = [:], evidence: ID? = nil
  ) -> ID {
    next += 1
    let dating = LedgerKinds.byID[kind]?.dating
    let first = LedgerTown.day(from)
    let last: Day? =
      switch dating {
      case .day: first
      case .year: LedgerTown.day("2022-08-31")
      default: to.map { LedgerTown.day($0) }
      }
    var values = values
    switch dating {
    case .day: values["day"] = .day(first)
    case .span:
      values["from"] = .day(first)
      if let last { values["to"] = .day(last) }
    default: break
    }
    records.append(
      LedgerRecord(
        id: ID(next), group: ID(9), school: school, kind: kind, first: first, last: last, values: values,
        evidence: evidence))
    return ID(next)
  }

  mutating func say(_ kind: String, _ schools: [ID?]? = nil, _ term: Term? = nil) {
    let keepers = schools ?? (LedgerKinds.byID[kind]?.keeper == .group ? [nil] : LedgerTown.all.map { $0 })
    for keeper in keepers { statements.insert(Statement(kind: kind, school: keeper, term: term)) }
  }

  mutating func meeting(_ day: String, _ kind: String = "regular", recorded: Bool = true, principals: [ID] = []) {
    add(
      "meetings", from: day,
      [
        "kind": .words([kind]), "title": .text("例会"), "recorded": .flag(recorded), "schools": .schools(LedgerTown.all),
        "principals": .schools(principals),
      ])
  }

  mutating func exchange(
    _ teacher: Int64, _ home: ID, _ host: ID, from: String = "2021-09-01", to: String? = "2022-08-31",
    backbone: Bool = false, fullTime: Bool = true, subject: String = "chinese"
  ) {
    add(
      "exchange", home, from: from, to: to,
      [
        "teacher": .teacher(ID(teacher)), "host": .schools([host]), "way": .words(["rotation"]),
        "fullTime": .flag(fullTime), "backbone": .flag(backbone), "subject": .words([subject]),
      ])
  }

  mutating func staff(_ school: ID, _ counts: [String: Int]) {
    add("staffing", school, counts.mapValues { .number(Exact($0)) })
  }

  mutating func document(
    _ id: String, _ school: ID = lead, from: String = "2021-09-01", contents: [String] = [], filed: Day? = nil
  ) {
    var values: [String: LedgerValue] = [
      "document": .words([id]), "adopted": .day(LedgerTown.day(from)), "contents": .words(contents),
    ]
    if let filed { values["filed"] = .day(filed) }
    add("documents", school, from: from, values)
  }

  /// What the records say to an input.
  func reading(_ item: String, _ input: String, school: ID? = nil) -> MetricReading? {
    guard let binding = Binding.all(of: policy).first(where: { $0.item.id == item && $0.input == input }) else {
      return nil
    }
    return Binding.reading(
      from: binding.from, MetricScope(year, school: school, need: binding.need, with: binding.with))
  }

  func value(_ item: String, _ input: String, school: ID? = nil) -> Fact? {
    reading(item, input, school: school)?.value
  }
}
