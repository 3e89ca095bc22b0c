import Foundation
import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct PublicPagesTests {
  /// Everything public of a year whose first edition is the latest.
  static let pages = [
    "", "/groups/31", "/editions/1", "/editions/1/groups/31", "/editions/1/check", "/editions/1/results.json",
    "/editions/1/results.csv", "/editions/1/results.xlsx",
  ].map { "/public/10/501" + $0 }

  @Test func `what isn't published is nowhere, whoever asks`() async throws {
    try await TestSite.with { test in
      _ = try await test.confirmedYear()
      let drafts = ["/public/10", "/public/10/501/editions/0", "/public/10/501/editions/-1", "/public/10/500"]
      for path in Self.pages + drafts {
        for person in [nil, TestPerson.city, .lead, .foreignCity] {
          #expect(try await test.ask(person, .get, path).status == 404, "\(path)")
        }
      }
      #expect(try await !test.ask(nil, .get, "/public").text.contains("/public/10"))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `what is published is everybody's, in few statements`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.publishedYear()
      for path in Self.pages + ["/public", "/public/10"] {
        let page = try await test.ask(nil, .get, path)
        #expect(page.status == 200, "\(path)")
        #expect(test.counter.count <= 8, "\(path): \(test.counter.all)")
      }
      #expect(try await test.ask(nil, .get, "/public/10/501").text.contains("第32教育集团"))
      for path in [
        "/groups/39", "/groups/x", "/editions/2", "/editions/0", "/editions/-1", "/editions/x", "/editions/1/groups/39",
        "/editions/2/results.json", "/editions/99999999999999999999",
      ] {
        #expect(try await test.ask(nil, .get, "/public/10/501" + path).status == 404, "\(path)")
      }
      for path in ["/public/19/501", "/public/10/590", "/public/19/590", "/public/19", "/public/11"] {
        #expect(try await test.ask(nil, .get, path).status == 404, "\(path)")
      }
    }
  }

  @Test func `a school's group is found by the school's name, and notices are one click away`() async throws {
    try await TestSite.with { test in
      _ = try await test.publishedYear()
      let school = try await test.site.database.read {
        try $0.row("SELECT name FROM participant_school WHERE cycle = 501 AND grp = 32 ORDER BY position LIMIT 1")?
          .text("name") ?? ""
      }
      let name = try #require(school.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
      let found = try await test.ask(nil, .get, "/public/10/501?name=\(name)").text
      func row(_ group: Int) -> Bool { found.contains(#"<td class="nm"><a href="/public/10/501/groups/\#(group)">"#) }
      #expect(row(32) && !row(31))
      #expect(found.contains("href=\"/notices\"") && found.contains("集团或学校名称"))
    }
  }

  @Test func `a public page calls the groups as its policy does, whoever reads it`() async throws {
    try await TestSite.with { test in
      _ = try await test.publishedYear()
      let visit = test.site.words(nil, calling: "教联体")
      #expect(visit.text("results.group") == "教联体" && visit.text("results.public").contains("集团化办学"))
      #expect(test.site.words(nil, calling: "").text("results.group") == "集团")
    }
  }

  /// As many groups more in the first edition, each a copy of one that is there.
  private static func add(_ count: Int64, _ test: TestSite) async throws {
    let copied = """
      name, district, form, members, schools, months, eligible, complete, base, bonus, total, grade, place, ranked,
      is_last, place_change, consequences, pending, vetoes, stages, card
      """
    try await test.site.database.write { transaction in
      for group in 1_000..<(1_000 + count) {
        try transaction.run(
          """
          INSERT INTO result (authority, cycle, edition, grp, position, \(copied))
          SELECT authority, cycle, edition, $1, $1, \(copied) FROM result
          WHERE authority = 10 AND cycle = 501 AND edition = 1 AND grp = 31
          """, [.integer(group)])
      }
    }
  }

  @Test func `a list is printed whole up to a thousand rows, beyond that its files are named`() async throws {
    try await TestSite.with { test in
      _ = try await test.publishedYear()
      func rows(_ path: String) async throws -> (count: Int, text: String) {
        let page = try await test.ask(nil, .get, "/public/10/501" + path)
        #expect(page.status == 200)
        return (page.text.matches(of: #/<tr><td class="n b">/#).count, page.text)
      }
      let few = try await rows("")
      #expect(few.count == 3 && !few.text.contains("print=all"))
      try await Self.add(27, test)
      let some = try await rows("")
      #expect(some.count == 20 && some.text.contains("print=all"))
      let whole = try await rows("?print=all")
      #expect(whole.count == 30 && !whole.text.contains("print=all") && !whole.text.contains("最多打印"))
      try await test.site.database.write { try $0.run("DELETE FROM result WHERE grp >= 1000", []) }
      try await Self.add(1_000, test)
      let many = try await rows("")
      #expect(many.count == 20 && !many.text.contains("print=all") && many.text.contains("最多打印 1000 行"))
      let asked = try await rows("?print=all&page=7")
      #expect(asked.count == 1_000 && asked.text.contains("第 1—1000 个，共 1003 个"))
      #expect(!asked.text.contains("page=2"))
    }
  }

  @Test func `a correction is an edition of its own that says what it changed, and the first stays`() async throws {
    try await TestSite.with { test in
      let year = try await test.publishedYear()
      let first = try await test.ask(nil, .get, "/public/10/501/editions/1/results.json").text
      test.clock.set(year.day(11, 20))
      _ = try await test.ask(.city, .post, "/cycles/10/501/reopening", form: [("reason", "第1项漏计")])
      try await year.correct(31, SmallMarks(90, 30), at: year.day(11, 21))
      test.clock.set(year.day(11, 22))
      try await test.decideAndConfirm()
      // Until it is published nobody outside learns of it.
      let before = try await test.ask(nil, .get, "/public/10/501")
      #expect(before.text.contains("96.00") && !before.text.contains("第1项漏计"))
      #expect(try await test.ask(nil, .get, "/public/10/501/editions/2").status == 404)
      let page = try await test.ask(.city, .get, "/cycles/10/501/publication")
      #expect(page.status == 200 && page.text.contains("第31教育集团"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      let form = [("document", "更正1号"), ("items", "1")]
      #expect(try await test.ask(.city, .post, "/cycles/10/501/publication", form: form).status == 409)
      let done = try await test.ask(
        .city, .post, "/cycles/10/501/publication", form: form + [("reason", "第1项漏计")])
      #expect(done.status == 303)
      let after = try await test.ask(nil, .get, "/public/10/501")
      #expect(after.text.contains("92.00") && after.text.contains("第1项漏计"))
      #expect(test.counter.count <= 8, "\(test.counter.all)")
      #expect(try await test.ask(nil, .get, "/public/10/501/editions/1").text.contains("96.00"))
      #expect(try await test.ask(nil, .get, "/public/10/501/editions/1/results.json").text == first)
    }
  }
}
