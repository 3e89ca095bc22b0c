import Cycles
import Notation
import People
import StorageFixtures
import Testing

@testable import Storage

/// What is kept, held against what the chains say, after somebody changed it behind the program's back.
@Suite struct AuditRecordsTests {
  struct Tampering: Sendable, CustomTestStringConvertible {
    let sql: String
    let kind: AuditDiscrepancy.Kind
    let object: String
    let part: String?

    init(_ sql: String, _ kind: AuditDiscrepancy.Kind, _ object: String, _ part: String? = nil) {
      (self.sql, self.kind, self.object, self.part) = (sql, kind, object, part)
    }

    var testDescription: String { sql }
  }
  private static let final = "(SELECT id FROM sheet WHERE cycle = 2022 AND stage = 'final' AND grp = 31)"
  private static let looked = "(SELECT id FROM sheet WHERE cycle = 2022 AND stage = 'final' AND grp = 32)"

  /// `final` and `looked` stand for the sheets of these names.
  static let tamperings: [Tampering] = [
    Tampering("UPDATE sheet SET submission = NULL WHERE id = \(final)", .state, "final"),
    Tampering("UPDATE sheet SET submission = 1 WHERE id = \(final)", .state, "final"),
    Tampering("UPDATE sheet SET submitted_at = submitted_at - 1 WHERE id = \(final)", .state, "final"),
    Tampering("UPDATE submission SET returned_at = NULL WHERE sheet = \(final)", .submission, "final", "1"),
    Tampering("UPDATE submission SET reason = 'x' WHERE sheet = \(final) AND number = 1", .submission, "final", "1"),
    Tampering("DELETE FROM submission WHERE sheet = \(final) AND number = 1", .submission, "final", "1"),
    Tampering("UPDATE line SET score = '1' WHERE sheet = \(final) AND item = '2'", .line, "final", "2"),
    Tampering("DELETE FROM line WHERE sheet = \(final) AND item = '1'", .line, "final", "1"),
    Tampering("DELETE FROM hand_in", .handIn, "looked", "account/1"),
    Tampering("UPDATE hand_in SET at = at - 1", .handIn, "looked", "account/1"),
    Tampering("INSERT INTO hand_in SELECT authority, sheet, 2, at FROM hand_in", .handIn, "looked", "account/2"),
    Tampering("UPDATE second_look SET outcome = 'x'", .secondLook, "looked", "1"),
    Tampering("DELETE FROM second_look", .secondLook, "looked", "1"),
    Tampering("DELETE FROM edition WHERE number = 1", .edition, "cycle/2022", "1"),
    Tampering("DELETE FROM edition WHERE number = -1", .edition, "cycle/2022", "-1"),
    Tampering("UPDATE edition SET document = 'x' WHERE number = 1", .edition, "cycle/2022", "1"),
    Tampering("UPDATE edition SET made_by = 99 WHERE number = 1", .edition, "cycle/2022", "1"),
    Tampering("DELETE FROM result WHERE grp = 32 AND edition = 1", .result, "group/32", "2022 1"),
    Tampering("UPDATE cycle SET confirmed_at = NULL", .confirmation, "cycle/2022"),
    Tampering("UPDATE cycle SET confirmed_at = confirmed_at - 1", .confirmation, "cycle/2022"),
    Tampering("UPDATE reopening SET reason = 'x'", .confirmation, "cycle/2022"),
    Tampering("UPDATE cycle SET title = 'x'", .opening, "cycle/2022", "title"),
    Tampering("UPDATE participant SET district = 12 WHERE grp = 31", .opening, "cycle/2022", "groups"),
    Tampering("UPDATE participant SET name = 'x' WHERE grp = 31", .opening, "cycle/2022", "groups"),
    Tampering("UPDATE participant_school SET role = 'member' WHERE grp = 31", .opening, "cycle/2022", "groups"),
    Tampering("UPDATE policy_edition SET files = replace(files, '80', '79')", .policy, "cycle/2022"),
    Tampering("UPDATE stage SET due = '2022-12-31' WHERE stage = 'final'", .stage, "cycle/2022", "final"),
    Tampering("UPDATE extension SET due = '2022-12-31'", .extension, "cycle/2022", "final group/31"),
    Tampering("DELETE FROM extension", .extension, "cycle/2022", "final group/31"),
    Tampering(
      "INSERT INTO extension SELECT authority, cycle, stage, 32, due, reason, at, by_account FROM extension",
      .extension, "cycle/2022", "final group/32"),
    Tampering("UPDATE draw SET draw_on = '2022-12-31'", .draw, "cycle/2022", "final"),
    Tampering("UPDATE draw SET frame = 'x'", .draw, "cycle/2022", "final"),
    Tampering("DELETE FROM draw", .draw, "cycle/2022", "final"),
    Tampering("UPDATE veto SET lifted_at = NULL", .veto, "group/34", "2022 incident"),
    Tampering("UPDATE veto SET lifted_at = 1, lift_reason = 'x' WHERE grp = 33", .veto, "group/33", "2022 incident"),
    Tampering("DELETE FROM veto WHERE grp = 33", .veto, "group/33", "2022 incident"),
    Tampering(
      "INSERT INTO veto (authority, cycle, grp, veto, reason, at) VALUES (10, 2022, 31, 'incident', 'x', 5)",
      .veto, "group/31"),
    Tampering("UPDATE recommendation SET recommended = 0", .recommendation, "group/31", "2022 first"),
    Tampering("DELETE FROM recommendation", .recommendation, "group/31", "2022 first"),
    Tampering("DELETE FROM assignment", .assignment, "group/31", "2022 final 1003"),
    Tampering("UPDATE assignment SET appointment = 1002", .assignment, "group/31", "2022 final 1002"),
    Tampering("UPDATE report SET remark = 'x'", .report, "group/31", "2022 first"),
    Tampering("UPDATE tie_decision SET granted = 1 - granted WHERE grp = 31", .decision, "group/31"),
    Tampering("UPDATE objection SET upheld = 1", .objection, "group/31", "1"),
    Tampering("DELETE FROM objection", .objection, "group/31", "1"),
    Tampering(
      "UPDATE evidence SET file = (SELECT MAX(hash) FROM evidence_file) WHERE id = 801", .evidence, "evidence/801"),
    Tampering("UPDATE evidence SET replaced_by = NULL WHERE id = 801", .evidence, "evidence/801"),
    Tampering("UPDATE evidence SET grp = 32 WHERE id = 802", .evidence, "evidence/802"),
    Tampering("UPDATE evidence SET withdrawn_at = NULL, withdrawn_by = NULL", .evidence, "evidence/803"),
    Tampering("UPDATE evidence SET withdrawn_at = 7 WHERE id = 802", .evidence, "evidence/802"),
    Tampering("UPDATE evidence_link SET late = 1 - late WHERE item = '1'", .evidenceLink, "evidence/802", "1"),
    Tampering("UPDATE evidence_link SET late = 1 - late WHERE item = 'extra'", .evidenceLink, "evidence/802", "extra"),
    Tampering("DELETE FROM evidence_link WHERE item = '1'", .evidenceLink, "evidence/802", "1"),
    Tampering(
      "UPDATE account SET secret = (SELECT secret FROM account WHERE id = 700) WHERE id = 701", .secret, "account/701"),
    Tampering("UPDATE account SET secret = NULL WHERE id = 702", .secret, "account/702"),
    Tampering("UPDATE account SET closed_at = NULL WHERE id = 702", .account, "account/702"),
    Tampering("UPDATE account SET closed_at = 5 WHERE id = 700", .account, "account/700"),
    Tampering("DELETE FROM appointment WHERE account = 700", .appointment, "appointment/770"),
    Tampering("UPDATE appointment SET until = NULL WHERE account = 700", .appointment, "appointment/770"),
  ]

  private static func with(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
    try await TestDatabases.with(engine, built: "told year", { try await build($0) }, body)
  }

  private static func found(_ database: any Database) async throws -> [AuditDiscrepancy] {
    try await AuditRecords.discrepancies(of: SmallCity.authority, in: database, portion: 3)
      + AuditRecords.discrepancies(of: ID(0), in: database) + posts(database)
  }

  /// Without those that tests put there by SQL.
  private static func posts(_ database: any Database) async throws -> [AuditDiscrepancy] {
    try await AuditRecords.posts(in: database).filter { $0.object == "appointment/770" }
  }

  @Test(arguments: TestDatabases.engines)
  func `a year with everything in it is as its chain says`(engine: Engine) async throws {
    try await Self.with(engine) { database in
      let found = try await Self.found(database)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test(arguments: TestDatabases.engines, tamperings + ofPapers)
  func `what was changed behind the chain's back is named`(engine: Engine, tampering: Tampering) async throws {
    try await Self.with(engine) { database in
      let sheets = try await database.write { transaction in
        let row = try #require(try transaction.row("SELECT \(Self.final) AS final, \(Self.looked) AS looked"))
        try transaction.run(tampering.sql)
        return try ["final", "looked"].map { "sheet/\(try row.id($0))" }
      }
      let object = tampering.object == "final" ? sheets[0] : tampering.object == "looked" ? sheets[1] : tampering.object
      let found = try await Self.found(database)
      #expect(
        found.contains {
          $0.kind == tampering.kind && $0.object == object && (tampering.part == nil || tampering.part == $0.part)
        }, "\(object): \(found)")
    }
  }

  /// What this release writes down beyond earlier ones.
  private static let added: [String: Set<String>] = [
    "cycle.opened": ["participants", "title"], "veto.lifted": ["laid"], "evidence.linked": ["cycle"],
    "evidence.replaced": ["cycle", "stage", "late"], "account.passwordSet": ["secret"],
  ]

  @Test(arguments: TestDatabases.engines)
  func `what earlier releases didn't write down is no fault`(engine: Engine) async throws {
    try await Self.with(engine) { database in
      try await database.write { transaction in
        for (action, keys) in Self.added {
          let rows = try transaction.rows(
            "SELECT authority, number, after_value FROM audit WHERE action = $1", [.text(action)])
          #expect(!rows.isEmpty)
          for row in rows {
            let parts = AuditRecords.tree(try row.optionalText("after_value"))?.map ?? []
            let kept = parts.filter { !keys.contains($0.key) }.map { ($0.key, JSONText.of($0.value)) }
            try transaction.run(
              "UPDATE audit SET after_value = $3 WHERE authority = $1 AND number = $2",
              [
                .id(try row.id("authority")), .integer(try row.integer("number")),
                kept.isEmpty ? .null : .text(JSONText.object(kept).text),
              ])
          }
        }
        try transaction.run("DELETE FROM audit WHERE action = 'account.passwordRehashed'")
      }
      let found = try await Self.found(database)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test func `findings are bounded, however much was changed`() async throws {
    try await Self.with(.sqlite) { database in
      try await database.write { try $0.run("UPDATE mark SET value = '\"x\"'") }
      let all = try await AuditRecords.discrepancies(of: SmallCity.authority, in: database)
      let few = try await AuditRecords.discrepancies(of: SmallCity.authority, in: database, portion: 1, most: 2)
      #expect(all.count > few.count && !few.isEmpty)
    }
  }

  // MARK: the year

  private static func build(_ database: any Database) async throws {
    try await database.write { try SmallCity.fill($0) }
    let city = SmallCity(database: database)
    let year = try await city.open(2022)
    let cycle = try await year.stored()
    try await evidence(year, database)
    try await year.pass(ComputingTests.first, vetoes: [33, 34])
    try await around(year, cycle, database)
    try await year.decideAll()
    try await year.confirm(at: year.day(11, 1))
    try await year.reopen(because: "核对", at: year.day(11, 2))
    try await year.correct(31, SmallMarks(90, 30), at: year.day(11, 2))
    try await year.decideAll()
    try await year.confirm(at: year.day(11, 3))
    try await objection(year, database)
    try await year.publish(at: year.day(11, 15))
    try await accounts(database)
  }

  private static func evidence(_ year: SmallYear, _ database: any Database) async throws {
    let plan = EvidencePlan(SmallCity.policy)
    func file(_ digit: Int) -> ReceivedFile? {
      FileHash(String(repeating: String(digit), count: 64)).map { ReceivedFile(hash: $0, size: 10, crc: 1) }
    }
    let (one, two, three) = (try #require(file(1)), try #require(file(2)), try #require(file(3)))
    let (lead, authority, cycle, now) = (Worker.lead, SmallCity.authority, year.cycle, year.day(8, 1))
    try await database.write { transaction in
      func add(_ id: Int64, _ file: ReceivedFile, _ items: [String]) throws {
        _ = try EvidenceStore.add(
          EvidenceDraft(
            authority: authority, cycle: cycle, group: ID(31), fileName: "\(id).pdf", file: file, kind: .pdf,
            places: items.map { EvidencePlace(item: $0, entry: nil) }), plan: plan, id: ID(id), for: lead.post, at: now,
          by: lead.actor, transaction)
      }
      try add(801, one, ["1", "2"])
      try add(803, three, ["1"])
      let later = year.day(8, 2)
      try EvidenceStore.unlink(
        ID(801), from: EvidencePlace(item: "2", entry: nil), authority: authority, cycle: cycle, for: lead.post,
        at: later, by: lead.actor, transaction)
      _ = try EvidenceStore.replace(
        ID(801), cycle: cycle, with: two, kind: .pdf, fileName: "new.pdf", id: ID(802), for: lead.post,
        authority: authority, at: later, by: lead.actor, transaction)
      try EvidenceStore.link(
        ID(802), to: EvidencePlace(item: "extra", entry: nil), authority: authority, cycle: cycle, plan: plan,
        for: lead.post,
        at: year.day(8, 3), by: lead.actor, transaction)
      try EvidenceStore.unlink(
        ID(803), from: EvidencePlace(item: "1", entry: nil), authority: authority, cycle: cycle, for: lead.post,
        at: later, by: lead.actor, transaction)
      try EvidenceStore.withdraw(
        ID(803), authority: authority, cycle: cycle, for: lead.post, at: later, by: lead.actor, transaction)
    }
  }

  /// What is decided around the sheets.
  private static func around(_ year: SmallYear, _ cycle: StoredCycle, _ database: any Database) async throws {
    let (city, now, authority) = (Worker.city, year.day(10, 26), SmallCity.authority)
    let sheet = try await database.read { try $0.row("SELECT \(looked) AS id")?.id("id") ?? ID(0) }
    try await database.write { transaction in
      let laid = try transaction.row("SELECT at FROM veto WHERE grp = 34")?.instant("at")
      try VetoStore.lift(
        "incident", on: ID(34), laid: try #require(laid), reason: "查否", in: cycle, at: now, by: city.actor, transaction)
      try papers(year, cycle, transaction)
      try RecommendationStore.record(
        false, group: ID(31), at: "first", of: cycle, reason: "缓", at: year.day(9, 21), by: city.actor, transaction)
      try RecommendationStore.record(
        true, group: ID(31), at: "first", of: cycle, reason: nil, at: now, by: city.actor, transaction)
      let experts = [Worker.west, .east].map { PanelPlan.Assignment(group: ID(31), expert: $0.appointment) }
      try AssignmentStore.assign(experts, at: "final", of: cycle, at: now, by: city.actor, transaction)
      try PanelStore.remove(
        Worker.east.appointment, from: ID(31), at: "final", of: cycle, reason: "回避", at: now, by: city.actor,
        transaction)
      try StageReportStore.handIn(
        "报告", evidence: nil, of: ID(31), at: try #require(cycle.stage("first")), in: cycle, at: year.day(9, 20),
        by: city.actor, transaction)
      try DrawStore.announce(
        [Draw.Entry(id: "31", stratum: "")], for: "final", of: cycle, seedFrom: "开奖号码", digits: 5,
        on: year.day(10, 27).day, at: now, by: city.actor, transaction)
      let open = try #require(
        try SheetStore.open(authority: authority, sheet, for: city.viewer, at: now, PolicyEditions(), transaction))
      try SubmissionStore.handIn(open, reviewer: ID(1), at: now, by: city.actor, transaction)
      try SecondLookStore.set(open: true, item: "1", of: open.sheet, outcome: nil, at: now, by: city.actor, transaction)
      try SecondLookStore.set(
        open: false, item: "1", of: open.sheet, outcome: "维持", at: year.day(10, 27), by: city.actor, transaction)
    }
  }

  private static func objection(_ year: SmallYear, _ database: any Database) async throws {
    let cycle = try await year.stored()
    let (lead, city) = (Worker.lead, Worker.city)
    try await database.write { transaction in
      try ObjectionStore.raise(
        ID(900), text: "第1项漏计", item: "1", group: ID(31), of: cycle, for: lead.appointment, at: year.day(11, 4),
        by: lead.actor, transaction)
      try ObjectionStore.answer(
        ID(900), upheld: false, reason: "已计入", of: cycle, at: year.day(11, 5), by: city.actor, transaction)
    }
  }

  private static func accounts(_ database: any Database) async throws {
    let now = Instant(milliseconds: 1_660_000_000_000)
    let day = try #require(Day("2022-08-01"))
    try await database.write { transaction in
      let accounts = AccountStore(transaction)
      for id in [700, 701, 702] as [Int64] {
        try accounts.create(
          Account(id: ID(id), login: "person\(id)", name: "甲", authority: ID(10), createdAt: now), by: .program, at: now
        )
        try accounts.setSecret("scrypt \(id)", of: ID(id), by: .program, at: now)
      }
      try accounts.setSecret("scrypt 700 again", of: ID(700), by: .program, at: now)
      try accounts.strengthen("scrypt 700 dear", in: "scrypt 700 again", of: ID(700), by: .program, at: now)
      try accounts.close(ID(701), by: .program, at: now)
      try accounts.reopen(ID(701), by: .program, at: now)
      try accounts.close(ID(702), by: .program, at: now)
      let posts = AppointmentStore(transaction)
      try posts.appoint(
        Appointment(id: ID(770), account: ID(700), role: .office, seat: .authority(ID(10)), since: day, until: nil),
        by: .program, at: now)
      try posts.end(ID(770), from: day.adding(days: 30), by: .program, at: now)
    }
  }
}
