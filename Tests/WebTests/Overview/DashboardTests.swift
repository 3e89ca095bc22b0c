import HTTPTypes
import Notation
import Storage
import Testing

@testable import Web

@Suite struct DashboardTests {
  @Test func `what is handed in shows at once`() async throws {
    try await TestSite.with { test in
      #expect(try await !test.ask(.city, .get, "/").text.contains("得分率　"))
      try await test.submit(31, "self", total: "88.50", scores: [("1", "6"), ("4", "2.5")])
      let page = try await test.ask(.city, .get, "/")
      #expect(page.text.contains("得分率　3 个集团 × 18 项"))
      #expect(page.text.contains("88.50"))
    }
  }

  @Test func `the nearest day of what is open is told, not that of the stage most groups are at`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      try await year.bringToFinal(31)
      try await year.handIn(33, "self")
      test.clock.set(Instant(startOf: try #require(Day("2026-09-20"))))
      let page = try await test.ask(.city, .get, "/").text
      #expect(page.contains("9月30日"))
      #expect(page.contains("区级初评 1 个，9月30日前") || page.contains("区级初评，9月30日前"))
      let district = try await test.ask(.district, .get, "/").text
      #expect(!district.contains("区级初评阶段"))
    }
  }

  /// Thousands of groups stand in one; a page kept with it must not keep it.
  @Test func `an overview is let go once another has taken its place`() async throws {
    try await TestSite.with { test in
      let year = try TestYear.current(test)
      _ = try await test.ask(.city, .get, "/")
      let (site, now, city) = (test.site, test.clock.now, TestPerson.city.appointment)
      weak let first = try await site.database.read { transaction in
        let cycle = try #require(try CycleStore.cycle(authority: ID(10), year.cycle, site.editions, transaction))
        return try site.overviews.overview(of: cycle, for: city, at: now, transaction)
      }
      #expect(first != nil)
      _ = try await test.ask(.city, .get, "/")
      try await test.submit(31, "self", total: "88.50")
      _ = try await test.ask(.city, .get, "/")
      #expect(first == nil)
    }
  }

  @Test func `marks leave the counting as it was`() async throws {
    try await TestSite.with { test in
      _ = try await test.ask(.city, .get, "/")
      _ = try await test.ask(.city, .get, "/")
      let warm = test.counter.count
      let now = test.clock.now
      try await test.site.database.write {
        $0.record(AuditEntry(authority: ID(10), at: now, actor: .program, action: "mark.saved", object: "sheet/1"))
      }
      _ = try await test.ask(.city, .get, "/")
      #expect(test.counter.count == warm)
      try await test.submit(31, "self", total: "88.50")
      _ = try await test.ask(.city, .get, "/")
      #expect(test.counter.count > warm)
    }
  }

  @Test func `full points are dark, few are pale, missing ones hatched, each a way to its sheet`() async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "50", scores: [("1", "6"), ("4", "2.5"), ("18", nil)])
      let sheet = try await SheetTests.sheet(test, group: 31)
      let page = try await test.ask(.city, .get, "/").text
      func cell(_ item: String) throws -> Substring {
        let start = try #require(page.firstRange(of: "href=\"/sheets/10/\(sheet)?item=\(item)\""))
        return page[start.upperBound...].prefix(160)
      }
      #expect(try cell("1").contains(Shade.from90.colour))
      #expect(try cell("4").contains(Shade.below60.colour))
      #expect(try cell("18").contains("url(#h)"))
      #expect(page.contains("最弱三项"))
    }
  }

  @Test func `alerts name vetoes, what was returned, what is missing and who is late`() async throws {
    try await TestSite.with { test in
      try await test.submit(31, "self", total: "50", scores: [("18", nil)])
      try await test.submit(32, "self", total: "60")
      try await test.giveBack(32, "self", reason: "第3项缺签到表 <b>")
      try await test.layVeto(33, "falsification", reason: "材料不实")
      let page = try await test.ask(.city, .get, "/").text
      #expect(page.contains("一票否决：弄虚作假。材料不实"))
      #expect(page.contains("退回补充：第3项缺签到表 &lt;b&gt;"))
      #expect(page.contains("1 个集团自查自评有未评的指标"))
      test.clock.set(Instant(startOf: try #require(Day("2026-09-03"))))
      let later = try await test.ask(.city, .get, "/").text
      #expect(later.contains("已过期 3 天"))
      #expect(try await test.ask(.otherDistrict, .get, "/").text.contains("第32教育集团"))
      #expect(try await !test.ask(.otherDistrict, .get, "/").text.contains("材料不实"))
    }
  }

  @Test func `a district looks at its own groups, and at no other`() async throws {
    try await TestSite.with { test in
      let own = try await test.ask(.district, .get, "/").text
      #expect(own.contains("第31教育集团") && !own.contains("第32教育集团"))
      #expect(try await test.ask(.district, .get, "/?area=12").status == 404)
      #expect(try await test.ask(.district, .get, "/?area=10").status == 404)
      let below = try await test.ask(.city, .get, "/?area=12").text
      #expect(below.contains("第32教育集团") && !below.contains("第31教育集团"))
      #expect(try await test.ask(.city, .get, "/?area=19").status == 404)
    }
  }

  @Test func `progress leaves as a workbook`() async throws {
    try await TestSite.with { test in
      let book = try await test.ask(.city, .get, "/cycles/10/500/progress.xlsx")
      #expect(book.status == 200)
      #expect(book.headers[.contentType]?.contains("spreadsheetml") == true)
      #expect(book.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    }
  }
}
