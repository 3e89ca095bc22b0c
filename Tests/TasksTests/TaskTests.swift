import Fixtures
import Notation
import Policies
import Testing

@testable import Tasks

@Suite struct TaskTests {
  static func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// Due on 2022-05-31, led by the city, carried out by two districts.
  static func task(
    _ reports: [TaskReport] = [], due: WorkTask.Due? = nil, closed: Day? = nil
  ) throws -> WorkTask {
    WorkTask(
      id: ID(1), title: "组建教育集团",
      units: [.init(.guide, "市教体局"), .init(.carryOut, "汉滨区教体局"), .init(.carryOut, "安康高新区教体和文旅局")],
      due: try due ?? .day(day("2022-05-31")), closedOn: closed, reports: reports)
  }

  static func report(_ unit: String, _ percent: Int, text: String = "已完成") -> TaskReport {
    TaskReport(unit: unit, percent: percent, text: text, evidence: nil, at: Instant(milliseconds: 0), by: nil)
  }

  @Test func `安康's list comes with its thirteen tasks, three stages, parts and days`() throws {
    let list = PolicyTask.all(of: try Examples.of("ankang-2022").policy)
    #expect(list.count == 16)
    let first = try #require(list.first)
    #expect(try first.due == .day(Self.day("2022-05-31")))
    #expect(first.flat.map(\.parent) == [nil, "t1", "t1"])
    #expect(list.first { $0.id == "t5" }?.due == .standing)
    let stage = try #require(list.first { $0.id == "s3" })
    #expect(stage.from == Day("2023-01-01"))
    #expect(try stage.due == .day(Self.day("2023-12-31")))
    #expect(list.first { $0.id == "t9" }?.units.filter { $0.part == .guide }.map(\.name) == ["市教体局", "市人社局"])
  }

  @Test(arguments: Repository.policies)
  func `every policy's list can be read`(id: String) throws {
    guard let policy = try? Examples.of(id).policy else { return }
    let written = policy.root["tasks"]?.list?.count ?? 0
    #expect(PolicyTask.all(of: policy).count == written)
  }

  @Test func `who carries it out is responsible, else who leads, else who guides`() throws {
    #expect(try Self.task().responsible == ["汉滨区教体局", "安康高新区教体和文旅局"])
    let led = WorkTask(id: ID(2), title: "a", units: [.init(.lead, "市教体局"), .init(.guide, "x")], due: .standing)
    #expect(led.responsible == ["市教体局"])
    #expect(WorkTask(id: ID(3), title: "a", units: [], due: .standing).responsible == [])
  }

  @Test(
    arguments: [
      ("2022-05-01", TaskStanding.State.running), ("2022-05-24", .soon), ("2022-05-31", .soon), ("2022-06-01", .late),
    ])
  func `a task is late the day after its last`(text: String, state: TaskStanding.State) throws {
    #expect(try Self.task().state(on: Self.day(text)) == state)
  }

  @Test func `it is late as long as one unit is`() throws {
    let half = try Self.task([Self.report("汉滨区教体局", 100)])
    #expect(half.state(on: try Self.day("2022-06-05")) == .late)
    #expect(half.standing(of: "汉滨区教体局", on: try Self.day("2022-06-05")).state == .done)
    let all = try Self.task([Self.report("汉滨区教体局", 100), Self.report("安康高新区教体和文旅局", 100)])
    #expect(all.state(on: try Self.day("2022-06-05")) == .done)
  }

  @Test func `reminders come before, on and after the day, and go up in the end`() throws {
    let task = try Self.task([Self.report("安康高新区教体和文旅局", 100)])
    func told(_ day: String) throws -> [String] {
      task.reminders(on: try Self.day(day)).map { "\($0.kind.rawValue) \($0.to)" }
    }
    #expect(try told("2022-05-23") == [])
    #expect(try told("2022-05-24") == ["soon 汉滨区教体局"])
    #expect(try told("2022-05-31") == ["due 汉滨区教体局"])
    #expect(try told("2022-06-01") == ["late 汉滨区教体局"])
    #expect(try told("2022-06-07") == ["late 汉滨区教体局", "escalated 市教体局"])
    let bare = WorkTask(
      id: ID(4), title: "a", units: [.init(.carryOut, "高新小学")], due: .day(try Self.day("2022-05-31")))
    #expect(try bare.reminders(on: Self.day("2022-06-07")).map(\.to) == ["高新小学", ""])
    #expect(try Self.task(closed: Self.day("2022-06-01")).reminders(on: Self.day("2022-06-07")) == [])
    #expect(try Self.task(due: .standing).reminders(on: Self.day("2030-01-01")) == [])
  }

  @Test func `the same reminder keeps its key, so that nobody is told twice`() throws {
    let task = try Self.task()
    let (one, two) = (task.reminders(on: try Self.day("2022-06-01")), task.reminders(on: try Self.day("2022-06-03")))
    #expect(one.map(\.key) == two.map(\.key))
    #expect(Set(one.map(\.key)).count == one.count)
    let later = try Self.task(due: .day(Self.day("2022-06-02")))
    #expect(Set(later.reminders(on: try Self.day("2022-06-03")).map(\.key)).isDisjoint(with: one.map(\.key)))
  }

  @Test func `a report says what is wrong with it at once`() throws {
    let keys = Self.report("市财政局", 120, text: " ").problems(for: try Self.task()).map(\.key)
    #expect(keys == ["tasks.fault.unit", "tasks.fault.percent", "tasks.fault.text"])
    #expect(Self.report("市教体局", 40).problems(for: try Self.task()) == [])
    #expect(
      Self.report("市教体局", 100).problems(for: try Self.task(due: .standing)).map(\.key) == ["tasks.fault.standing"])
  }

  @Test func `the board puts whoever is late most on top and counts parts, not the whole`() throws {
    let whole = try Self.task()
    let part = WorkTask(
      id: ID(9), parent: ID(1), title: "制定方案", units: [.init(.carryOut, "汉滨区教体局")],
      due: .day(try Self.day("2022-05-01")))
    let other = WorkTask(
      id: ID(10), title: "宣传", units: [.init(.lead, "市教体局")], due: .standing)
    let board = TaskBoard([whole, part, other], on: try Self.day("2022-05-11"))
    #expect(board.lines.map(\.unit) == ["汉滨区教体局", "市教体局"])
    #expect(board.lines.first?.late == [.init(task: ID(9), title: "制定方案", days: 10)])
    #expect(board.lines.first?.all == 1)
  }

  @Test func `four conferences a year, one in each quarter`() throws {
    let policy = try Examples.of("ankang-2022").policy
    let demanded = try #require(ConferenceYear.demanded(by: policy))
    #expect(demanded == 4)
    func conference(_ id: Int64, _ day: String, held: Bool) throws -> Conference {
      Conference(id: ID(id), day: try Self.day(day), title: "例会", agenda: [], minutes: held ? "纪要" : nil)
    }
    let year = ConferenceYear(
      2022, demanded: demanded,
      conferences: [try conference(1, "2022-03-31", held: true), try conference(2, "2022-08-20", held: false)],
      today: try Self.day("2022-08-15"))
    #expect(year.terms.map(\.state) == [.held, .missing, .called, .ahead])
    #expect(year.missing == 1)
    #expect(ConferenceYear(2022, demanded: 5, conferences: [], today: try Self.day("2022-08-15")).terms.count == 1)
  }

  @Test func `a quarter shows all its conferences, one called off none`() throws {
    let meetings: [(String, Int64, String?)] = [
      ("2026-12-10", 2, nil), ("2026-11-20", 1, "纪要"), ("2026-08-09", 4, nil), ("2026-08-02", 3, nil),
    ]
    let year = ConferenceYear(
      2026, demanded: 4,
      conferences: try meetings.map {
        Conference(id: ID($0.1), day: try Self.day($0.0), title: "例会", agenda: [], minutes: $0.2)
      }, today: try Self.day("2026-11-22"))
    #expect(year.terms.map(\.conferences) == [[], [], [ID(3), ID(4)], [ID(1), ID(2)]])
    #expect(year.terms.last?.state == .held)
    let off = Conference(
      id: ID(5), day: try Self.day("2026-12-10"), title: "例会", agenda: [], minutes: nil, offReason: "并入下期")
    let last = ConferenceYear(2026, demanded: 4, conferences: [off], today: try Self.day("2026-11-22")).terms.last
    #expect(off.state == .off && last?.state == .now && last?.conferences == [])
  }

  @Test func `a conference is moved for a reason and never to a day that is over`() throws {
    func on(_ day: String, _ agenda: [String] = ["经费"]) throws -> Conference {
      Conference(
        id: ID(1), day: try Self.day(day), title: "例会", agenda: agenda.map { .init(title: $0, unit: nil) }, minutes: nil
      )
    }
    let (called, today) = (try on("2026-12-10"), try Self.day("2026-11-22"))
    #expect(try called.problems(of: on("2026-12-10", ["学区"]), reason: "", today: today) == [])
    #expect(try called.problems(of: on("2026-12-17"), reason: "冲突", today: today) == [])
    #expect(
      try called.problems(of: on("2026-11-01", []), reason: " ", today: today).map(\.key)
        == ["tasks.fault.agenda", "tasks.fault.movedBack", "tasks.fault.moveReason"])
  }

  @Test func `a conference's decision becomes a task of those it names`() throws {
    let decision = ConferenceDecision(text: "落实专项经费", units: ["市财政局"], due: try Self.day("2022-09-30"))
    #expect(decision.problems(on: try Self.day("2022-08-20")) == [])
    let task = decision.task(ID(7), source: "第三次联席会议")
    #expect(task.responsible == ["市财政局"])
    #expect(try task.due == .day(Self.day("2022-09-30")))
    let empty = ConferenceDecision(text: "", units: [], due: try Self.day("2022-01-01"))
    #expect(
      empty.problems(on: try Self.day("2022-08-20")).map(\.key)
        == ["tasks.fault.decision", "tasks.fault.units", "tasks.fault.dueEarly"])
  }
}
