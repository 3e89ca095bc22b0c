import Cycles
import Fixtures
import HTTPTypes
import Foundation
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct DrawTests {
  static let source = ("source", "2027年11月8日公布的某期号码，五个数字以空格相隔")
  static let digits = ("digits", "12")
  static let day = ("day", "2027-11-08")
  static let typed = "052714 23，31 08"
  static let seed = "052714233108"

  /// All groups are recommended for the review that is drawn for.
  private static func ready(_ test: TestSite, recommended: [Int64] = [31, 32, 33]) async throws -> TestYear {
    let year = try await TestYear.open(test, "sanya-2021-illustrative")
    for group in [31, 32, 33] as [Int64] {
      try await year.handIn(group, "self")
      try await year.handIn(group, "preliminary", grade: "A")
    }
    let cycle = year.cycle
    try await test.site.database.write { transaction in
      for group in recommended {
        try transaction.run(
          """
          INSERT INTO recommendation (authority, cycle, stage, grp, recommended, at)
          VALUES (10, $1, 'recommend', $2, 1, $3)
          """, [.id(cycle), .integer(group), .instant(test.clock.now)])
      }
    }
    test.clock.set(Instant(startOf: try #require(Day("2027-11-01"))).adding(seconds: 36_000))
    return year
  }

  @Test(arguments: TestDatabases.engines)
  func `a draw is announced, waits for its day, is drawn once and can be repeated from the public page`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let year = try await Self.ready(test)
      let page = try await test.ask(.city, .get, year.path("draw/review"))
      #expect(page.status == 200)
      #expect(page.text.contains("公告抽查"))
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      let publicPath = "/public/10/501/draw/review"
      #expect(try await test.ask(nil, .get, publicPath).status == 404)
      let undrawn = try await test.site.database.read { try DrawStore.drawn(authority: ID(10), cycle: ID(501), $0) }
      #expect(undrawn == [])
      let announced = try await test.ask(
        .city, .post, year.path("draw/review/announcement"), form: [Self.source, Self.digits, Self.day])
      #expect(announced.status == 303)
      let shown = try await test.ask(nil, .get, publicPath)
      #expect(shown.status == 200)
      #expect(shown.text.contains("某期号码") && shown.text.contains("第31教育集团"))
      #expect(!shown.text.contains("教育局19"))
      let frame = try await test.ask(nil, .get, publicPath + "/frame.txt")
      #expect(frame.text.split(separator: "\n").count == 3)
      let hash = try #require(DrawFrame(text: frame.text)).hash
      #expect(shown.text.contains(hash))

      let early = try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", Self.seed)])
      #expect(early.status == 409)
      #expect(early.text.contains("2027-11-08"))
      #expect(try await year.sheets("review") == [])
      test.clock.set(Instant(startOf: try #require(Day("2027-11-08"))))
      for seed in [
        "", "号码", "052714 23 31 0", "052714 23 31 08 1", "x52714 23 31 08", String(repeating: "9", count: 301),
      ] {
        let bad = try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", seed)])
        #expect(bad.status == 422, "\(seed)")
      }
      let drawn = try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", Self.typed)])
      #expect(drawn.status == 303)
      let sheets = try await year.sheets("review")
      #expect(!sheets.isEmpty)
      // The same again changes nothing, another is refused.
      #expect(
        try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", Self.seed)]).status == 303)
      let other = try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", "052714233109")])
      #expect(other.status == 409)
      #expect(other.text.contains(Self.seed))
      #expect(try await year.sheets("review") == sheets)
      let result = try await test.ask(nil, .get, publicPath)
      #expect(result.text.contains(Self.seed))
      try Self.repeatDraw(frame: frame.text, page: result.text, expecting: sheets)
    }
  }

  /// Carries out the page's script on the page's frame.
  private static func repeatDraw(frame: String, page: String, expecting sheets: [Int64]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("draw-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(frame.utf8).write(to: folder.appendingPathComponent("frame.txt"))
    try Data(DrawScript.python.utf8).write(to: folder.appendingPathComponent("draw.py"))
    let command = try #require(page.firstMatch(of: #/<code>(python3 draw\.py [^<]+)<\/code>/#)).output.1
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = folder
    process.arguments = ["-c", String(command).replacing("&#39;", with: "'")]
    let output = Pipe()
    process.standardOutput = output
    try Programs.start(process)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first.map { page.contains($0) } == true)
    #expect(lines.dropFirst().compactMap { Int64($0) }.sorted() == sheets)
  }

  @Test func `an announcement needs a source and a later day, and can't be made twice`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      let path = year.path("draw/review/announcement")
      let bad = try await test.ask(.city, .post, path, form: [("source", " "), ("day", "2027-11-01")])
      #expect(bad.status == 422)
      #expect(bad.text.contains("没有写种子来源") && bad.text.contains("没有写种子位数") && bad.text.contains("抽取日须在今天"))
      #expect(try await test.ask(.city, .post, path, form: [Self.source, Self.digits, Self.day]).status == 303)
      #expect(
        try await test.ask(.city, .post, path, form: [Self.source, Self.digits, ("day", "2027-12-01")]).status == 409)
      // From then on nobody's recommendation changes.
      let turned = try await test.ask(
        .district, .post, year.path("recommendation/recommend"), form: [("choice.31", "no"), ("reason.31", "反悔")])
      #expect(turned.status == 409)
    }
  }

  @Test func `groups that may still come are waited for, or left out knowingly`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test, recommended: [31, 33])
      let path = year.path("draw/review/announcement")
      let page = try await test.ask(.city, .get, year.path("draw/review"))
      #expect(page.text.contains("第32教育集团"))
      let waits = try await test.ask(.city, .post, path, form: [Self.source, Self.digits, Self.day])
      #expect(waits.status == 422)
      #expect(waits.text.contains("还有 1 个集团"))
      #expect(
        try await test.ask(.city, .post, path, form: [Self.source, Self.digits, Self.day, ("without", "1")]).status
          == 303)
      let frame = try await test.ask(nil, .get, "/public/10/501/draw/review/frame.txt")
      #expect(frame.text.split(separator: "\n").count == 2)
    }
  }

  /// As giving back the evaluation does where the policy has a condition.
  private static func end(_ group: Int64, _ test: TestSite) async throws {
    try await test.site.database.write {
      try $0.run(
        "UPDATE recommendation SET ended_at = 1, ended_by = 'returned' WHERE grp = $1", [.integer(group)])
    }
  }

  @Test func `nobody is drawn among whose recommendation has ended`() async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      try await Self.end(31, test)
      let form = [Self.source, Self.digits, Self.day, ("without", "1")]
      #expect(try await test.ask(.city, .post, year.path("draw/review/announcement"), form: form).status == 303)
      let frame = try await test.ask(nil, .get, "/public/10/501/draw/review/frame.txt")
      #expect(frame.text.split(separator: "\n").count == 2 && !frame.text.contains("31\t"))
      // The year goes on without it, and nobody can be named afterwards who isn't in the frame.
      let late = try await test.ask(
        .district, .post, year.path("recommendation/recommend"), form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(late.status == 409)
      #expect(try await test.ask(.city, .get, year.path("groups/31")).text.contains("未获推荐"))
    }
  }

  @Test func `nothing opens for one that is drawn whose recommendation has ended, until it is named again`()
    async throws
  {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      _ = try await test.ask(
        .city, .post, year.path("draw/review/announcement"), form: [Self.source, Self.digits, Self.day])
      try await Self.end(31, test)
      test.clock.set(Instant(startOf: try #require(Day("2027-11-08"))))
      #expect(
        try await test.ask(.city, .post, year.path("draw/review/seed"), form: [("seed", Self.seed)]).status == 303)
      #expect(try await year.sheets("review") == [32, 33])
      let drawn = try await test.site.database.read { try DrawStore.drawn(authority: ID(10), cycle: ID(501), $0) }
      #expect(drawn == ["review"])
      // The draw itself is as anybody replays it.
      #expect(try await test.ask(nil, .get, "/public/10/501/draw/review").text.contains("第31教育集团"))
      let again = try await test.ask(
        .district, .post, year.path("recommendation/recommend"), form: [("choice.31", "yes"), ("reason.31", "报告另送")])
      #expect(again.status == 303)
      let other = try await test.ask(
        .otherDistrict, .post, year.path("recommendation/recommend"), form: [("choice.32", "no"), ("reason.32", "x")])
      #expect(other.status == 409)
    }
  }

  @Test(arguments: [
    (TestPerson.district, 403), (.lead, 403), (.supervisor, 403), (.foreignCity, 404), (.expertA, 403),
  ])
  func `only the authority that runs the year draws`(person: TestPerson, status: Int) async throws {
    try await TestSite.with { test in
      let year = try await Self.ready(test)
      let path = year.path("draw/review")
      #expect(
        try await test.ask(person, .post, path + "/announcement", form: [Self.source, Self.digits, Self.day]).status
          == status)
      #expect(try await year.count("draw") == 0)
      _ = try await test.ask(.city, .post, path + "/announcement", form: [Self.source, Self.digits, Self.day])
      test.clock.set(Instant(startOf: try #require(Day("2027-11-09"))))
      #expect(try await test.ask(person, .post, path + "/seed", form: [("seed", Self.seed)]).status == status)
      try await year.confirm()
      #expect(try await test.ask(.city, .post, path + "/seed", form: [("seed", Self.seed)]).status == 409)
      #expect(try await year.sheets("review") == [])
    }
  }

  @Test func `the page's script is the document's`() throws {
    let document = Repository.text("docs/draw.md")
    #expect(document.contains("```python\n" + DrawScript.python + "\n```"))
  }
}
