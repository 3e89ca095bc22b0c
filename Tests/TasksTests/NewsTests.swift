import Fixtures
import Notation
import People
import StorageFixtures
import Testing

@testable import Storage
@testable import Tasks

/// Who hears of conferences that change, and of tasks that are late.
@Suite struct NewsTests {
  @Test(arguments: TestDatabases.engines)
  func `a conference is moved or called off, and those it concerns are told`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      let day = Bureau.now.day.adding(days: 10)
      @Sendable func conference(_ id: Int64, on day: Day, _ agenda: String) -> Conference {
        Conference(id: ID(id), day: day, title: "联席会议", agenda: [.init(title: agenda, unit: nil)], minutes: nil)
      }
      @Sendable func news(_ title: String) -> TaskNews {
        TaskNews(Note(title: title, text: "x", link: nil), ids: bureau.ids)
      }
      let actor = Actor(account: ID(101), appointment: ID(201))
      try await bureau.database.write { transaction in
        for id in [900, 901] as [Int64] {
          _ = try ConferenceStore.call(
            conference(id, on: day, "经费"), for: ID(201), telling: news("召开"), at: Bureau.now, by: actor, transaction)
        }
      }
      func change(_ id: Int64, on day: Day, _ reason: String, as post: Int64 = 201) async throws {
        try await bureau.database.write {
          try ConferenceStore.change(
            conference(id, on: day, "学区"), authority: ID(10), reason: reason, for: ID(post), telling: news("改期"),
            at: Bureau.now, by: actor, $0)
        }
      }
      func off(_ id: Int64, _ reason: String) async throws {
        try await bureau.database.write {
          try ConferenceStore.callOff(
            ID(id), authority: ID(10), reason: reason, for: ID(201), telling: news("取消"), at: Bureau.now, by: actor, $0)
        }
      }
      await #expect(throws: CycleFault.invalid("tasks.fault.moveReason")) {
        try await change(900, on: day.adding(days: 1), "")
      }
      await #expect(throws: CycleFault.forbidden) { try await change(900, on: day, "x", as: 202) }
      try await change(900, on: day.adding(days: 1), "与考试冲突")
      await #expect(throws: CycleFault.invalid("tasks.fault.offReason")) { try await off(901, " ") }
      try await off(901, "并入下期")
      await #expect(throws: CycleFault.conflict("tasks.fault.alreadyOff")) { try await off(901, "x") }
      await #expect(throws: CycleFault.conflict("tasks.fault.alreadyOff")) {
        try await bureau.database.write {
          try ConferenceStore.hold(
            ID(901), authority: ID(10), minutes: "x", for: ID(201), at: Bureau.now, by: actor, $0)
        }
      }
      let kept = try await bureau.database.read { try ConferenceStore.list(for: ID(202), $0) }.map(\.conference)
      #expect(kept.map(\.id) == [ID(900), ID(901)] && kept.map(\.state) == [.called, .off])
      #expect(kept.first?.agenda.map(\.title) == ["学区"] && kept.first?.day == day.adding(days: 1))
      #expect(kept.last?.offReason == "并入下期")
      func told(_ account: Int64) async throws -> [String] {
        try await bureau.database.read { try MessageStore.list(of: ID(account), $0) }.messages.map(\.title).sorted()
      }
      let (district, doer, foreign) = (try await told(102), try await told(101), try await told(109))
      #expect(district == ["取消", "召开", "召开", "改期"].sorted() && doer == [] && foreign == [])
      let found = try await AuditRecords.discrepancies(of: ID(10), in: bureau.database, portion: 5)
      #expect(found.filter { $0.kind == .conference }.isEmpty)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `many reminders at once are one message, and a closed task's are forgotten`(engine: Engine) async throws {
    try await Bureau.with(engine) { bureau in
      try await bureau.take()
      func remind(_ now: Instant) async throws -> Int {
        try await bureau.database.write { [ids = bureau.ids] in
          try ReminderStore.tell(
            of: ID(10), at: now, ids: ids, words: { Note(title: "\($0.count)", text: "x", link: nil) },
            several: { "\($0)" }, $0)
        }
      }
      let much = Bureau.now.adding(seconds: 400 * 86_400)
      let told = try await remind(much)
      let messages = try await bureau.database.read { try MessageStore.list(of: ID(102), $0) }.messages
      #expect(told > 3 && messages.count == 1)
      #expect(try #require(Int(messages[0].title)) > 3)
      let again = try await bureau.database.read { try ReminderStore.due(of: ID(10), at: much, $0) }
      let isHeard = try await bureau.database.read { try ReminderStore.hasHearers(again, of: ID(10), at: much, $0) }
      #expect(!isHeard)
      let task = try await bureau.task("组建教育集团")
      func kept() async throws -> Int? {
        try await bureau.database.read {
          try $0.row(
            "SELECT count(*) AS n FROM reminder_told WHERE reminder LIKE $1", [.text("\(task.id)/%")])?.int("n")
        }
      }
      #expect(try #require(try await kept()) > 0)
      try await bureau.database.write {
        try TaskStore.close(
          task.id, authority: ID(10), on: much.day, for: ID(201), at: much, by: .program, $0)
      }
      let left = try await kept()
      #expect(left == 0)
    }
  }
}
