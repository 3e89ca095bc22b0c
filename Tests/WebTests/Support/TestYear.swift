import Cycles
import Fixtures
import Notation
import Policies
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Another year of the small city under a policy of one's choice, and ways to bring its groups forward without filling in
/// every sheet.
struct TestYear: Sendable {
  let test: TestSite
  let cycle: ID
  let policy: Policy

  /// The path of a page of the year: `draw/review` as `/cycles/10/501/draw/review`.
  func path(_ rest: String = "") -> String { "/cycles/10/\(cycle)" + (rest.isEmpty ? "" : "/" + rest) }

  /// A group evaluated and recommended, in the season of the final evaluation.
  func bringToFinal(_ group: Int64) async throws {
    for stage in ["self", "preliminary"] { try await handIn(group, stage, grade: "良好") }
    let now = test.clock.now
    try await test.site.database.write { [cycle] transaction in
      try transaction.run(
        """
        INSERT INTO recommendation (authority, cycle, stage, grp, recommended, at)
        VALUES (10, $1, 'recommend', $2, 1, $3)
        """, [.id(cycle), .integer(group), .instant(now)])
    }
    test.clock.set(Instant(startOf: try #require(Day("2026-10-10"))))
  }

  /// The year that is open already, under 安康's policy.
  static func current(_ test: TestSite) throws -> TestYear {
    TestYear(test: test, cycle: TestSite.cycle, policy: try Examples.of("ankang-2022").policy)
  }

  /// Opens 2027 under a policy; the groups take a form it knows.
  static func open(_ test: TestSite, _ name: String) async throws -> TestYear {
    let files = PolicyEditions.Files.of(name)
    let policy = try #require(files.policy.policy)
    let form = policy.forms.first?.id
    try await test.site.database.write { transaction in
      try transaction.run("UPDATE school_group SET form = $1", [.optional(form)])
      try CycleStore.open(
        CycleOpening(
          authority: TestSite.city, id: ID(501), year: 2027, title: "2026—2027 学年度考核", files: files, policy: policy),
        at: TestSite.start, by: .program, ids: IDMaker(node: 3), transaction)
    }
    return TestYear(test: test, cycle: ID(501), policy: policy)
  }

  /// A group's sheet of a stage is handed in with a grade; it is opened where it wasn't.
  func handIn(_ group: Int64, _ stage: String, grade: String? = nil, total: String = "90.00") async throws {
    let (cycle, now) = (cycle, test.clock.now)
    try await test.site.database.write { transaction in
      try transaction.run(
        """
        INSERT INTO sheet (authority, id, cycle, stage, grp, created_at) VALUES (10, $1, $2, $3, $4, 0)
        ON CONFLICT (authority, cycle, stage, grp, school) DO NOTHING
        """,
        [
          .integer(group * 100_000 + Int64(stage.utf8.reduce(0) { $0 + Int($1) })), .id(cycle), .text(stage),
          .integer(group),
        ])
      try transaction.run(
        """
        UPDATE sheet SET submission = 1, submitted_at = $4, grade = $5, total = $6, base = $6, bonus = '0', complete = 1
        WHERE authority = 10 AND cycle = $1 AND stage = $2 AND grp = $3 AND school = 0
        """,
        [.id(cycle), .text(stage), .integer(group), .instant(now), .optional(grade), .text(total)])
      transaction.record(
        AuditEntry(
          authority: TestSite.city, at: now, actor: .program, action: "sheet.submitted", object: "group/\(group)"))
    }
  }

  /// A group's sheet of a stage lies open; its number.
  @discardableResult
  func lay(_ group: Int64, _ stage: String) async throws -> ID {
    try await handIn(group, stage)
    let cycle = cycle
    return try await test.site.database.write { transaction in
      let row = try transaction.row(
        """
        UPDATE sheet SET submission = NULL, submitted_at = NULL, grade = NULL, total = NULL, base = NULL, bonus = NULL,
          complete = NULL
        WHERE authority = 10 AND cycle = $1 AND stage = $2 AND grp = $3 AND school = 0
        RETURNING id
        """, [.id(cycle), .text(stage), .integer(group)])
      return try #require(row).id("id")
    }
  }

  /// Hands in a group's sheet as its page does, whatever it still lacks.
  func submit(_ group: Int64, _ stage: String, by person: TestPerson) async throws {
    let sheet = try await SheetTests.sheet(test, group: group, stage: stage)
    let (viewer, now, site) = (try await test.person(person), test.clock.now, test.site)
    try await site.database.write { transaction in
      let open = try #require(
        try SheetStore.open(authority: TestSite.city, sheet, for: viewer, at: now, site.editions, transaction))
      let state = open.state()
      try SubmissionStore.submit(
        open, facts: state.facts, card: state.card, words: site.words(nil), at: now, by: .program, ids: site.ids,
        transaction)
    }
  }

  func confirm() async throws {
    let (cycle, now) = (cycle, test.clock.now)
    try await test.site.database.write {
      try $0.run("UPDATE cycle SET confirmed_at = $2 WHERE id = $1", [.id(cycle), .instant(now)])
    }
  }

  /// The groups that have a sheet at a stage.
  func sheets(_ stage: String) async throws -> [Int64] {
    let cycle = cycle
    return try await test.site.database.read { transaction in
      try transaction.rows(
        "SELECT grp FROM sheet WHERE authority = 10 AND cycle = $1 AND stage = $2 AND school = 0 ORDER BY grp",
        [.id(cycle), .text(stage)]
      ).map { try $0.integer("grp") }
    }
  }

  /// How many rows a table has, as a test that nothing was stored.
  func count(_ table: String) async throws -> Int64 {
    try await test.site.database.read { try $0.row("SELECT count(*) AS n FROM \(table)")?.integer("n") ?? -1 }
  }
}
