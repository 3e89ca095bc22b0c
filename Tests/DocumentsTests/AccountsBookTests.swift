import Documents
import Fixtures
import Foundation
import Notation
import People
import Testing
import Workbooks

@Suite struct AccountsBookTests {
  /// The kernel's sentences and those of pages on people.
  static let catalogues = [Catalogue.chinese, .english].map { kernel in
    ["frame", "people"].reduce(kernel) { joined, room in
      joined.joined(with: Repository.bytes("Sources/Web/Texts/\(kernel.language)/\(room).txt"))
    }
  }

  static let rows = [
    AccountRow(
      login: Login("li.na")!, name: "Li Na", role: .office, unit: "0610", since: Day("2025-09-01")!, last: nil),
    AccountRow(
      login: Login("li.na")!, name: "Li Na", role: .expert, unit: "0610", since: Day("2025-09-01")!,
      last: Day("2026-08-31")!),
    AccountRow(
      login: Login("13800138000")!, name: "=1+1", role: .lead, unit: "S-1", since: Day("2026-01-01")!, last: nil),
  ]

  static func template(_ rows: [AccountRow] = rows, _ catalogue: Catalogue = catalogues[0]) throws -> [UInt8] {
    try Repository.withFolder { folder in
      try AccountsBook(catalogue: catalogue)
        .write(rows, units: [.init(code: "0610", name: "=City", isSchool: false)], to: folder + "/a.xlsx")
      return FileManager.default.contents(atPath: folder + "/a.xlsx").map { Array($0) } ?? []
    }
  }

  static func read(_ bytes: [UInt8]) throws -> (rows: [AccountRow], problems: [Problem]) {
    try AccountsBookReader.read(bytes, file: "a.xlsx", catalogues: catalogues)
  }

  /// A workbook whose first sheet holds these rows below the codes.
  static func typed(_ lines: [[String]], codes: [String] = AccountColumn.allCases.map(\.rawValue)) throws -> [UInt8] {
    try Repository.withFolder { folder in
      let book = try WorkbookWriter(path: folder + "/a.xlsx", properties: WorkbookProperties(created: 1))
      let sheet = book.addSheet(named: "A")
      for (row, line) in ([codes] + lines).enumerated() {
        for (column, text) in line.enumerated() {
          sheet.write(text, at: CellAddress(row: row + 2, column: column + 1))
        }
      }
      try book.finish()
      return FileManager.default.contents(atPath: folder + "/a.xlsx").map { Array($0) } ?? []
    }
  }

  static func problems(_ bytes: [UInt8]) throws -> [String] {
    try read(bytes).problems.map {
      "\($0.place.text.dropFirst("a.xlsx ".count)) \($0.what.key.dropFirst("problem.".count))"
    }
  }

  @Test(arguments: [0, 1])
  func `what is written reads back the same, in either language`(language: Int) throws {
    let (rows, problems) = try Self.read(try Self.template(Self.rows, Self.catalogues[language]))
    #expect(problems.isEmpty)
    #expect(rows.map(\.login) == Self.rows.map(\.login))
    #expect(rows.map(\.name) == Self.rows.map(\.name))
    #expect(rows.map(\.role) == Self.rows.map(\.role))
    #expect(rows.map(\.unit) == Self.rows.map(\.unit))
    #expect(rows.map(\.since) == Self.rows.map(\.since))
    #expect(rows.map(\.until) == [nil, Day("2026-09-01"), nil])
    #expect(rows[1].place(.role).text.hasSuffix("!C4"))
  }

  @Test func `an empty template says that it is empty`() throws {
    let problems = try Self.problems(try Self.template([]))
    #expect(problems == ["\u{8D26}\u{6237}!A3 people.book.empty"])
  }

  @Test func `dates and roles are taken as people write them`() throws {
    let bytes = try Self.typed([
      ["wu", "Wu", "expert", "A1", "2025/9/1", "2026.8.31"], [" WU ", "Wu", "Lead school", "S1", "2025-09-01"],
    ])
    let (rows, problems) = try Self.read(bytes)
    #expect(problems.isEmpty)
    #expect(rows.map(\.role) == [.expert, .lead])
    #expect(rows.map(\.since) == [Day("2025-09-01"), Day("2025-09-01")])
    #expect(rows.map(\.last) == [Day("2026-08-31"), nil])
    #expect(rows.map(\.login.text) == ["wu", "wu"])
  }

  @Test func `everything wrong is found at once, with its cell`() throws {
    let bytes = try Self.typed([
      ["w u", "Wu", "expert", "A1", "2025-09-01"], ["wu", "", "expert", "A1", "2025-02-30"],
      ["li", "Li", "boss", "A1", "1905-07-12", "never"], ["he", "He", "expert", "A1", "2025-09-01", "2025-08-31"],
      ["", "", "", "", "", "", "stray"],
    ])
    #expect(
      try Self.problems(bytes) == [
        "A!A3 people.book.login", "A!A4 people.book.missing", "A!E4 people.book.day", "A!C5 people.book.role",
        "A!E5 people.book.day", "A!F5 people.book.day", "A!F6 people.book.days", "A!G7 people.book.column",
      ])
    #expect(try Self.read(bytes).rows.isEmpty)
    let catalogue = Self.catalogues[1]
    for problem in try Self.read(bytes).problems {
      let line = problem.line(in: catalogue)
      #expect(!line.contains("people.book") && !line.contains("{"), "\(line)")
    }
  }

  @Test func `a workbook without the columns is told what it lacks`() throws {
    let few = try Self.problems(try Self.typed([["wu"]], codes: ["login", "name", "role"]))
    #expect(few == ["A!A2 people.book.columns"])
    let none = try Self.read(try Self.typed([["wu"]], codes: ["a", "b"]))
    #expect(none.problems.map(\.what.key) == ["problem.people.book.heads"])
    #expect(throws: WorkbookTrouble.self) { try Self.read(Array("no workbook".utf8)) }
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0"])
  func `what begins like a formula stays a text`(evil: String) throws {
    let link = InvitationLink(
      login: evil, name: evil, unit: evil, address: "https://localhost/invitation/abc",
      endsAt: Instant(milliseconds: 1_780_272_000_000))
    let written = try WrittenBook.of { try LinksBook(catalogue: Self.catalogues[0]).write([link], to: $0) }
    for xml in written.allSheets { #expect(!xml.contains("<f>") && !xml.contains("hyperlink")) }
    let sheet = try #require(written.book.sheets.first)
    for cell in ["A2", "B2", "C2"] { #expect(sheet[cell] == .text(evil)) }
    #expect(sheet["D2"] == .text("https://localhost/invitation/abc"))
    #expect(sheet["E2"] == .text("2026-06-01 08:00"))
  }
}
