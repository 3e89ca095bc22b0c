import HTTPTypes
import HummingbirdTesting
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct RecommendationPaperTests {
  private static func ready(_ test: TestSite) async throws -> (year: TestYear, path: String) {
    let year = try TestYear.current(test)
    for group in [31, 32, 33] as [Int64] { try await year.handIn(group, "self") }
    test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
    try await year.handIn(31, "preliminary", grade: "良好")
    return (year, year.path("recommendation/recommend"))
  }

  private static func said(_ test: TestSite, _ action: String) async throws -> [String] {
    try await test.site.database.read { transaction in
      try transaction.rows("SELECT after_value FROM audit WHERE action = $1 ORDER BY number", [.text(action)])
        .map { try $0.text("after_value") }
    }
  }

  private static func files(_ text: String) -> [String] {
    text.matches(of: #/href="(\/cycles\/10\/500\/recommendation\/recommend\/papers\/[0-9]+)"/#)
      .map { String($0.output.1) }
  }

  @Test func `what is handed in is there by itself, what is missing is named and needs a reason`() async throws {
    try await TestSite.with { test in
      let (_, path) = try await Self.ready(test)
      let page = try await test.ask(.district, .get, path).text
      #expect(page.contains("区级初评书面报告") && page.contains("自查自评（已封存）") && page.contains("区级初评（已封存）"))
      #expect(page.contains("缺区级初评书面报告。推荐的，须写明理由。"))
      let silent = try await test.ask(.district, .post, path, form: [("choice.31", "yes")])
      #expect(silent.status == 409)
      #expect(silent.text.contains("缺区级初评书面报告。补附，或在理由栏写明缺件推荐的理由。"))
      let told = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告月底补报")])
      #expect(told.status == 303)
      let entries = try await Self.said(test, "group.recommended")
      #expect(entries.count == 1 && entries[0].contains(#""lacking":["report"]"#) && entries[0].contains("报告月底补报"))
      let log = try await test.ask(.audit, .get, "/audit?chain=10").text
      #expect(log.contains("缺附：区级初评书面报告"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `an uploaded report makes the recommendation whole, and later stages read it`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (year, path) = try await Self.ready(test)
      let box = try await test.ask(.district, .get, path + "?group=31")
      #expect(box.text.contains(#"name="others""#) == false && box.text.contains("第31教育集团：推荐材料"))
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      let answer = try await test.upload(
        .district, [("初评报告.pdf", EvidenceTests.pdf)], [("group", "31"), ("paper", "report")],
        to: path + "/papers?group=31")
      #expect(answer.status == .seeOther && answer.headers[.location] == path + "?group=31&done=attached#papers")
      let page = try await test.ask(.district, .get, path).text
      #expect(page.contains("初评报告.pdf") && !page.contains("推荐的，须写明理由"))
      let file = try #require(Self.files(page).first)
      // Before it is decided, the report is the offices' own.
      #expect(try await test.ask(.lead, .get, file).status == 404)
      #expect(try await !test.ask(.lead, .get, path).text.contains("初评报告.pdf"))
      #expect(try await test.ask(.district, .post, path, form: [("choice.31", "yes")]).status == 303)
      for person in [TestPerson.city, .supervisor, .lead, .member] {
        let found = try await test.fetch(person, .get, file)
        #expect(found.status == .ok && found.headers[.contentDisposition]?.hasPrefix("attachment") == true, "\(person)")
        let group = try await test.ask(person, .get, year.path("groups/31"))
        #expect(group.text.contains("初评报告.pdf"), "\(person)")
        #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      }
      for person in [TestPerson.otherDistrict, .otherLead, .foreignCity] {
        #expect(try await test.ask(person, .get, file).status == 404, "\(person)")
      }
      #expect(try await Self.said(test, "recommendationPaper.attached").count == 1)
      // Decided with it, it stays until there is another in its place.
      let kept = try await test.ask(.district, .post, file + "/removal", form: [("group", "31")])
      #expect(kept.status == 409 && kept.text.contains("附上新件后再删去"))
      let again = try await test.upload(
        .district, [("更正报告.pdf", EvidenceTests.pdf)], [("group", "31"), ("paper", "report")],
        to: path + "/papers?group=31")
      #expect(again.status == .seeOther)
      let gone = try await test.ask(.district, .post, file + "/removal", form: [("group", "31")])
      #expect(gone.status == 303)
      let left = try await test.ask(.lead, .get, path).text
      #expect(left.contains("更正报告.pdf") && !left.contains("初评报告.pdf"))
    }
  }

  @Test func `a paper is removed again before it is decided, evidence is taken over as it is`() async throws {
    try await TestSite.with { test in
      let (year, path) = try await Self.ready(test)
      test.clock.set(Instant(startOf: try #require(Day("2026-08-20"))))
      try await year.lay(31, "self")
      #expect(try await test.put(.lead, "自评报告.pdf", EvidenceTests.pdf).status == .created)
      try await year.handIn(31, "self")
      test.clock.set(Instant(startOf: try #require(Day("2026-09-15"))))
      let piece = try #require(try await test.evidence().first)
      let page = try await test.ask(.district, .get, path + "?group=31").text
      #expect(page.contains("<option value=\"\(piece.id)\">"))
      let link = try await test.ask(
        .district, .post, path + "/evidence",
        form: [("group", "31"), ("evidence", "\(piece.id)"), ("paper", "self-report")])
      #expect(link.status == 303)
      let file = try #require(Self.files(try await test.ask(.district, .get, path).text).first)
      let removed = try await test.ask(.district, .post, file + "/removal", form: [("group", "31")])
      #expect(removed.status == 303)
      #expect(try await test.ask(.district, .get, file).status == 404)
      #expect(try await test.ask(.district, .post, file + "/removal", form: [("group", "31")]).status == 404)
      #expect(try await Self.said(test, "recommendationPaper.removed").count == 1)
      // A paper nobody asks for, another group's evidence.
      for form in [
        [("group", "31"), ("evidence", "\(piece.id)"), ("paper", "scoresheet")],
        [("group", "31"), ("evidence", "1"), ("paper", "report")],
      ] {
        #expect(try await test.ask(.district, .post, path + "/evidence", form: form).status == 422)
      }
    }
  }

  @Test(arguments: [TestPerson.otherDistrict, .city, .lead, .supervisor])
  func `nobody else attaches anything`(person: TestPerson) async throws {
    try await TestSite.with { test in
      let (_, path) = try await Self.ready(test)
      let answer = try await test.upload(
        person, [("报告.pdf", EvidenceTests.pdf)], [("group", "31"), ("paper", "report")], to: path + "/papers?group=31")
      #expect(answer.status == .forbidden)
      #expect(test.keptFiles == [])
    }
  }

  @Test func `what isn't a document isn't taken, nor anything once the day is over`() async throws {
    try await TestSite.with { test in
      let (_, path) = try await Self.ready(test)
      let fields = [("group", "31"), ("paper", "report")]
      let script = try await test.upload(
        .district, [("报告.pdf", Array("<html><script>".utf8))], fields, to: path + "/papers?group=31")
      #expect(script.status == .unprocessableContent)
      test.clock.set(Instant(startOf: try #require(Day("2026-10-01"))))
      let late = try await test.upload(
        .district, [("报告.pdf", EvidenceTests.pdf)], fields, to: path + "/papers?group=31")
      #expect(late.status == .conflict)
      #expect(late.text.contains("2026-09-30"))
      #expect(try await test.ask(.district, .get, path).text.contains("缺</span>"))
    }
  }

  @Test func `what was attached after the decision goes again, rounds of attaching don't go on for ever`() async throws
  {
    try await TestSite.with { test in
      let (_, path) = try await Self.ready(test)
      let told = try await test.ask(.district, .post, path, form: [("choice.31", "yes"), ("reason.31", "报告月底补报")])
      #expect(told.status == 303)
      test.clock.set(test.clock.now.adding(seconds: 60))
      let fields = [("group", "31"), ("paper", "report")]
      for _ in 1...3 {
        let names = (1...20).map { ("报告\($0).pdf", EvidenceTests.pdf) }
        let answer = try await test.upload(.district, names, fields, to: path + "/papers?group=31")
        #expect(answer.status == .seeOther)
        for file in Self.files(try await test.ask(.district, .get, path + "?group=31").text) {
          _ = try await test.ask(.district, .post, file + "/removal", form: [("group", "31")])
        }
      }
      #expect(try await Self.said(test, "recommendationPaper.removed").count == 60)
      let more = try await test.upload(.district, [("又.pdf", EvidenceTests.pdf)], fields, to: path + "/papers?group=31")
      #expect(more.status == .conflict && more.text.contains("连同删去的已满 60 件"))
    }
  }

  @Test func `what an area hands in has a bound for the year`() async throws {
    try await TestSite.with(quota: 10) { test in
      let (_, path) = try await Self.ready(test)
      let fields = [("group", "31"), ("paper", "report")]
      let answer = try await test.upload(
        .district, [("报告.pdf", EvidenceTests.pdf)], fields, to: path + "/papers?group=31")
      #expect(answer.status == .unprocessableContent && answer.text.contains("限额"))
      #expect(test.keptFiles == [])
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what was chosen stays while papers are attached, for who chose it alone`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let (_, path) = try await Self.ready(test)
      let typed = [("choice.31", "yes"), ("reason.31", "先议后补")]
      // The button beside the row leads to its papers.
      let box = try await test.ask(.district, .post, path, form: typed + [("papers", "31")])
      #expect(box.status == 303 && box.headers[.location] == path + "?group=31#papers")
      #expect(try await Self.said(test, "group.recommended").isEmpty)
      func isKept(_ text: String) -> Bool {
        text.contains(#"value="先议后补""#) && text.contains("已选，未提交") && text.contains(#"value="yes" checked"#)
      }
      let page = try await test.ask(.district, .get, path + "?group=31")
      #expect(isKept(page.text))
      #expect(test.counter.count <= 8, "\(test.counter.count) statements")
      #expect(try await !test.ask(.supervisor, .get, path).text.contains("先议后补"))
      // A file that isn't taken: said on the page itself, with everything typed.
      let fields = [("group", "31"), ("paper", "report"), ("choice.31", "yes"), ("reason.31", "改写的理由")]
      let refused = try await test.upload(
        .district, [("报告.pdf", Array("<html><script>".utf8))], fields, to: path + "/papers?group=31")
      #expect(refused.status == .unprocessableContent)
      #expect(refused.text.contains("改写的理由") && refused.text.contains("第31教育集团：推荐材料"))
      let taken = try await test.upload(
        .district, [("报告.pdf", EvidenceTests.pdf)], fields, to: path + "/papers?group=31")
      #expect(taken.status == .seeOther)
      let after = try await test.ask(.district, .get, try #require(taken.headers[.location])).text
      #expect(after.contains("改写的理由") && after.contains("已附上"))
      // Handed in, nothing is left over; a choice taken back is none.
      #expect(try await test.ask(.district, .post, path, form: typed).status == 303)
      #expect(try await !test.ask(.district, .get, path).text.contains("已选，未提交"))
      let same = try await test.ask(.district, .post, path, form: typed + [("papers", "31")])
      #expect(same.status == 303)
      #expect(try await !test.ask(.district, .get, path).text.contains("已选，未提交"))
      // Nobody keeps anything where it isn't theirs to decide.
      #expect(try await test.ask(.otherDistrict, .post, path, form: typed + [("papers", "31")]).status == 303)
      #expect(try await test.ask(.lead, .post, path, form: typed + [("papers", "31")]).status == 403)
    }
  }

  @Test func `those to be decided stand first, and alone where they are asked for`() async throws {
    try await TestSite.with { test in
      let (year, path) = try await Self.ready(test)
      let all = try await test.ask(.city, .get, path).text
      #expect(all.contains("待决定 1") && all.contains("未评价 2") && all.contains("全部 3"))
      let open = try await test.ask(.district, .get, path + "?show=open").text
      #expect(open.contains("choice.31"))
      try await year.handIn(33, "preliminary", grade: "不合格", total: "50.00")
      let barred = try await test.ask(.city, .get, path + "?show=barred").text
      #expect(barred.contains("第33教育集团") && !barred.contains("第31教育集团"))
    }
  }
}
