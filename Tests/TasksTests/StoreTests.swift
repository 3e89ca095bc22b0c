import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Storage
@testable import Tasks

/// A city whose list is 安康's, with two of its districts' offices named.
struct Bureau: Sendable {
  static let now = Instant(startOf: Day(daysSince1970: 19_150)).adding(seconds: 36_000)  // 2022-06-07
  let database: any Database
  let ids = IDMaker(node: 5)

  /// Posts: 201 the city, 202 district 11, 203 district 12, 204 the city's supervisor, 205 a lead school of district 11,
  /// 209 another city.
  static func with(_ engine: Engine, _ body: (Bureau) async throws -> Void) async throws {
    try await TestDatabases.with(engine) { database in
      try await database.write { transaction in
        let places: [(Int64, Int64?, String, String)] = [
          (10, nil, "city", "市教体局"), (11, 10, "district", "汉滨区教体局"), (12, 10, "district", "旬阳市教体局"),
          (19, nil, "city", "别的市教体局"),
        ]
        for (id, parent, level, name) in places {
          try RegistryStore.add(
            Authority(
              id: ID(id), parent: parent.map { ID($0) }, level: #require(Authority.Level(rawValue: level)),
              code: "a\(id)",
              name: name), at: now, by: .program, transaction)
        }
        try RegistryStore.add(
          School(id: ID(21), authority: ID(11), code: "s21", name: "第21小学", pupils: 900), at: now, by: .program,
          transaction)
        let posts: [(Int64, Role, Int64)] = [
          (201, .office, 10), (202, .office, 11), (203, .office, 12), (204, .supervisor, 10), (209, .office, 19),
          (205, .lead, 21),
        ]
        for (id, role, authority) in posts {
          try AccountStore(transaction).create(
            Account(id: ID(id - 100), login: "p\(id)", name: "p\(id)", authority: nil, createdAt: now), by: .program,
            at: now)
          try AppointmentStore(transaction).appoint(
            Appointment(
              id: ID(id), account: ID(id - 100), role: role,
              seat: role == .lead ? .school(ID(authority)) : .authority(ID(authority)),
              since: #require(Day("2021-09-01")), until: nil), by: .program, at: now)
        }
      }
      try await body(Bureau(database: database))
    }
  }

  @discardableResult
  func take(as post: Int64 = 201) async throws -> Int {
    let list = PolicyTask.all(of: try Examples.of("ankang-2022").policy)
    return try await database.write { [ids] in
      try TaskStore.take(list, of: ID(10), for: ID(post), at: Self.now, by: .program, ids: ids, $0)
    }
  }

  func tasks(_ post: Int64) async throws -> [WorkTask] {
    try await database.read { try TaskStore.tasks(of: ID(10), for: ID(post), $0) }
  }

  func task(_ title: String, as post: Int64 = 201) async throws -> WorkTask {
    try #require(try await tasks(post).first { $0.title == title })
  }

  func report(_ unit: String, _ percent: Int, on task: ID, as post: Int64, at now: Instant = now) async throws {
    try await database.write {
      try TaskStore.report(
        TaskReport(unit: unit, percent: percent, text: "已印发", evidence: nil, at: now, by: nil), on: task,
        authority: ID(10), for: ID(post), at: now, by: Actor(account: ID(post - 100)), $0)
    }
  }
}

@Suite struct TaskStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `the list is taken over once, with units, parts and days`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      let count = try await bureau.take()
      #expect(count == 33)
      #expect(try await bureau.take() == 0)
      let tasks = try await bureau.tasks(201)
      #expect(tasks.count == count)
      let group = try await bureau.task("组建教育集团")
      #expect(group.due.day == Day("2022-05-31"))
      #expect(group.names(.guide) == ["市教体局"] && group.responsible.count == 3)
      #expect(tasks.filter { $0.parent == group.id }.count == 4)
      #expect(try await bureau.task("加强教育集团管理").due == .standing)
      await #expect(throws: CycleFault.forbidden) { try await bureau.take(as: 202) }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an office below sees what names it, those above all, others nothing`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      let all = try await bureau.tasks(201).count
      #expect(try await bureau.tasks(204).count == all)
      let own = try await bureau.tasks(202)
      #expect(!own.isEmpty && own.count < all)
      #expect(own.allSatisfy { task in task.units.contains { $0.name == "汉滨区教体局" } })
      #expect(try await bureau.tasks(203).isEmpty)
      #expect(try await bureau.tasks(209).isEmpty)
      #expect(try await bureau.database.read { try TaskStore.keeper(for: ID(202), $0) } == ID(10))
      #expect(try await bureau.database.read { try TaskStore.keeper(for: ID(209), $0) } == nil)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a unit's own office reports for it, the keeper for those without an account`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      let task = try await bureau.task("组建教育集团")
      try await bureau.report("汉滨区教体局", 40, on: task.id, as: 202)
      try await bureau.report("汉滨区教体局", 100, on: task.id, as: 202, at: Bureau.now.adding(seconds: 60))
      try await bureau.report("恒口示范区教体局", 10, on: task.id, as: 201)
      let after = try await bureau.task("组建教育集团")
      #expect(after.report(of: "汉滨区教体局")?.percent == 100)
      #expect(after.report(of: "汉滨区教体局")?.by == "p202")
      #expect(after.standing(of: "恒口示范区教体局", on: Bureau.now.day).state == .late)
      await #expect(throws: CycleFault.forbidden) {
        try await bureau.report("恒口示范区教体局", 10, on: task.id, as: 202)
      }
      for post in [203, 204, 209] as [Int64] {
        await #expect(throws: CycleFault.forbidden) { try await bureau.report("汉滨区教体局", 1, on: task.id, as: post) }
      }
      let fault = await #expect(throws: CycleFault.self) {
        try await bureau.report("汉滨区教体局", 101, on: task.id, as: 202)
      }
      #expect(fault?.messages.map(\.key) == ["tasks.fault.percent"])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a name is given its office, within the city only`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      func mean(_ office: Int64?) async throws {
        try await bureau.database.write {
          try TaskStore.mean(
            "恒口示范区教体局", office.map { ID($0) }, authority: ID(10), for: ID(201), at: Bureau.now, by: .program, $0)
        }
      }
      try await mean(12)
      #expect(!(try await bureau.tasks(203).isEmpty))
      await #expect(throws: CycleFault.forbidden) { try await mean(19) }
      try await mean(nil)
      #expect(try await bureau.tasks(203).isEmpty)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a school sees what names it, by its own name or by its code, and reports on it`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      #expect(try await bureau.tasks(205).isEmpty)
      let whole = try await bureau.task("组建教育集团")
      try await bureau.database.write { transaction in
        try TaskStore.addPart(
          ConferenceDecision(text: "报送章程", units: ["第21小学"], due: Day("2022-06-30")), to: whole.id,
          authority: ID(10), id: ID(950), for: ID(201), at: Bureau.now, by: .program, transaction)
      }
      #expect(try await bureau.tasks(205).map(\.title) == ["报送章程"])
      #expect(try await bureau.database.read { try TaskStore.keeper(for: ID(205), $0) } == ID(10))
      try await bureau.report("第21小学", 60, on: ID(950), as: 205)
      await #expect(throws: CycleFault.forbidden) { try await bureau.report("汉滨区教体局", 1, on: whole.id, as: 205) }
      func mean(_ code: String) async throws {
        try await bureau.database.write {
          try TaskStore.mean(
            "恒口示范区教体局", nil, school: code, authority: ID(10), for: ID(201), at: Bureau.now, by: .program, $0)
        }
      }
      let fault = await #expect(throws: CycleFault.self) { try await mean("s99") }
      #expect(fault?.messages.map(\.key) == ["tasks.fault.school"])
      try await mean("s21")
      #expect(try await bureau.tasks(205).count > 1)
      let told = try await bureau.database.write { [ids = bureau.ids] in
        try ReminderStore.tell(
          of: ID(10), at: Bureau.now, ids: ids, words: { Note(title: $0[0].title, text: $0[0].unit, link: nil) },
          several: { "\($0)" }, $0)
      }
      #expect(told > 0)
      let messages = try await bureau.database.read { try MessageStore.list(of: ID(105), $0) }.messages
      #expect(!messages.isEmpty)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a closed task takes no reports until it is opened again`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      let task = try await bureau.task("组建教育集团")
      func close(_ day: Day?) async throws {
        try await bureau.database.write {
          try TaskStore.close(
            task.id, authority: ID(10), on: day, for: ID(201), at: Bureau.now, by: .program, $0)
        }
      }
      try await close(Bureau.now.day)
      let fault = await #expect(throws: CycleFault.self) { try await bureau.report("汉滨区教体局", 50, on: task.id, as: 202) }
      #expect(fault?.messages.map(\.key) == ["tasks.fault.closed"])
      try await close(nil)
      try await bureau.report("汉滨区教体局", 50, on: task.id, as: 202)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a conference is called, held, and what it decides is followed up`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      let conference = Conference(
        id: ID(900), day: Bureau.now.day, title: "第二次联席会议", agenda: [.init(title: "经费", unit: "市财政局")], minutes: nil)
      _ = try await bureau.database.write {
        try ConferenceStore.call(conference, for: ID(201), at: Bureau.now, by: .program, $0)
      }
      func decide() async throws {
        try await bureau.database.write {
          try ConferenceStore.decide(
            ConferenceDecision(text: "落实专项经费", units: ["汉滨区教体局"], due: Day("2022-09-30")), of: ID(900),
            authority: ID(10),
            task: ID(901), for: ID(201), at: Bureau.now, by: .program, $0)
        }
      }
      await #expect(throws: CycleFault.conflict("tasks.fault.undecided")) { try await decide() }
      try await bureau.database.write {
        try ConferenceStore.hold(
          ID(900), authority: ID(10), minutes: "会议议定……", for: ID(201), at: Bureau.now, by: .program, $0)
      }
      try await decide()
      let task = try await bureau.task("落实专项经费", as: 202)
      #expect(task.source == "第二次联席会议" && task.due.day == Day("2022-09-30"))
      let seen = try await bureau.database.read { try ConferenceStore.list(for: ID(202), $0) }
      #expect(seen.map(\.conference.minutes) == ["会议议定……"])
      #expect(seen.first?.conference.agenda == [.init(title: "经费", unit: "市财政局")])
      #expect(try await bureau.database.read { try ConferenceStore.list(for: ID(209), $0) }.isEmpty)
      func follow(_ post: Int64) async throws -> [ID] {
        try await bureau.database.read { try TaskStore.tasks(of: ID(10), from: ID(900), for: ID(post), $0) }.map(\.id)
      }
      let (named, other) = (try await follow(202), try await follow(203))
      #expect(named == [ID(901)] && other == [])
    }
  }
}
