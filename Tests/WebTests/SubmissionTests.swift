import Cycles
import HTTPTypes
import Notation
import People
import Policies
import Rules
import Scoring
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Handing in with and without the evidence that the policy asks for, and what a sheet says afterwards.
@Suite struct SubmissionTests {
  /// Something for every field of every item, bonus items aside, and a remark, as the records say otherwise.
  static func fill(_ test: TestSite, _ sheet: ID, as person: TestPerson = .lead) async throws {
    let (viewer, now, site) = (try await test.person(person), test.clock.now, test.site)
    try await site.database.write { transaction in
      let open = try #require(
        try SheetStore.open(authority: TestSite.city, sheet, for: viewer, at: now, site.editions, transaction))
      for item in open.state().items where !item.item.isBonus {
        let values = item.fields.compactMap { field in Self.value(field).map { (field.path, $0) } }
        for (path, value) in values + [(SheetMark.remark, "\"x\"")] {
          _ = try MarkStore.save(
            MarkChange(
              item: item.item.id, field: path, value: value, seen: 0, by: viewer.account, at: now, reviewer: nil),
            of: sheet, authority: TestSite.city, by: .program, transaction)
        }
      }
      let filled = try #require(
        try SheetStore.open(authority: TestSite.city, sheet, for: viewer, at: now, site.editions, transaction))
      let gaps = filled.state().gaps.map { "\($0.item) \(site.words(nil).text($0.message))" }
      #expect(gaps == [])
    }
  }

  private static func value(_ field: SheetField) -> String? {
    switch field.need.kind {
    case .number: "1"
    case .text: "\"x\""
    case .boolean: "true"
    case .level(let levels): levels.first.map { "\"\($0)\"" }
    case .names: "[]"
    case .counts: "{}"
    case .awards: nil
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a sheet without its required evidence is handed in only with a reason, which is kept`(engine: Engine)
    async throws
  {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let path = "/sheets/10/\(sheet)/submission"
      try await Self.fill(test, sheet)
      let page = try await test.ask(.lead, .get, path)
      #expect(page.status == 200)
      #expect(test.counter.count <= 8, "\(test.counter.count)")
      #expect(page.text.contains("数据已填齐；还缺") && page.text.contains("缺必需的佐证材料（"))
      #expect(!page.text.contains("各项齐全，可以提交"))
      #expect(page.text.contains("name=\"lacking\"") && page.text.contains("name=\"why\""))
      let home = try await test.ask(.lead, .get, "/")
      #expect(home.text.contains("缺必需的佐证") && home.text.contains("数据齐全　缺佐证"))
      #expect(test.counter.count <= 8)
      let forms: [[(String, String)]] = [
        [], [("lacking", "yes")], [("why", "另送")], [("lacking", "yes"), ("why", "  ")],
      ]
      for form in forms {
        let refused = try await test.ask(.lead, .post, path, form: form)
        #expect(refused.status == 422, "\(form)")
        #expect(refused.text.contains("件必需的佐证材料"))
      }
      let api = try await test.call(.lead, .post, "/api/v1\(path)")
      #expect(api.status == 422)
      let done = try await test.ask(.lead, .post, path, form: [("lacking", "yes"), ("why", "纸质材料另送")])
      #expect(done.status == 303)
      let log = try await test.site.database.read {
        try $0.row("SELECT after_value FROM audit WHERE action = 'sheet.submitted'")?.text("after_value")
      }
      let kept = try JSON.read(Array((log ?? "").utf8), file: "audit")
      #expect(kept["reason"]?.text == "纸质材料另送")
      #expect(kept["missing"]?.list?.isEmpty == false)
    }
  }

  @Test func `a program says why in its address`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      try await Self.fill(test, sheet)
      let answer = try await test.call(
        .lead, .post, "/api/v1/sheets/10/\(sheet)/submission?withoutEvidence=%E5%8F%A6%E9%80%81")
      #expect(answer.status == 201)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what is handed in says so, and has no last day any more`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      try await Self.fill(test, sheet)
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/submission", form: [("lacking", "yes"), ("why", "纸质材料另送")])
      test.clock.set(Instant(startOf: try #require(Day("2026-09-20"))))
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)").text
      #expect(page.contains("已于 8月20日 10:00 提交"), "when")
      #expect(page.contains("8月20日提交") && !page.contains("8月31日截止") && !page.contains("已过"))
      let next = try await SheetTests.sheet(test, group: 31, stage: "preliminary")
      let reader = try await test.ask(.city, .get, "/sheets/10/\(next)")
      #expect(reader.status == 200 && reader.text.contains("办理，本单位只能查看"))
      // The district finds the missing evidence listed, and isn't asked to answer for it.
      let check = try await test.ask(.district, .get, "/sheets/10/\(next)/submission").text
      #expect(check.contains("缺必需的佐证材料（") && !check.contains("name=\"lacking\""))
    }
  }

  @Test func `a correction stays beside what was recorded once the sheet is handed in`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      let sheet = try await SheetTests.sheet(test, group: 31)
      try await Self.fill(test, sheet)
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/submission", form: [("lacking", "yes"), ("why", "纸质材料另送")])
      let next = try await SheetTests.sheet(test, group: 31, stage: "preliminary")
      let form = [
        ("choice", "correct"), ("v:choice", "0"), ("f:group/exchange_rate", "7.7"), ("v:group/exchange_rate", "0"),
        ("remark", "台账为 7.7"), ("v:remark", "0"),
      ]
      #expect(try await test.ask(.district, .post, "/sheets/10/\(next)/items/4", form: form).status == 303)
      try await year.submit(31, "preliminary", by: .district)
      for person in [TestPerson.district, .lead, .city] {
        let page = try await test.ask(person, .get, "/sheets/10/\(next)?item=4").text
        #expect(page.contains("<del>1%</del>") && page.contains("7.7%") && page.contains("更正"), "\(person)")
        #expect(page.contains(">自查自评</th>"), "\(person)")
      }
      #expect(try await test.ask(.city, .get, "/sheets/10/\(next)/score-sheet").status == 200)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a confirmed year has nothing overdue, and a sheet given back is no extension`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let year = try TestYear.current(test)
      let sheet = try await SheetTests.sheet(test, group: 31)
      try await Self.fill(test, sheet)
      _ = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/submission", form: [("lacking", "yes"), ("why", "纸质材料另送")])
      let back = try await test.ask(
        .district, .post, "/sheets/10/\(sheet)/return", form: [("reason", "缺签到表"), ("due", "2026-09-05")])
      #expect(back.status == 303)
      _ = try await test.ask(
        .city, .post, year.path("extensions"),
        form: [("stage", "final"), ("due", "2026-11-10"), ("reason", "暴雨停课")])
      let page = try await test.ask(.city, .get, year.path()).text
      #expect(page.contains("退回重交") && page.contains(">延期</td>") && page.contains("9月5日"))
      test.clock.set(Instant(startOf: try #require(Day("2027-01-10"))))
      #expect(try await test.ask(.city, .get, year.path()).text.contains("逾期 1"))
      try await year.confirm()
      let later = try await test.ask(.city, .get, year.path()).text
      #expect(later.contains("已办结") && !later.contains("已过") && !later.contains("逾期 1"))
    }
  }

  @Test func `tasks on the year's page lead to where they are done`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      for group: Int64 in [31, 32, 33] { try await test.submit(group, "self", total: "80") }
      for person in [TestPerson.city, .district] {
        let page = try await test.ask(person, .get, year.path()).text
        #expect(!page.contains("#stages\""), "\(person)")
      }
      for group: Int64 in [31, 32, 33] {
        try await test.submit(group, "preliminary", total: "80")
        try await test.submit(group, "final", total: "80")
      }
      let links = try await test.ask(.city, .get, year.path()).text
      #expect(links.contains("href=\"/cycles/10/500/confirmation\"") || links.contains("/recommendation/"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a number that can hardly be meant is told where it stands and before handing in`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let doubt = "大于应完成数"
      try await Self.fill(test, sheet)
      #expect(try await !test.ask(.lead, .get, "/sheets/10/\(sheet)/submission").text.contains(doubt))
      let field = "group/school_brands.done"
      let saved = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/13", form: [("f:" + field, "9"), ("v:" + field, "1")])
      #expect(saved.status == 303)
      let page = try await test.ask(.lead, .get, "/sheets/10/\(sheet)?item=13")
      #expect(page.text.contains(doubt) && page.text.contains("待核对"))
      let submission = try await test.ask(.lead, .get, "/sheets/10/\(sheet)/submission")
      #expect(submission.text.contains("待核对的数据") && submission.text.contains(doubt))
      #expect(test.counter.count <= 8)
      // The number of schools differs from the register's: that asks for a reason.
      let silent = try await test.ask(
        .lead, .post, "/sheets/10/\(sheet)/items/13", form: [("remark", ""), ("v:remark", "1")])
      #expect(silent.status == 303)
      let open = try await test.ask(.lead, .get, "/sheets/10/\(sheet)/submission")
      #expect(open.text.contains("“集团学校数（学校品牌活动建设成效显著）”与台账不一致"))
    }
  }

  @Test func `a workbook's numbers are looked at before they are taken over`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let (viewer, now, site) = (try await test.person(.lead), test.clock.now, test.site)
      try await Self.fill(test, sheet)
      let read = try await site.database.read { transaction in
        try SheetStore.open(authority: TestSite.city, sheet, for: viewer, at: now, site.editions, transaction)
      }
      let open = try #require(read)
      var facts = open.state().facts
      facts.items["13"]?["group"]?.parts["school_brands"]?.values["done"] = .number(9)
      let book = try SheetValueTests.book(
        "ankang-2022", FactYears(years: [FactYear(year: open.cycle.year, groups: [facts])]))
      let answer = try await test.browser(.lead).upload("/sheets/10/\(sheet)/import/preview", book)
      #expect(answer.status == 200, "\(answer.text.prefix(300))")
      #expect(answer.text.contains("完成数 9 大于应完成数 1，核对后再提交。"))
    }
  }
}
