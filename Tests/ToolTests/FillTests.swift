import Fixtures
import Foundation
import Notation
import Testing

/// A database filled with a small city, and what operation does with it.
@Suite(.serialized) struct FillTests {
  /// A folder with a filled database, made once.
  static let city: (folder: String, run: Run)? = {
    let folder = NSTemporaryDirectory() + "junheng-city-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return (try? Run("database fill --database sqlite:city.db --groups 9 --years 1", in: folder)).map { (folder, $0) }
  }()

  private func run(_ words: String) throws -> Run {
    let folder = try #require(Self.city?.folder)
    return try Run(words, in: folder)
  }

  @Test func `fills an empty database and shows an account for each role`() throws {
    let run = try #require(Self.city?.run)
    #expect(run.code == 0, "\(run.err)")
    for login in [
      "city", "district", "lead", "member", "expert1", "thirdparty", "supervisor", "system", "security", "audit",
    ] {
      #expect(run.out.contains(" \(login) "), "\(login)")
    }
    let folder = try #require(Self.city?.folder)
    for file in ["accounts.txt", "accounts.json"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    let accounts = try JSON.read(
      Array(try #require(FileManager.default.contents(atPath: folder + "/accounts.json"))), file: "accounts")
    let passwords = accounts.list?.compactMap { $0["password"]?.text } ?? []
    #expect(Set(passwords).count == passwords.count)
    #expect(passwords.count >= 12)
  }

  @Test func `the parts of a city's coverage sum up to what the city as a whole has`() throws {
    let whole = try run("registry coverage --database sqlite:city.db --on 2026-09-01")
    #expect(whole.code == 0, "\(whole.err)")
    let parts = try run("registry coverage --database sqlite:city.db --on 2026-09-01 --authority 610900")
    let sums = [whole, parts].map { $0.out.split(separator: "\n").last.map(String.init) ?? "" }
    #expect(sums[0] == sums[1] && sums[0].contains("%"), "\(sums)")
    #expect(parts.out.split(separator: "\n").count > whole.out.split(separator: "\n").count)
    #expect(try run("registry coverage --database sqlite:city.db --authority 1").code == 2)
    #expect(try run("registry coverage --database sqlite:city.db --on 2026-13-01").code == 2)
  }

  @Test func `tells what the records of all groups come to, as a table, a workbook or values apart by commas`() throws {
    let folder = try #require(Self.city?.folder)
    let shown = try run("ledgers metrics --database sqlite:city.db --authority 610900 --item 4")
    #expect(shown.code == 0, "\(shown.err)")
    #expect(shown.outLines.count(where: { $0.contains("  4  ") }) == 18)
    for file in ["figures.csv", "figures.xlsx"] {
      let written = try run("ledgers metrics \(file) --database sqlite:city.db --authority 610900")
      #expect(written.code == 0 && written.err.contains("9 个集团"), "\(written.err)")
      #expect(FileManager.default.fileExists(atPath: "\(folder)/\(file)"))
    }
    #expect(try run("ledgers metrics --database sqlite:city.db --authority 1").code == 2)
    #expect(try run("ledgers metrics --database sqlite:city.db --authority 610900 --year 1800").code == 2)
  }

  /// How many rows a query counts in the filled city.
  private func count(_ sql: String) throws -> Int? {
    let python = Process()
    let (folder, answer) = (try #require(Self.city?.folder), Pipe())
    python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let script = "import sqlite3; print(sqlite3.connect('\(folder)/city.db').execute(\"\(sql)\").fetchone()[0])"
    python.arguments = ["-c", script]
    python.standardOutput = answer
    try Programs.start(python)
    python.waitUntilExit()
    let said = String(decoding: answer.fileHandleForReading.availableData, as: UTF8.self)
    return Int(said.trimmingCharacters(in: .newlines))
  }

  @Test func `a made-up city is one that could be`() throws {
    // All its schools are primary ones: nobody teaches chemistry there.
    #expect(try count("SELECT count(*) FROM school WHERE stages <> 2") == 0)
    let lessons = "FROM ledger_record WHERE content LIKE '%chemistry%' OR content LIKE '%physics%'"
    #expect(try count("SELECT count(*) \(lessons)") == 0)
    // Villages don't lie in the inner city, though some schools in no group do.
    let area = "SELECT school FROM school_flag WHERE flag = 'area'"
    #expect(try count("SELECT count(*) FROM school WHERE location <> 'urban' AND id IN (\(area))") == 0)
    #expect(try count("SELECT count(*) FROM school WHERE location = 'rural'") != 0)
    // Groups came one after another; nobody belonged to one before.
    #expect((try count("SELECT count(DISTINCT substr(formed, 1, 4)) FROM school_group") ?? 0) >= 3)
    #expect((try count("SELECT count(*) FROM school_group WHERE formed >= '2022-01-01'") ?? 0) >= 3)
    #expect(
      try count("SELECT count(*) FROM membership m JOIN school_group g ON g.id = m.grp WHERE m.since < g.formed") == 0)
  }

  @Test func `fills nothing into a database that holds anything`() throws {
    let again = try run("database fill --database sqlite:city.db")
    #expect(again.code == 2)
    #expect(again.err.contains("已有数据"))
  }

  @Test func `verifies the chains and tells the first row that was changed`() throws {
    let sound = try run("audit verify --database sqlite:city.db")
    #expect(sound.code == 0)
    #expect(sound.outLines.count == 5 || sound.outLines.count == 4)
    #expect(sound.outLines.allSatisfy { $0.hasSuffix("全部相符") })
    #expect(try run("audit verify --database sqlite:city.db --authority 610900").outLines.count == 1)
    #expect(try run("audit verify --database sqlite:city.db --authority 1").code == 2)
    let folder = try #require(Self.city?.folder)
    let tamper = Process()
    tamper.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    tamper.arguments = [
      "-c",
      """
      import sqlite3
      a, b = sqlite3.connect("\(folder)/city.db"), sqlite3.connect("\(folder)/tampered.db")
      a.backup(b)
      b.execute("UPDATE audit SET after_value = 'x' WHERE number = 7 AND authority <> 0")
      b.commit()
      """,
    ]
    try Programs.start(tamper)
    tamper.waitUntilExit()
    let broken = try run("audit verify --database sqlite:tampered.db")
    #expect(broken.code == 2)
    #expect(broken.out.contains("6 条相符，第 7 条记录与写入时不一致"))
  }

  static let oneSheet = "(SELECT min(id) FROM sheet WHERE submission IS NOT NULL)"
  static let tamperings: [(sql: String, says: String)] = [
    ("DELETE FROM audit WHERE authority <> 0", "设立不在记录链中"),
    ("DELETE FROM audit WHERE authority <> 0; DELETE FROM audit_head WHERE authority <> 0", "设立不在记录链中"),
    ("UPDATE result SET total = '1' WHERE grp = (SELECT min(grp) FROM result)", "与确认稿不符"),
    ("UPDATE result SET grade = 'x' WHERE grp = (SELECT min(grp) FROM result)", "与确认稿不符"),
    ("UPDATE edition SET record = record || ' '", "版的结果与记录链不符"),
    ("UPDATE edition SET file = file || ' ' WHERE number > 0", "版的结果与记录链不符"),
    ("UPDATE sheet SET total = '1' WHERE id = \(oneSheet)", "的得分或等次与第"),
    ("UPDATE sheet SET grade = 'x' WHERE id = \(oneSheet)", "的得分或等次与第"),
    ("UPDATE submission SET card = card || ' ' WHERE sheet = \(oneSheet)", "的封存件与记录链不符"),
    ("UPDATE submission SET hash = 'x' WHERE sheet = \(oneSheet)", "的封存件与记录链不符"),
    ("UPDATE mark SET value = '1' WHERE sheet = \(oneSheet)", "）与记录链不符"),
    ("DELETE FROM mark WHERE sheet = \(oneSheet)", "）与记录链不符"),
    ("UPDATE appointment SET role = 'supervisor' WHERE role = 'expert'", "的任职与记录链不符"),
  ]

  @Test(arguments: tamperings)
  func `finds what was changed behind the chain's back`(sql: String, says: String) throws {
    let folder = try #require(Self.city?.folder)
    let tamper = Process()
    tamper.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    tamper.arguments = [
      "-c",
      """
      import sqlite3, sys
      a, b = sqlite3.connect("\(folder)/city.db"), sqlite3.connect("\(folder)/behind.db")
      a.backup(b)
      b.executescript(sys.argv[1])
      b.commit()
      """, sql,
    ]
    try Programs.start(tamper)
    tamper.waitUntilExit()
    #expect(tamper.terminationStatus == 0)
    let found = try run("audit verify --database sqlite:behind.db")
    #expect(found.code == 2)
    #expect(found.out.contains(says), "\(found.out)")
  }

  @Test func `issues a token for what a post may do`() throws {
    let token = try run("token --database sqlite:city.db --account lead --scope sheets:read,marks:write")
    #expect(token.code == 0)
    #expect(token.out.contains(#/^[A-Za-z0-9_-]{43}\n$/#))
    #expect(try run("token --database sqlite:city.db --account lead --scope all").err.contains("sheets:read"))
    #expect(try run("token --database sqlite:city.db --account nobody --scope marks:write").err.contains("nobody"))
    let two = try run("token --database sqlite:city.db --account expert3 --scope marks:write")
    #expect(two.code == 2)
    #expect(two.err.contains("--post"))
  }

  @Test func `makes the first administrator with a link`() throws {
    let made = try run(
      "account add --database sqlite:new.db --login admin --name A --role system --authority 420000 --authority-name B")
    #expect(made.code == 0, "\(made.err)")
    #expect(made.out.contains(#/^http:\/\/127\.0\.0\.1:8080\/[a-z]+\/[A-Za-z0-9_-]{43}\n$/#))
    let second = try run(
      "account add --database sqlite:new.db --login admin --name A --role system --authority 420000")
    #expect(second.code == 2)
    #expect(try run("account add --database sqlite:new.db --login b --name A --role lead --authority 420000").code == 2)
    #expect(try run("account add --database sqlite:new.db --login c --name A --role audit --authority 1").code == 2)
    #expect(try run("account link --database sqlite:new.db --login admin").code == 0)
    #expect(try run("account link --database sqlite:new.db --login nobody").code == 2)
  }

  @Test func `backs up, checks and restores`() throws {
    let folder = try #require(Self.city?.folder)
    let backup = try run("backup --database sqlite:city.db --to copy.tar")
    #expect(backup.code == 0, "\(backup.err)")
    #expect(try run("backup --database sqlite:city.db --to copy.tar").code == 2)
    #expect(try run("restore --from copy.tar --check").code == 0)
    let restored = try run("restore --from copy.tar --database sqlite:r.db --evidence r")
    #expect(restored.code == 0, "\(restored.err)")
    #expect(restored.outLines.last?.contains("已从 copy.tar") == true)
    #expect(try run("restore --from copy.tar --database sqlite:r.db --evidence r").err.contains("已有数据"))
    let other = try run("backup --database sqlite:r.db --evidence r --to other")
    #expect(other.code == 0)
    try "x".write(toFile: folder + "/other/tables/mark.jsonl", atomically: true, encoding: .utf8)
    let changed = try run("restore --from other --database sqlite:s.db --evidence s")
    #expect(changed.code == 2)
    #expect(changed.err.contains("tables/mark.jsonl"))
    #expect(!FileManager.default.fileExists(atPath: folder + "/s.db"))
    #expect(try run("restore --from nothing --check").code == 2)
  }

  @Test func `says that SQLite isn't distributed`() throws {
    #expect(try run("database distribute --database sqlite:city.db").code == 2)
  }

  @Test func `facts fill exactly the years they hold, and the next one is empty`() throws {
    let folder = try #require(Self.city?.folder)
    let facts = try Run("demo --policy ankang-2022 --groups 5 --years 2")
    try facts.out.write(toFile: folder + "/facts.json", atomically: true, encoding: .utf8)
    let years =
      try JSON.read(Array(facts.out.utf8), file: "facts")["years"]?.list?.compactMap { $0["year"]?.integer } ?? []
    let filled = try run("database fill --database sqlite:facts.db --facts facts.json --no-passwords")
    #expect(filled.code == 0, "\(filled.err)")
    let last = try #require(years.max())
    let counts = try query(
      "facts.db",
      """
      SELECT group_concat(year || (CASE WHEN confirmed_at IS NULL THEN '' ELSE '!' END), ' ') FROM
        (SELECT year, confirmed_at FROM cycle ORDER BY year)
      UNION ALL SELECT count(*) FROM mark m JOIN sheet s ON s.id = m.sheet JOIN cycle c ON c.id = s.cycle
        WHERE c.year = \(last + 1)
      UNION ALL SELECT count(*) FROM mark WHERE field = 'remark'
      UNION ALL SELECT count(*) FROM evidence
      """)
    #expect(counts == [years.sorted().map { "\($0)!" }.joined(separator: " ") + " \(last + 1)", "0", "0", "0"])
    #expect(try run("database fill --database sqlite:f.db --facts facts.json --years 2").code == 64)
  }

  /// The first column of what a statement finds.
  private func query(_ file: String, _ sql: String) throws -> [String] {
    let folder = try #require(Self.city?.folder)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = [
      "-c", "import sqlite3, sys\nfor row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(row[0])",
      "\(folder)/\(file)", sql,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try Programs.start(process)
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
