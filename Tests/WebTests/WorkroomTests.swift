import Dispatch
import Foundation
import HTTPTypes
import Notation
import Storage
import StorageFixtures
import Synchronization
import Testing

@testable import Web

/// What takes long is done beside the threads that answer requests.
@Suite struct WorkroomTests {
  /// Works that stand at a gate until it opens.
  private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let names = Mutex<[String]>([])

    var begun: [String] { names.withLock { $0 } }

    func work(_ name: String) {
      names.withLock { $0.append(name) }
      semaphore.wait()
    }

    func open(_ count: Int) { for _ in 0..<count { semaphore.signal() } }
  }

  /// Yields until something has come about that is on its way.
  private func until(_ isSo: () async -> Bool) async {
    while await !isSo() { await Task.yield() }
  }

  @Test func `works on threads of its own, which give way to those that answer pages`() async throws {
    let usual = nice(0)
    let seen = try await Workroom().perform(for: "a") { nice(0) }
    #expect(seen == min(19, usual + Workroom.patience))
    #expect(nice(0) == usual)
  }

  @Test func `two work, so many wait, and whoever comes then is refused at once`() async throws {
    let (room, gate) = (Workroom(most: 2, mostWaiting: 3), Gate())
    let works = (0..<5).map { number in
      Task { try await room.perform(for: "\(number)") { gate.work("\(number)") } }
    }
    await until { await room.waiting == 3 }
    await until { gate.begun.count == 2 }
    do {
      try await room.perform(for: "late") { () -> Void in Issue.record("nobody should have come to this") }
      Issue.record("nobody was refused")
    } catch let refusal as Refusal {
      #expect(refusal.status == .serviceUnavailable)
      #expect(refusal.headers[.retryAfter] == "5")
    }
    gate.open(5)
    for work in works { try await work.value }
    // Afterwards it is as free as before.
    let result = try await room.perform(for: "late") { 7 }
    #expect(result == 7)
    #expect(await room.begun == 6)
  }

  @Test func `nobody takes both places, and others pass those who wait for their own`() async throws {
    let (room, gate) = (Workroom(most: 2, mostWaiting: 16, mostOfOne: 2), Gate())
    let greedy = (0..<3).map { _ in Task { try await room.perform(for: "greedy") { gate.work("greedy") } } }
    await until { await room.waiting == 2 }
    await #expect(throws: Refusal.self) { try await room.perform(for: "greedy") {} }
    let other = try await room.perform(for: "other") { "passed" }
    #expect(other == "passed")
    #expect(gate.begun == ["greedy"])
    gate.open(3)
    for work in greedy { try await work.value }
    #expect(gate.begun.count == 3)
    #expect(await room.waiting == 0)
  }

  @Test func `what went wrong in a work is thrown to whoever asked, and frees its place`() async throws {
    let room = Workroom(most: 1, mostWaiting: 0)
    for _ in 0..<3 {
      await #expect(throws: Refusal.self) { try await room.perform(for: "a") { throw Refusal.notFound } }
    }
    #expect(await room.begun == 3)
  }

  @Test func `every workbook and dry run is made there, once for each asking`() async throws {
    try await TestSite.with { test in
      _ = try await test.publishedYear()
      let edition = try await test.site.database.read { transaction in
        try transaction.row("SELECT edition FROM cycle WHERE authority = 10 AND id = 501")?.text("edition") ?? ""
      }
      let sheet = try await test.site.database.read { transaction in
        try transaction.row("SELECT MIN(id) AS id FROM sheet WHERE authority = 10 AND cycle = 501 AND school = 0")?
          .id("id") ?? ID(0)
      }
      let asked: [(TestPerson, String)] = [
        (.city, Endpoint.resultsBook.link(10, 501)), (.city, Endpoint.groupListBook.link(10, 501)),
        (.city, Endpoint.progressBook.link(10, 501)), (.city, Endpoint.ratesBook.link(10, 501)),
        (.city, Endpoint.sheetBook.link(10, sheet)), (.city, Endpoint.scoreSheet.link(10, sheet)),
        (.system, Endpoint.accountBook.link(query: [("with", "all")])), (.security, Endpoint.postBook.link()),
        (.city, Endpoint.dryRun.link(query: [("edition", edition), ("year", "2028")])),
      ]
      for (person, link) in asked {
        let before = await test.site.workroom.begun
        let answer = try await test.ask(person, .get, link)
        #expect(answer.status == 200, "\(link): \(answer.text.prefix(500))")
        #expect(await test.site.workroom.begun == before + 1, "\(link)")
      }
      let before = await test.site.workroom.begun
      let preview = try await test.browser(.system).upload(Endpoint.previewAccounts.link(), Array("no workbook".utf8))
      #expect(preview.status == 422)
      #expect(await test.site.workroom.begun == before + 1)
    }
  }

  @Test func `a sheet's workbook is read there, and beyond the line the answer says so`() async throws {
    try await TestSite.with { test in
      let sheet = try await test.site.database.read { transaction in
        try transaction.row(
          "SELECT MIN(id) AS id FROM sheet WHERE authority = 10 AND cycle = 500 AND grp = 31 AND school = 0")?
          .id("id") ?? ID(0)
      }
      let link = Endpoint.sheetImportPreview.link(10, sheet)
      let lead = try await test.browser(.lead)
      let before = await test.site.workroom.begun
      #expect(try await lead.upload(link, Array("no workbook".utf8)).status == 422)
      #expect(await test.site.workroom.begun == before + 1)
      let (gate, room) = (Gate(), test.site.workroom)
      let works = (0..<18).map { number in
        Task { try await room.perform(for: "\(number)") { gate.work("") } }
      }
      await until { await room.waiting == 16 }
      let refused = try await lead.upload(link, Array("no workbook".utf8))
      #expect(refused.status == 503)
      #expect(refused.headers[.retryAfter] == "5")
      #expect(refused.text.contains("过几秒再试"))
      let book = try await test.ask(.lead, .get, Endpoint.sheetBook.link(10, sheet), accept: "application/json")
      #expect(book.status == 503)
      #expect(book.text.contains("过几秒再试"))
      // Pages are answered as ever.
      #expect(try await test.ask(.lead, .get, Endpoint.sheet.link(10, sheet)).status == 200)
      gate.open(18)
      for work in works { try await work.value }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a published edition's workbook is made once, however many ask without an account`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      _ = try await test.publishedYear()
      let before = await test.site.workroom.begun
      for form in ["xlsx", "csv"] {
        let link = "/public/10/501/editions/1/results.\(form)"
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
          for _ in 0..<40 { group.addTask { try await test.ask(nil, .get, link) } }
          return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.map(\.text)).count == 1)
        #expect(answers.first?.headers[.cacheControl]?.contains("immutable") == true)
      }
      #expect(test.site.published.made == 2)
      #expect(await test.site.workroom.begun == before + 2)
    }
  }

  @Test func `the shelf of editions keeps what was asked for last, and nothing that couldn't be made`() async throws {
    let shelf = EditionShelf(room: 10)
    func ask(_ key: String, _ size: Int = 4) async throws {
      let bytes = try await shelf.file(key) { [UInt8](repeating: 1, count: size) }
      #expect(bytes.count == size)
    }
    for key in ["a", "b", "a", "c", "a"] { try await ask(key) }
    #expect(shelf.made == 3)
    #expect(shelf.size == 8)
    try await ask("b")
    #expect(shelf.made == 4)
    // More than there is room for is handed over and not kept.
    for _ in 0..<2 { try await ask("large", 11) }
    #expect(shelf.made == 6)
    #expect(shelf.size <= 10)
    for _ in 0..<2 { await #expect(throws: Refusal.self) { try await shelf.file("bad") { throw Refusal.busy } } }
    #expect(shelf.made == 8)
  }
}
