import Fixtures
import HTTPTypes
import HummingbirdTesting
import Ledgers
import NIOCore
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Who keeps which records through the pages.
@Suite struct KeeperPageTests {
  static let path = LedgerPageTests.of("appraisals")
  static let found = [("school", "21"), ("grade", "优秀"), ("improved", "是")]

  @Test(arguments: TestDatabases.engines)
  func `what the authority found of a school's teaching is written by the office and read by schools`(
    engine: Engine
  ) async throws {
    try await TestSite.with(engine) { test in
      let answers: [(TestPerson, Int)] = [
        (.lead, 403), (.member, 403), (.supervisor, 403), (.expertA, 403), (.otherDistrict, 404), (.foreignCity, 404),
        (.otherLead, 404), (.district, 303),
      ]
      for (person, status) in answers {
        #expect(try await test.ask(person, .post, Self.path, form: Self.found).status == status, "\(person)")
      }
      let page = try await test.ask(.lead, .get, Self.path).text
      #expect(
        page.contains("优秀") && page.contains("被评学校") && !page.contains("<form method=\"post\" action=\"\(Self.path)\""))
      #expect(try await test.ask(.city, .get, Self.path).text.contains("action=\"\(Self.path)\""))
      // Nothing else is the office's to write.
      for kind in LedgerKinds.all where kind.id != "appraisals" {
        let answer = try await test.ask(.district, .post, LedgerPageTests.of(kind.id), form: [("school", "21")])
        #expect(answer.status == 403, "\(kind.id)")
      }
    }
  }

  @Test func `the office's workbook of them is shown first, then kept; a school's is refused`() async throws {
    try await TestSite.with { test in
      #expect(try await test.ask(.district, .post, Self.path, form: Self.found).status == 303)
      #expect(try await test.ask(.district, .get, Self.path + "/import").status == 200)
      let book = try await test.fetch(.district, .get, Self.path + "/book.xlsx?with=all")
      let bytes = [UInt8](buffer: book.body)
      let office = try await test.browser(.district)
      let same = try await office.upload(Self.path + "/import/preview", bytes)
      #expect(same.status == 200 && same.text.contains("没有更改"), "\(same.text.prefix(400))")
    }
  }

  @Test func `a time that is none and a venue that is taken are told at their fields`() async throws {
    try await TestSite.with { test in
      let path = LedgerPageTests.of("bookings")
      let form = [
        ("day", "2026-05-20"), ("provider", "第21小学"), ("venue", "体育馆"), ("guest", "第22小学"), ("begins", "09:00"),
        ("ends", "10:00"),
      ]
      #expect(try await test.ask(.lead, .post, path, form: form).status == 303)
      let again = try await test.ask(.lead, .post, path, form: form)
      #expect(again.status == 422 && again.text.contains("“体育馆”09:00—10:00 已有预约"))
      let wrong = try await test.ask(.lead, .post, path, form: form.map { $0.0 == "begins" ? ("begins", "zz:zz") : $0 })
      #expect(wrong.status == 422 && wrong.text.contains("“开始时间”填的“zz:zz”不是时间"))
      #expect(try await test.ask(.lead, .get, path).text.contains("type=\"time\""))
    }
  }
}
