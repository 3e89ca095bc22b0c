import Fixtures
import Formations
import HTTPTypes
import Notation
import Registry
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Registry, records, formation and tasks held against their chains, after somebody changed them behind the program's
/// back.
@Suite struct AuditRoomsTests {
  struct Tampering {
    let sql: String
    let kind: AuditDiscrepancy.Kind
    let object: String
    let part: String

    init(_ sql: String, _ kind: AuditDiscrepancy.Kind, _ object: String, _ part: String) {
      (self.sql, self.kind, self.object, self.part) = (sql, kind, object, part)
    }
  }

  /// CASE, TASK, MEETING and CONFERENCE stand for the numbers of what the city did.
  static let tamperings: [Tampering] = [
    Tampering("UPDATE school SET name = 'x' WHERE code = '2161000091'", .registry, "school/SCHOOL", "name"),
    Tampering(
      "UPDATE school SET closed = NULL, ending = NULL WHERE code = '2161000091'", .registry, "school/SCHOOL", "closed"),
    Tampering(
      "UPDATE school_flag SET until = '2030-01-01' WHERE flag = 'weak'", .registry, "school/SCHOOL",
      "schoolFlags weak 2020-09-01 last"),
    Tampering("DELETE FROM school_flag WHERE flag = 'new'", .registry, "school/SCHOOL", "schoolFlags new 2020-09-01"),
    Tampering(
      "INSERT INTO school_flag (school, flag, area, since) SELECT id, 'point', '', '2021-09-01' FROM school WHERE code = '2161000091'",
      .registry, "school/SCHOOL", "schoolFlags point 2021-09-01"),
    Tampering("UPDATE school_year SET pupils = 1", .registry, "school/SCHOOL", "years 2026 whole pupils"),
    Tampering("DELETE FROM membership WHERE grp = GROUP AND role = 'member'", .registry, "group/GROUP", "memberships"),
    Tampering("UPDATE school_group SET form = NULL WHERE id = GROUP", .registry, "group/GROUP", "form"),
    Tampering(
      "INSERT INTO school (id, authority, code, name, created_at) VALUES (777, 11, 'x777', 'x', 1)", .registry,
      "school/777", ""),
    Tampering(
      "UPDATE ledger_record SET content = replace(content, '十月', '九月') WHERE content LIKE '%十月%'", .ledger,
      "group/31", "meetings/MEETING"),
    Tampering(
      "UPDATE ledger_record SET first_day = '2025-12-09', last_day = '2025-12-09' WHERE content LIKE '%大家%'", .ledger,
      "group/31", "meetings/"),
    Tampering(
      "UPDATE ledger_record SET removed_at = NULL WHERE removed_at IS NOT NULL", .ledger, "group/31", "meetings/"),
    Tampering(
      "DELETE FROM ledger_record WHERE removed_at IS NULL AND content LIKE '%春季%'", .ledger, "group/31", "meetings/"),
    Tampering(
      "DELETE FROM ledger_statement WHERE term = 'autumn'", .statement, "group/31", "meetings 2026/autumn/group"),
    Tampering(
      """
      INSERT INTO ledger_statement (authority, grp, year, kind, school, term, at)
      VALUES (11, 31, 2026, 'training', 0, '', 5)
      """, .statement, "group/31", "training 2026/year/group"),
    Tampering("UPDATE formation_case SET document = 'x'", .formation, "formation/CASE", "case"),
    Tampering("UPDATE formation_school SET is_weak = 1 WHERE school = 22", .formation, "formation/CASE", "schools"),
    Tampering("DELETE FROM formation_entry WHERE entry = 'content/goals'", .formation, "formation/CASE", "entries"),
    Tampering("UPDATE formation_comment SET answer = 'x'", .formation, "formation/CASE", "answers"),
    Tampering("DELETE FROM formation_comment", .formation, "formation/CASE", "comments"),
    Tampering("UPDATE work_task SET due_on = '2029-01-01' WHERE id = TASK", .task, "task/TASK", "task"),
    Tampering("DELETE FROM task_unit WHERE task = TASK AND part = 'guide'", .task, "task/TASK", "units"),
    Tampering("UPDATE task_report SET percent = 100", .task, "task/TASK", "汉滨区教体局"),
    Tampering("UPDATE unit_office SET office = 12 WHERE name = '汉滨区教体局'", .unit, "authority/10", "汉滨区教体局"),
    Tampering("UPDATE conference SET minutes = 'x'", .conference, "conference/CONFERENCE", "conference"),
    Tampering("DELETE FROM conference_point WHERE position = 1", .conference, "conference/CONFERENCE", "points"),
    Tampering(
      "UPDATE conference SET off_at = 1, off_reason = 'x' WHERE id = CONFERENCE", .conference, "conference/CONFERENCE",
      "off"),
  ]

  @Test(arguments: TestDatabases.engines)
  func `what was changed, deleted or added behind the chains' back is named`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let numbers = try await Self.live(test)
      func filled(_ text: String) -> String {
        numbers.reduce(text) { $0.replacing($1.key, with: $1.value) }
      }
      var known = Set(try await Self.found(test))
      #expect(known.isEmpty, "\(known)")
      for tampering in Self.tamperings {
        let sql = filled(tampering.sql)
        let changed = try await test.site.database.write { try $0.run(sql) }
        #expect(changed > 0, "\(sql)")
        let found = Set(try await Self.found(test))
        let fresh = found.subtracting(known)
        #expect(
          fresh.contains {
            $0.kind == tampering.kind && $0.object == filled(tampering.object)
              && $0.part.hasPrefix(filled(tampering.part))
          }, "\(sql): \(fresh.map { "\($0.kind) \($0.object) \($0.part)" })")
        known = found
      }
    }
  }

  private static func found(_ test: TestSite) async throws -> [AuditDiscrepancy] {
    var found: [AuditDiscrepancy] = []
    for authority in [10, 11, 12] {
      found += try await AuditRecords.discrepancies(of: ID(Int64(authority)), in: test.site.database, portion: 3)
    }
    return found
  }

  /// Something in every room, done by those whose work it is.
  private static func live(_ test: TestSite) async throws -> [String: String] {
    func number(_ sql: String) async throws -> String {
      try await test.site.database.read { try #require(try $0.row(sql)).id("id").description }
    }
    try await register(test)
    // Records: one changed, one removed, terms declared and one taken back.
    let path = LedgerPageTests.of("meetings")
    for (day, title) in [("2025-10-08", "十月例会"), ("2025-11-08", "多余的"), ("2025-12-08", "大家"), ("2026-03-10", "春季例会")] {
      let form = LedgerPageTests.meeting.map { $0.0 == "day" ? ("day", day) : $0.0 == "title" ? ("title", title) : $0 }
      #expect(try await test.ask(.lead, .post, path, form: form).status == 303)
    }
    let meeting = try await number("SELECT MIN(id) AS id FROM ledger_record")
    let changed = LedgerPageTests.meeting + [("record", meeting), ("recordVersion", "1")]
    #expect(try await test.ask(.lead, .post, path, form: changed).status == 303)
    let extra = try await number("SELECT id FROM ledger_record WHERE content LIKE '%多余的%'")
    #expect(
      try await test.ask(.lead, .post, path + "/removal", form: [("record", extra), ("recordVersion", "1")]).status
        == 303)
    for (term, isComplete) in [("autumn", "true"), ("spring", "true"), ("spring", "false")] {
      let form = [("school", ""), ("term", term), ("complete", isComplete)]
      #expect(try await test.ask(.lead, .post, path + "/statement", form: form).status == 303)
    }
    try await form(test)
    let (task, conference) = try await work(test)
    return [
      "SCHOOL": try await number("SELECT id FROM school WHERE code = '2161000091'"), "MEETING": meeting,
      "GROUP": try await number("SELECT id FROM school_group WHERE name = '江北教育集团'"),
      "CASE": try await number("SELECT id FROM formation_case"), "TASK": task, "CONFERENCE": conference,
    ]
  }

  private static func register(_ test: TestSite) async throws {
    let (ids, now) = (test.site.ids, test.clock.now)
    func store(_ rows: RegistryRows) async throws {
      try await test.site.database.write { transaction in
        let read = RegistryImport(transaction)
        let plan = try read.plan(rows, for: .program)
        #expect(plan.problems.isEmpty, "\(plan.problems.map { $0.line(in: .english) })")
        try read.store(plan, reason: "核对", ids: ids, by: .program, at: now)
      }
    }
    let authority = try await test.site.database.read {
      try #require(try $0.row("SELECT code FROM authority WHERE id = 11")).text("code")
    }
    func school(_ name: String, _ closed: String?) -> RegistryRow {
      RegistryRow([
        "2161000091", name, authority, "primary", "public", nil, nil, nil, nil, "2000-09-01", closed,
        closed == nil ? nil : "closed",
      ])
    }
    func flag(_ flag: String, _ last: String?) -> RegistryRow {
      RegistryRow(["2161000091", flag, nil, "2020-09-01", last])
    }
    var rows = RegistryRows()
    rows[.schools] = [school("旧名小学", nil)]
    rows[.schoolFlags] = [flag("weak", nil), flag("new", nil)]
    rows[.years] = [
      RegistryRow(["2161000091", "2026", "whole", "300", "20", nil, nil, nil, nil, nil, nil, nil])
    ]
    try await store(rows)
    var later = RegistryRows()
    later[.schools] = [school("新名小学", "2026-07-31")]
    later[.schoolFlags] = [flag("weak", "2025-08-31")]
    try await store(later)
  }

  /// A case through publicity to approval, which stands in the registry.
  private static func form(_ test: TestSite) async throws {
    let path = try await FormationFlowTests.written(test, [22, 24])
    #expect(try await test.ask(.lead, .post, path + "/submission", form: []).status == 303)
    #expect(try await test.ask(.district, .post, path + "/acceptance", form: []).status == 303)
    #expect(try await test.ask(.district, .post, path + "/publicity", form: [("from", "2026-08-20")]).status == 303)
    let shown = String(test.clock.now.milliseconds - 60_000)
    let said = try await test.ask(
      nil, .post, "/notices" + path.dropFirst("/formation".count),
      form: [("shown", shown), ("speaker", "parent"), ("text", "校车怎么安排")])
    #expect(said.status == 303, "\(said.text)")
    let comment = try await test.site.database.read {
      try #require(try $0.row("SELECT id FROM formation_comment")).id("id").description
    }
    let answered = try await test.ask(
      .district, .post, path + "/comments/answers", form: [("comment", comment), ("text", "沿用现有线路")])
    #expect(answered.status == 303, "\(answered.text.suffix(2000))")
    test.clock.forward(days: 8)
    let decided = try await test.ask(
      .district, .post, path + "/decision",
      form: [("decision", "approved"), ("number", "汉教发〔2026〕8号"), ("day", "2026-08-28")])
    #expect(decided.status == 303, "\(decided.text.suffix(2000))")
  }

  private static func work(_ test: TestSite) async throws -> (task: String, conference: String) {
    #expect(try await test.ask(.city, .post, "/tasks", form: []).status == 303)
    #expect(
      try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "11")]).status == 303)
    let mine = try await test.ask(.district, .get, "/tasks?state=late")
    let path = try TaskFlowTests.path(mine.text, titled: "组建教育集团")
    let report = [("unit", "汉滨区教体局"), ("percent", "50"), ("text", "已批复 6 个")]
    #expect(try await test.ask(.district, .post, path + "/reports", form: report).status == 303)
    #expect(try await test.ask(.city, .post, path + "/closure", form: []).status == 303)
    #expect(try await test.ask(.city, .post, path + "/closure", form: [("open", "1")]).status == 303)
    let called = try await test.ask(
      .city, .post, "/conferences", form: [("title", "第三次联席会议"), ("day", "2026-08-28"), ("agenda", "经费\n学区划分")])
    let conference = try #require(called.location)
    let held = try await test.ask(.city, .post, conference + "/minutes", form: [("minutes", "议定三项")])
    #expect(held.status == 303, "\(held.status)")
    return (
      String(path.split(separator: "/").last ?? ""),
      String(conference.split { $0 == "/" || $0 == "?" || $0 == "#" }.last ?? "")
    )
  }
}
