import Fixtures
import Notation
import People
import Policies
import Registry
import StorageFixtures
import Testing

@testable import Formations
@testable import Storage

/// What stands beside a case: its comments page by page, its course, other cases about its group, how much was handed in.
@Suite struct BesideCaseTests {
  static let lead = FormationStoreTests.lead
  static let district = FormationStoreTests.district

  @Test(arguments: TestDatabases.engines)
  func `of many comments a page is read, those that wait first, and all are counted`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.begin()
      try await office.write([21, 22, 23])
      try await office.act(.submit, Self.lead, as: 204)
      try await office.act(.accept, Self.district, as: 202)
      try await office.act(.publish(from: Office.now.day), Self.district, as: 202)
      try await office.database.write { [editions = office.editions] transaction in
        let stored = try #require(
          try FormationStore.findPublic(authority: ID(10), ID(700), at: Office.now, editions, transaction))
        for id in 1...120 as ClosedRange<Int64> {
          try FormationStore.comment(
            CaseComment(id: ID(id), speaker: .parent, text: "意见\(id)", at: Office.now), on: stored, source: "\(id)",
            at: Office.now, actor: .program, transaction)
        }
      }
      func read(_ cut: CommentCut) async throws -> FormationCase {
        try await office.database.read { [editions = office.editions] in
          try #require(
            try FormationStore.find(
              authority: ID(10), ID(700), for: ID(202), comments: cut, at: Office.now, editions, $0)
          ).value
        }
      }
      // The last of them is answered though it stands on no first page.
      let one = try await read(.one(ID(120)))
      #expect(one.comments.map(\.id) == [ID(120)] && one.commentTally == CommentTally(all: 120, open: 120, shown: 0))
      try await office.database.write { [editions = office.editions, ids = office.ids] transaction in
        for (id, act) in [
          (120, CaseAct.answer(comment: ID(120), text: "不调整")), (1, .withhold(comment: ID(1), reason: "含姓名")),
        ] as [(Int64, CaseAct)] {
          let stored = try #require(
            try FormationStore.find(
              authority: ID(10), ID(700), for: ID(202), comments: .one(ID(id)), at: Office.now, editions, transaction))
          try FormationStore.act(
            act, on: stored, by: Self.district, at: Office.now, actor: Actor(account: ID(102), appointment: ID(202)),
            ids: ids, transaction)
        }
      }
      let first = try await read(.page(1))
      #expect(first.comments.count == 50 && first.comments.first?.id == ID(2))
      #expect(first.commentTally == CommentTally(all: 120, open: 118, shown: 1))
      let third = try await read(.page(3))
      #expect(third.comments.count == 20 && third.comments.suffix(2).map(\.id) == [ID(1), ID(120)])
      let beyond = try await read(.page(9))
      #expect(beyond.comments == [] && beyond.commentTally.all == 120)
      let shown = try await read(.shown(1))
      #expect(shown.comments.map(\.id) == [ID(120)])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the course of a case tells each move with its office, number and reason`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.begin()
      try await office.write([21, 22, 24])
      try await office.act(.submit, Self.lead, as: 204)
      try await office.act(.giveBack(reason: "补充经费来源"), Self.district, as: 202)
      try await office.act(.submit, Self.lead, as: 204)
      try await office.act(.accept, Self.district, as: 202)
      try await office.act(.publish(from: Office.now.day), Self.district, as: 202)
      let later = Town.later(8)
      try await office.act(Town.approval(later.day, number: "汉教发〔2026〕8号"), Self.district, as: 202, at: later)
      try await office.act(.file(number: "安教备 2号", day: later.day), .authority(ID(10)), as: 201, at: later)
      let value = try #require(try await office.find(204, at: later)).value
      let course = try await office.database.read { try FormationStore.course(of: value, $0) }
      #expect(
        course.map(\.act)
          == ["submitted", "givenBack", "submitted", "accepted", "published", "approved", "filed"])
      #expect(course.map(\.who) == ["第21小学", "教育局11", "第21小学", "教育局11", "教育局11", "教育局11", "教育局10"])
      #expect(course[1].reason == "补充经费来源" && course[4].text?.contains("—") == true)
      #expect(course[5].number == "汉教发〔2026〕8号" && course[5].day == later.day)
      #expect(course[6].number == "安教备 2号" && course[6].day == later.day)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `another open case about a group is told, one that is over or a draft of others isn't`(engine: Engine)
    async throws
  {
    try await StaleCaseTests.with(engine) { office in
      try await office.begin(.change, group: 31, id: 701)
      try await office.begin(.dissolution, group: 31, by: Self.district, id: 702)
      func others(_ post: Int64, _ id: Int64) async throws -> [String] {
        try #require(try await office.find(post, id)).others.map { "\($0.kind) \($0.phase) \($0.applicant)" }
      }
      // Each other's drafts are nobody else's.
      let (mine, theirs) = (try await others(204, 701), try await others(202, 702))
      #expect(mine == [] && theirs == [])
      try await StaleCaseTests.write(office, 702, Self.district, as: 202) { _ in }
      try await office.act(.submit, Self.district, as: 202, 702)
      let told = try await others(204, 701)
      #expect(told == ["dissolution submitted 教育局11"])
      let own = try await office.database.read {
        try FormationStore.ownGroups(of: Self.lead, under: ID(10), $0)
      }
      #expect(own.map(\.open) == [2])
      try await office.act(.withdraw(reason: "另行安排"), Self.district, as: 202, 702)
      let over = try await others(204, 701)
      #expect(over == [])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the area is taken from where the lead school lies, as long as nobody says another`(engine: Engine) async throws
  {
    try await Office.with(engine) { office in
      try await office.database.write { transaction in
        try transaction.run(
          "INSERT INTO school_flag (school, flag, area, since) VALUES (21, 'area', 'central', '2020-09-01')", [])
      }
      try await office.begin()
      let begun = try #require(try await office.find(204)).value.content
      #expect(begun.area == "central")
      // An office begins without a school; who leads is said later.
      try await office.begin(by: Self.district, id: 701)
      var content = try #require(try await office.find(202, 701)).value.content
      #expect(content.area == nil)
      let school = try await StaleCaseTests.school(office, 21)
      content.schools = [school]
      try await office.act(.write(content, seen: 1), Self.district, as: 202, 701)
      content.schools[0].part = .lead
      let seen = try #require(try await office.find(202, 701)).value.version
      try await office.act(.write(content, seen: seen), Self.district, as: 202, 701)
      let led = try #require(try await office.find(202, 701)).value
      #expect(led.content.area == "central")
      content.area = CaseContent.elsewhere
      try await office.act(.write(content, seen: led.version), Self.district, as: 202, 701)
      let said = try #require(try await office.find(202, 701)).value.content
      #expect(said.area == CaseContent.elsewhere)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what a unit hands in within a year is bounded, what it took away again included`(engine: Engine) async throws {
    try await Office.with(engine) { office in
      try await office.begin()
      func attach(_ id: Int64, _ bytes: Int64, most: Int64) async throws {
        let hash = try #require(FileHash(String(repeating: "\(id % 10)", count: 64)))
        let type = try #require(FileKind(id: "pdf"))
        try await office.database.write { [editions = office.editions, ids = office.ids] transaction in
          let stored = try #require(
            try FormationStore.find(
              authority: ID(10), ID(700), for: ID(204), at: Office.now, editions, transaction))
          try FormationStore.attach(
            [
              PaperDraft(
                id: ID(id), kind: .other, title: "材料", fileName: "a.pdf",
                file: ReceivedFile(hash: hash, size: bytes, crc: 0), type: type)
            ], to: stored, by: Self.lead, quota: most, at: Office.now, actor: .program, ids: ids, transaction)
        }
      }
      try await attach(801, 600, most: 1000)
      try await office.act(.detach(paper: ID(801)), Self.lead, as: 204)
      let fault = await #expect(throws: CycleFault.self) { try await attach(802, 500, most: 1000) }
      #expect(fault?.messages.map(\.key) == ["formation.fault.quota"])
      try await attach(803, 400, most: 1000)
      let next = Office.now.adding(seconds: 367 * 86_400)
      try await office.database.read {
        try FormationStore.requireRoom(1000, of: Self.lead, most: 1000, at: next, $0)
      }
    }
  }
}
