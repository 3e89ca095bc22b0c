import Documents
import Fixtures
import Foundation
import HTTPTypes
import Notation
import People
import Registry
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct RegistryPagesTests {
  /// Stages, flags and statistics, which the small city hasn't.
  static func furnish(_ test: TestSite) async throws {
    try await test.site.database.write { transaction in
      try transaction.run("UPDATE school SET stages = 2, ownership = 'public' WHERE id < 29")
      try transaction.run(
        "INSERT INTO school (id, authority, code, name, stages, created_at) VALUES (28, 11, 's28', '第28小学', 6, 0)")
      try transaction.run(
        "INSERT INTO school_flag (school, flag, area, since) VALUES (28, 'weak', '', '2020-01-01')")
      for (school, pupils) in [(21, 900), (22, 300), (28, 600)] {
        for (year, rooms) in [(2025, 3000), (2026, 4500)] {
          try transaction.run(
            """
            INSERT INTO school_year (school, year, part, pupils, teachers, qualified, rooms)
            VALUES ($1, $2, 'primary', $3, 60, 40, $4)
            """, [.integer(school), .integer(year), .integer(pupils), .text(String(rooms))])
        }
      }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `every page is there for whom it is, in at most eight statements`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await Self.furnish(test)
      let all = [
        "/registry", "/registry?q=21&stage=primary&state=covered&sort=name&day=2026-01-01&location=urban&compulsory=1",
        "/registry?state=uncovered&flag=weak&compulsory=1", "/registry/groups",
        "/registry/groups?state=noLead&sort=members&from=2020&to=2026", "/registry/schools/21", "/registry/groups/31",
      ]
      let offices = [
        "/registry/coverage", "/registry/coverage?policy=ankang-2022&day=2024-06-01", "/registry/balance",
        "/registry/balance?year=2025&area=11", "/registry/quality",
      ]
      for person in [TestPerson.city, .district, .lead, .member, .supervisor] {
        for path in all + (person.role.isOfSchool ? [] : offices) {
          let page = try await test.ask(person, .get, path)
          #expect(page.status == 200, "\(path) as \(person)")
          #expect(test.counter.count <= 8, "\(path): \(test.counter.count) statements")
          #expect(!page.text.contains(">registry.") && !page.text.contains(">balance."), "\(path): a text is missing")
        }
      }
      for path in offices { #expect(try await test.ask(.lead, .get, path).status == 403) }
      for path in ["/registry/schools/21", "/registry/groups/31", "/registry/coverage?area=11"] {
        #expect(try await test.ask(.foreignCity, .get, path).status == 404, "\(path)")
      }
      #expect(try await test.ask(.otherDistrict, .get, "/registry/schools/21").status == 404)
      #expect(try await test.ask(.lead, .get, "/registry/schools/24").status == 404)
      #expect(try await test.ask(.lead, .get, "/registry/schools/22").status == 200)
      let list = try await test.ask(.otherDistrict, .get, "/registry")
      #expect(list.text.contains("第24小学") && !list.text.contains("第21小学"))
    }
  }

  @Test func `coverage shows what a deputy mayor asks, and the list behind`() async throws {
    try await TestSite.with { test in
      try await Self.furnish(test)
      let page = try await test.ask(.district, .get, "/registry/coverage?day=2026-06-01")
      // 21, 22 and 23 of four.
      #expect(page.text.contains("75.0%") && page.text.contains("4 所中 3 所"))
      let behind = try await test.ask(
        .district, .get, "/registry?compulsory=1&state=uncovered&area=11&day=2026-06-01")
      #expect(behind.text.contains("第28小学") && !behind.text.contains("第22小学"))
      let plan = try await test.ask(.city, .get, "/registry/coverage?policy=ankang-2022&day=2026-06-01")
      #expect(plan.text.contains("附件1") && plan.text.contains("<svg"))
    }
  }

  @Test func `the lists behind the targets are what was counted`() async throws {
    try await TestSite.with { test in
      try await Self.furnish(test)
      try await test.site.database.write { transaction in
        try transaction.run(
          "INSERT INTO school_flag (school, flag, area, since) VALUES (21, 'area', 'central', '2020-01-01')")
        try transaction.run("UPDATE school_group SET form = 'collaborative' WHERE id = 31")
      }
      let page = try await test.ask(.city, .get, "/registry/coverage?policy=ankang-2022&day=2024-06-01")
      #expect(page.text.contains("zone=central") && page.text.contains("forms=") && page.text.contains("others="))
      #expect(!page.text.contains("uncovered&amp;flag="))
      func sees(_ path: String, _ name: String) async throws -> Bool {
        let list = try await test.ask(.city, .get, path + "&day=2026-06-01")
        #expect(list.status == 200)
        return list.text.contains(name)
      }
      let zone = "/registry?compulsory=1&zone=central"
      let (inside, outside) = (try await sees(zone, "第21小学"), try await sees(zone, "第22小学"))
      #expect(inside && !outside)
      let group = "/registry/groups/31"
      let lists = [
        "forms=integrated,entrusted": false, "forms=collaborative": true, "others=integrated,entrusted": true,
        "others=collaborative": false, "zone=central": true, "zone=x": false,
      ]
      for (query, isListed) in lists {
        let found = try await sees("/registry/groups?" + query, group)
        #expect(found == isListed, "\(query)")
      }
    }
  }

  @Test func `a change says why and since when, and keeps what was`() async throws {
    try await TestSite.with { test in
      try await Self.furnish(test)
      let form = try await test.ask(.district, .get, "/registry/forms/schools?id=21")
      #expect(form.status == 200 && form.text.contains("第21小学"))
      let fields = [
        ("id", "21"), ("c.name", "改名小学"), ("c.authority", "a11"), ("c.stages", "primary"), ("c.stages", "junior"),
        ("from", "2026-03-01"),
      ]
      let without = try await test.ask(.district, .post, "/registry/forms/schools", form: fields)
      #expect(without.status == 422 && without.text.contains("缺少事由"))
      let stored = try await test.ask(
        .district, .post, "/registry/forms/schools", form: fields + [("reason", "批复")])
      #expect(stored.status == 303 && stored.location == "/registry/schools/21?done=changed")
      let then = try await test.ask(.district, .get, "/registry?day=2026-02-28")
      #expect(then.text.contains("第21小学"))
      let now = try await test.ask(.district, .get, "/registry?day=2026-03-01")
      #expect(now.text.contains("改名小学") && now.text.contains("九年一贯制"))
      // Nobody changes what answers to somebody else.
      let foreign = try await test.ask(
        .otherDistrict, .post, "/registry/forms/schools", form: fields + [("reason", "x")])
      #expect(foreign.status == 404)
      let moved = try await test.ask(
        .otherDistrict, .post, "/registry/forms/memberships",
        form: [
          ("c.group", "g31"), ("c.school", "s24"), ("c.role", "member"), ("c.since", "2026-01-01"), ("reason", "x"),
        ])
      #expect(moved.status == 422 && moved.text.contains("管理范围"))
      #expect(try await test.ask(.district, .get, "/registry/forms/nothing").status == 404)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a school merged in the middle of the year ends its memberships and says where it went`(engine: Engine)
    async throws
  {
    try await TestSite.with(engine) { test in
      try await Self.furnish(test)
      let fields = [
        ("id", "22"), ("c.name", "第22小学"), ("c.authority", "a11"), ("c.stages", "primary"),
        ("c.closed", "2026-03-01"), ("c.ending", "merged"), ("reason", "撤并"),
      ]
      let nowhere = try await test.ask(.district, .post, "/registry/forms/schools", form: fields)
      #expect(nowhere.status == 422 && nowhere.text.contains("没有去向"))
      let stored = try await test.ask(
        .district, .post, "/registry/forms/schools", form: fields + [("successors", "s21")])
      #expect(stored.status == 303, "\(stored.text)")
      for (day, count) in [("2026-02-28", 3), ("2026-03-01", 2)] {
        let group = try await test.ask(.district, .get, "/registry/groups/31?day=\(day)")
        let now = group.text.components(separatedBy: "此前此后").first ?? ""
        #expect(now.components(separatedBy: "/registry/schools/").count - 1 == count, "\(day)")
      }
      let page = try await test.ask(.district, .get, "/registry/schools/22")
      #expect(page.text.contains("合并") && page.text.contains("第21小学"))
      let before = try await test.ask(.district, .get, "/registry/coverage?day=2026-02-28")
      #expect(before.text.contains("4 所中 3 所"))
      let after = try await test.ask(.district, .get, "/registry/coverage?day=2026-03-01")
      #expect(after.text.contains("3 所中 2 所"))
    }
  }

  static func workbook(_ rows: RegistryRows) throws -> [UInt8] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("r-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try RegistryWorkbook(catalogue: .chinese, forms: FormNames([])).write(rows, to: path)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  @Test(arguments: TestDatabases.engines)
  func `a workbook is previewed, accepted as a whole, and comes back the same`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      var rows = RegistryRows()
      rows[.schools] = [
        RegistryRow(["2161000123", "新学校", "a11", "primary junior", "public", "rural", nil, nil, "120", nil, nil, nil])
      ]
      rows[.memberships] = [RegistryRow(["g31", "2161000123", "member", "2026-02-01", nil])]
      rows[.schoolFlags] = [RegistryRow(["2161000123", "new", nil, "2025-09-01", "2028-08-31"])]
      rows[.years] = [
        RegistryRow(["2161000123", "2026", "primary", "120", "10", "5", nil, nil, "600.5", nil, "240000", nil])
      ]
      let browser = try await test.browser(.district)
      let preview = try await browser.upload("/registry/import/preview", try Self.workbook(rows))
      #expect(preview.status == 200 && preview.text.contains("新学校") && preview.text.contains("新增 4"))
      #expect(try await test.site.database.read { try $0.rows("SELECT 1 AS n FROM school WHERE name = '新学校'").isEmpty })
      func hidden(_ name: String) throws -> String {
        let cut = try #require(preview.text.firstRange(of: "name=\"\(name)\" value=\""))
        return String(preview.text[cut.upperBound...].prefix { $0 != "\"" })
      }
      let fields = [("draft", try hidden("draft")), ("seal", try hidden("seal")), ("reason", "核对")]
      // Somebody else's preview isn't accepted.
      #expect(try await test.ask(.city, .post, "/registry/import", form: fields).status == 422)
      let stored = try await browser.post("/registry/import", fields)
      #expect(stored.status == 303, "\(stored.text)")
      let list = try await test.ask(.district, .get, "/registry")
      #expect(list.text.contains("新学校"))
      let again = try await browser.upload("/registry/import/preview", try Self.workbook(rows))
      #expect(again.text.contains("与登记一致"))
      #expect(try await browser.get("/registry/registry.xlsx?with=all").status == 200)
    }
  }

  @Test func `everything wrong in a workbook is named with its cell, and nothing is stored`() async throws {
    try await TestSite.with { test in
      var rows = RegistryRows()
      rows[.schools] = [
        RegistryRow(["123", "坏学校", "a12", nil, nil, nil, "91350100M000100Y4Z", nil, nil, nil, nil, nil]),
        RegistryRow(["s21", "第21小学", "a99", nil, nil, nil, nil, nil, "900", nil, nil, nil]),
      ]
      let browser = try await test.browser(.district)
      let preview = try await browser.upload("/registry/import/preview", try Self.workbook(rows))
      #expect(preview.status == 422)
      for cell in ["学校!A3", "学校!C3", "学校!G3", "学校!C4"] { #expect(preview.text.contains(cell), "\(cell)") }
      #expect(try await browser.upload("/registry/import/preview", Array("no".utf8)).status == 422)
    }
  }
}
