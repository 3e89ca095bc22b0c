import Cycles
import Notation
import People
import StorageFixtures
import Testing

@testable import Storage

@Suite struct EvidenceStoreTests {
  @Test(arguments: TestDatabases.engines)
  func `what is added is found by whoever reaches the group`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      #expect(try await year.add(.lead, as: 1) == .init(id: ID(1), isKnown: false, isLate: false))
      for person in Person.allCases {
        let reaches = person != .otherDistrict && person != .otherLead
        #expect(try await year.ids(person) == (reaches ? [1] : []), "\(person)")
      }
      let piece = try #require(try await year.list(.expert).first)
      #expect(piece.title == "内容" && piece.fileName == "内容.pdf" && piece.year == 2026 && piece.version == 1)
      #expect(piece.links.map(\.place) == [EvidencePlace(item: "4", entry: "roster")])
      #expect(try await year.list(.lead, item: "4").count == 1)
      #expect(try await year.list(.lead, item: "5").isEmpty)
      #expect(try await year.ids(.lead, cycle: ID(499)) == [])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a member adds for itself and doesn't see its sisters' evidence`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.member, "甲", as: 1, school: 23)
      _ = try await year.add(.sister, "乙", as: 2)
      _ = try await year.add(.lead, "丙", as: 3)
      #expect(try await year.list(.lead).map(\.school) == [ID(22), ID(23), nil])
      #expect(try await year.ids(.member) == [1, 3])
      #expect(try await year.ids(.sister) == [2, 3])
      let versions = try await year.database.read {
        try EvidenceStore.versions(authority: Year.city, ID(2), for: Person.member.post, $0)
      }
      #expect(versions == [])
      await #expect(throws: EvidenceFault.unknown) { try await year.withdraw(.member, 2) }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.foreign"))) {
        try await year.withdraw(.member, 3)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `nobody adds where they don't reach or may not`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      await #expect(throws: EvidenceFault.unknown) { try await year.add(.otherLead, as: 1) }
      await #expect(throws: EvidenceFault.unknown) { try await year.add(.otherDistrict, as: 1) }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.role"))) {
        try await year.add(.supervisor, as: 1)
      }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.turn"))) {
        try await year.add(.district, as: 1)
      }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.turn"))) {
        try await year.add(.expert, as: 1)
      }
      let found = try await year.ids(.city)
      #expect(found == [])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `everything wrong with a draft is said at once`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      let faults = EvidenceFault.invalid([
        Message("evidence.item.unknown", ["item": "99"]), Message("evidence.item.unknown", ["item": "4"]),
        Message("evidence.school.foreign"), Message("evidence.year.far", ["year": "1990"]),
      ])
      await #expect(throws: faults) {
        try await year.add(
          .lead, as: 1, school: 25, year: 1990,
          to: [EvidencePlace(item: "99"), EvidencePlace(item: "4", entry: "charter"), EvidencePlace(item: "4")])
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `after handing in only those who evaluate add, and it is marked as late`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, "甲", as: 1)
      try await year.handIn()
      let sealed = EvidenceFault.closed(Message("evidence.closed.submitted"))
      await #expect(throws: sealed) { try await year.add(.lead, "乙", as: 2) }
      await #expect(throws: sealed) { try await year.add(.member, "乙", as: 2) }
      await #expect(throws: sealed) { try await year.withdraw(.lead, 1) }
      await #expect(throws: sealed) { try await year.unlink(.lead, 1) }
      #expect(try await year.add(.district, "丙", as: 3).isLate)
      #expect(try await year.add(.expert, "丁", as: 4).isLate)
      #expect(try await year.list(.district).map(\.isLate) == [false, true, true])
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.foreign"))) {
        try await year.withdraw(.district, 1)
      }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.foreign"))) {
        try await year.unlink(.expert, 1)
      }
      // The city is no stage's actor yet.
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.turn"))) {
        try await year.add(.city, "戊", as: 5)
      }
      // Schools see what was added for the evaluation once it is handed in.
      #expect(try await year.ids(.lead) == [1])
      try await year.evaluate()
      #expect(try await year.ids(.lead) == [1, 3, 4])
      #expect(try await year.list(.lead).map(\.uploader) == ["lead", nil, nil])
      #expect(try await year.list(.district).map(\.uploader) == ["lead", "district", "expert"])
      await #expect(throws: EvidenceFault.self) { try await year.withdraw(.district, 3) }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a deadline that has passed closes, an extension opens`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      let after = Instant(startOf: Day(daysSince1970: Year.now.day.daysSince1970 + 57))
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.over", ["due": "2026-08-31"]))) {
        try await year.add(.lead, as: 1, at: after)
      }
      try await year.database.write {
        try $0.run(
          "INSERT INTO extension (authority, cycle, stage, grp, due, reason, at) VALUES (10, 500, 'self', 31, '2026-09-10', '洪水', 1)"
        )
      }
      #expect(try await year.add(.lead, as: 1, at: after).isLate == false)
      try await year.database.write { try $0.run("UPDATE cycle SET confirmed_at = 1 WHERE id = 500") }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.confirmed"))) {
        try await year.add(.lead, "乙", as: 2)
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `the same file of the same group is linked instead of kept twice`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, as: 1)
      let again = try await year.add(.lead, as: 2, to: [EvidencePlace(item: "5")])
      #expect(again == .init(id: ID(1), isKnown: true, isLate: false))
      #expect(try await year.list(.lead).first?.links.map(\.place.item) == ["4", "5"])
      #expect(try await year.add(.lead, as: 3, year: 2025).isKnown == false)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a new version takes over the links of the year`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, "旧", as: 1)
      #expect(try await year.replace(.lead, 1, "新", as: 2) == ID(2))
      let list = try await year.list(.lead)
      #expect(list.map(\.id) == [ID(2)] && list[0].version == 2 && list[0].title == "旧" && list[0].fileName == "新.pdf")
      let versions = try await year.database.read {
        try EvidenceStore.versions(authority: Year.city, ID(1), for: Person.district.post, $0)
      }
      #expect(versions.map(\.id) == [ID(2), ID(1)])
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.gone"))) {
        try await year.replace(.lead, 1, "三", as: 3)
      }
      #expect(try await year.replace(.lead, 2, "新", as: 4) == ID(2))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what was withdrawn stays, with who did so`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.member, as: 1)
      try await year.withdraw(.lead, 1)
      let piece = try #require(try await year.list(.city).first)
      #expect(piece.withdrawnAt == Year.now && piece.withdrawer == "lead")
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.gone"))) { try await year.withdraw(.lead, 1) }
      // Added again it is a new piece.
      #expect(try await year.add(.member, as: 2).isKnown == false)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what another year was judged by can't be taken back`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, as: 1, cycle: ID(499), year: 2025, at: Year.before)
      try await year.link(.lead, 1, EvidencePlace(item: "4"))
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.elsewhere"))) {
        try await year.withdraw(.lead, 1)
      }
      await #expect(throws: EvidenceFault.closed(Message("evidence.closed.elsewhere"))) {
        try await year.replace(.lead, 1, "新", as: 2)
      }
      try await year.unlink(.lead, 1, EvidencePlace(item: "4"))
      #expect(try await year.ids(.lead) == [])
      #expect(try await year.ids(.lead, cycle: ID(499)) == [1])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `every change stands in the audit chain`(engine: Engine) async throws {
    try await Year.with(engine) { year in
      _ = try await year.add(.lead, as: 1)
      try await year.link(.lead, 1, EvidencePlace(item: "5"))
      try await year.unlink(.lead, 1, EvidencePlace(item: "5"))
      _ = try await year.replace(.lead, 1, "新", as: 2)
      try await year.withdraw(.lead, 2)
      let actions = try await year.database.read {
        try $0.rows("SELECT action, item FROM audit WHERE authority = 10 AND action LIKE 'evidence.%' ORDER BY number")
          .map {
            "\(try $0.text("action")) \(try $0.optionalText("item") ?? "")"
          }
      }
      #expect(
        actions == [
          "evidence.added ", "evidence.linked 4", "evidence.linked 5", "evidence.unlinked 5", "evidence.replaced ",
          "evidence.withdrawn ",
        ])
    }
  }
}

extension Year {
  func withdraw(_ person: Person, _ id: Int64) async throws {
    try await database.write {
      try EvidenceStore.withdraw(
        ID(id), authority: Year.city, cycle: Year.cycle, for: person.post, at: Year.now, by: person.actor, $0)
    }
  }

  func link(_ person: Person, _ id: Int64, _ place: EvidencePlace) async throws {
    let plan = try #require(Year.plan)
    try await database.write {
      try EvidenceStore.link(
        ID(id), to: place, authority: Year.city, cycle: Year.cycle, plan: plan, for: person.post, at: Year.now,
        by: person.actor, $0)
    }
  }

  func unlink(_ person: Person, _ id: Int64, _ place: EvidencePlace = EvidencePlace(item: "4", entry: "roster"))
    async throws
  {
    try await database.write {
      try EvidenceStore.unlink(
        ID(id), from: place, authority: Year.city, cycle: Year.cycle, for: person.post, at: Year.now, by: person.actor,
        $0)
    }
  }

  func replace(_ person: Person, _ old: Int64, _ content: String, as id: Int64) async throws -> ID {
    try await database.write {
      try EvidenceStore.replace(
        ID(old), cycle: Year.cycle, with: Year.file(content), kind: .pdf, fileName: "\(content).pdf", id: ID(id),
        for: person.post, authority: Year.city, at: Year.now, by: person.actor, $0)
    }
  }
}
