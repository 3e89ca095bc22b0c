import Fixtures
import Foundation
import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

/// Messages, calendars, reminders.
@Suite struct MessageTests {
  /// The city's list with the district's office named.
  static func listed(_ test: TestSite) async throws {
    _ = try await test.ask(.city, .post, "/tasks", form: [])
    _ = try await test.ask(.city, .post, "/tasks/units", form: [("name", "汉滨区教体局"), ("office", "11")])
  }

  @Test(arguments: TestDatabases.engines)
  func `who is late is told once, inside and by mail`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await Self.listed(test)
      #expect(try await test.ask(.district, .post, "/messages/mailbox", form: [("address", "a b@x")]).status == 422)
      #expect(
        try await test.ask(.district, .post, "/messages/mailbox", form: [("address", "office@example.org")]).status
          == 303)
      let courier = Courier(site: test.site)
      try await courier.remind()
      let first = try await test.ask(.district, .get, "/messages")
      #expect(test.counter.count <= 8)
      // More than three at once are one message, with the first of them by name.
      #expect(first.text.contains("项任务提醒") && first.text.contains("，期限 2022年") && first.text.contains("未读 1 条"))
      func letters() async throws -> Int {
        try await test.site.database.read { try $0.row("SELECT count(*) AS n FROM outbox")?.int("n") ?? -1 }
      }
      let count = try await letters()
      // All of a round in one letter.
      #expect(count == 1)
      try await courier.remind()
      #expect(try await letters() == count)
      #expect(!(try await test.ask(.otherDistrict, .get, "/messages").text.contains("组建教育集团")))
      let until = first.text.firstMatch(of: #/name="until" value="([0-9]+)"/#).map { String($0.output.1) } ?? ""
      #expect(try await test.ask(.district, .post, "/messages/read", form: [("until", until)]).status == 303)
      #expect(!(try await test.ask(.district, .get, "/messages").text.contains("未读 ")))
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a calendar shows its post's days until it is revoked`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await Self.listed(test)
      let made = try await test.ask(.district, .post, "/messages/calendars", form: [])
      let path = try #require(made.text.firstMatch(of: #/\/calendar\/[A-Za-z0-9_-]{43}/#).map { String($0.output) })
      let file = try await test.ask(nil, .get, path)
      #expect(file.status == 200 && file.headers[.contentType] == "text/calendar; charset=utf-8")
      #expect(test.counter.count <= 8)
      let text = file.text.replacing("\r\n ", with: "")
      #expect(text.contains("SUMMARY:任务到期：组建教育集团") && text.contains("区级初评"))
      #expect(!text.contains("SUMMARY:任务到期：建立联席会议制度"))
      #expect(try await test.ask(nil, .get, "/calendar/\(String(repeating: "A", count: 43))").status == 404)
      #expect(try await test.ask(nil, .get, "/calendar/x").status == 404)
      let page = try await test.ask(.district, .get, "/messages")
      #expect(!page.text.contains(path))
      let revoke = try #require(
        page.text.firstMatch(of: #/\/messages\/calendars\/[0-9]+\/revocation/#).map { String($0.output) })
      #expect(try await test.ask(.city, .post, revoke, form: []).status == 404)
      #expect(try await test.ask(.district, .post, revoke, form: []).status == 303)
      #expect(try await test.ask(nil, .get, path).status == 404)
    }
  }

  /// Fails as told and keeps what it carries.
  actor Bag: Carrier {
    var carried: [Letter] = []
    var failures: [CarrierFailure]

    init(_ failures: [CarrierFailure] = []) { self.failures = failures }

    func carry(_ letter: Letter) async throws(CarrierFailure) {
      if !failures.isEmpty { throw failures.removeFirst() }
      carried.append(letter)
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a letter is tried again later and given up where the server says never`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      func post() async throws {
        let (now, ids) = (test.clock.now, test.site.ids)
        try await test.site.database.write {
          try Outbox.post(to: "a@example.org", subject: "提醒", text: "期限", at: now, ids: ids, $0)
        }
      }
      func state() async throws -> [String] {
        try await test.site.database.read { transaction in
          try transaction.rows("SELECT tries, sent_at, failed_at FROM outbox ORDER BY id").map {
            "\(try $0.int("tries")) \(try $0.optionalInteger("sent_at") != nil) \(try $0.optionalInteger("failed_at") != nil)"
          }
        }
      }
      let courier = Courier(site: test.site)
      let bag = Bag([CarrierFailure(why: "down", isFinal: false)])
      try await post()
      try await courier.send(by: bag)
      #expect(try await state() == ["1 false false"])
      try await courier.send(by: bag)
      #expect(await bag.carried.isEmpty)
      test.clock.set(test.clock.now.adding(seconds: 61))
      try await courier.send(by: bag)
      #expect(try await state() == ["2 true false"])
      #expect(await bag.carried.map(\.subject) == ["提醒"])
      try await post()
      try await courier.send(by: Bag([CarrierFailure(why: "550 no such user", isFinal: true)]))
      #expect(try await state() == ["2 true false", "1 false true"])
    }
  }

  @Test func `a letter says where it can be read, if the site knows its address`() async throws {
    try await TestSite.with(origin: "https://junheng.example.cn") { test in
      let (now, ids, bag) = (test.clock.now, test.site.ids, Bag())
      try await test.site.database.write {
        try Outbox.post(to: "a@example.org", subject: "提醒", text: "期限", at: now, ids: ids, $0)
      }
      try await Courier(site: test.site).send(by: bag)
      #expect(await bag.carried.map(\.text) == ["期限\n\n查看：https://junheng.example.cn/messages"])
    }
  }

  @Test func `a letter's head is ASCII and cuts no character`() throws {
    let letter = Letter(
      id: ID(7), address: "a@example.org", subject: String(repeating: "任务已逾期", count: 12) + "\nBcc: x@example.org",
      text: "正文", writtenAt: Instant(milliseconds: 0), tries: 0)
    let text = CurlCarrier.message(letter, from: "junheng@example.org")
    let head = text.prefix(upTo: try #require(text.firstRange(of: "\r\n\r\n")).lowerBound)
    #expect(head.utf8.allSatisfy { $0 < 128 } && !head.contains("Bcc"))
    let words = head.matches(of: #/=\?utf-8\?B\?([A-Za-z0-9+\/=]+)\?=/#)
    #expect(words.allSatisfy { $0.output.0.count <= 75 })
    let subject = words.map { String(decoding: Data(base64Encoded: String($0.output.1)) ?? Data(), as: UTF8.self) }
      .joined()
    #expect(subject == String(repeating: "任务已逾期", count: 12) + "Bcc: x@example.org")
  }
}
