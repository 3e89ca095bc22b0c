import Foundation
import Notation
import StorageFixtures
import Testing

@testable import Storage

/// Copies of a database, from either engine and onto either.
@Suite struct BackupTests {
  static let at = Instant(milliseconds: 1_788_200_000_000)

  private static func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = NSTemporaryDirectory() + "junheng-backup-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
  }

  /// Texts that need care, bytes, nothing, large numbers, more rows than a portion, a parent below its child.
  private static func fill(_ database: any Database) async throws {
    try await database.write { transaction in
      for (id, parent, name) in [(9, nil, "引号\"\\\n\u{1F600}"), (3, 9, "é\t"), (1, 3, "c")] as [(Int64, Int64?, String)]
      {
        try transaction.run(
          "INSERT INTO authority (id, parent, level, code, name, created_at) VALUES ($1, $2, 'city', $3, $4, $5)",
          [.integer(id), .optional(parent), .text("c\(id)"), .text(name), .integer(Int64.max)])
      }
      try transaction.run(
        "INSERT INTO account (id, login, name, created_at) VALUES (4611686018427387905, 'a', 'A', -5)")
      try transaction.run(
        "INSERT INTO invitation (token, account, created_at, ends_at) VALUES ($1, 4611686018427387905, 1, 2)",
        [.bytes([0, 255, 10, 34])])
      try transaction.run(
        "INSERT INTO session (token, account, created_at, seen_at, ends_at) VALUES ($1, 4611686018427387905, 1, 2, 3)",
        [.bytes([1])])
      transaction.record(
        AuditEntry(authority: ID(0), at: Self.at, actor: .program, action: "a", object: "b", after: "行\n尾"))
    }
    try await database.copy(
      into: "school", columns: ["id", "authority", "code", "name", "created_at"],
      rows: (1...Int64(Backup.portion + 7)).map { [.integer($0), 3, .text("s\($0)"), "学校", 1] })
  }

  private static func content(_ database: any Database) async throws -> [String: [[Value]]] {
    try await database.read { transaction in
      var content: [String: [[Value]]] = [:]
      for name in KeptTable.names where name != "audit" && name != "audit_head" {
        try KeptTable(name, transaction).eachPortion(of: 500, transaction) { content[name, default: []] += $0 }
      }
      return content
    }
  }

  static let ways = TestDatabases.engines.flatMap { from in TestDatabases.engines.map { (from, $0) } }

  @Test(arguments: ways)
  func `comes back as it was, on either engine`(from: Engine, to: Engine) async throws {
    try await Self.withFolder { folder in
      let files = try FolderFiles(folder: folder + "/files", now: Self.at)
      let kept = try await files.put(
        AsyncThrowingStream {
          $0.yield(Array("evidence".utf8)); $0.finish()
        })
      let backup = Backup(folder: folder + "/copy")
      let before = try await TestDatabases.with(from) { database in
        try await Self.fill(database)
        try await database.write { transaction in
          try transaction.run(
            "INSERT INTO evidence_file (hash, size, kind, crc, stored_at) VALUES ($1, $2, 'text', 1, 1)",
            [.text(kept.hash.hex), .integer(kept.size)])
        }
        let manifest = try await backup.make(of: database, files: files, at: Self.at)
        #expect(manifest.engine == from)
        #expect(manifest.files == [kept.hash.hex])
        return try await Self.content(database)
      }
      let manifest = try backup.check()
      let there = try FolderFiles(folder: folder + "/there", now: Self.at)
      try await TestDatabases.with(to) { database in
        try await backup.restore(manifest, into: database, files: there, at: Self.at)
        #expect(try await Self.content(database) == before)
        #expect(try await AuditChain.verify(ID(0), in: database) == AuditVerdict(authority: ID(0), good: 2, fault: nil))
        #expect(try await database.read { try $0.rows("SELECT account FROM session") }.isEmpty)
        await #expect(throws: BackupRefusal("backup.notEmpty", ["table": .text("authority")])) {
          try await backup.restore(manifest, into: database, files: there, at: Self.at)
        }
      }
      #expect(try await there.size(of: kept.hash) == kept.size)
    }
  }

  @Test func `names what is missing or was changed`() async throws {
    try await Self.withFolder { folder in
      let files = try FolderFiles(folder: folder + "/files", now: Self.at)
      let backup = Backup(folder: folder + "/copy")
      try await TestDatabases.with(.sqlite) { database in
        try await Self.fill(database)
        _ = try await backup.make(of: database, files: files, at: Self.at)
        await #expect(throws: BackupRefusal("backup.exists", ["path": .text(folder + "/copy")])) {
          _ = try await backup.make(of: database, files: files, at: Self.at)
        }
      }
      let path = folder + "/copy/tables/account.jsonl"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("\"A\"", with: "\"B\"").write(toFile: path, atomically: true, encoding: .utf8)
      #expect(throws: BackupRefusal("backup.changed", ["path": .text("tables/account.jsonl")])) { try backup.check() }
      try FileManager.default.removeItem(atPath: path)
      #expect(throws: BackupRefusal("backup.missing", ["path": .text("tables/account.jsonl")])) { try backup.check() }
      let manifest = folder + "/copy/manifest.json"
      try String(contentsOfFile: manifest, encoding: .utf8).replacing("\"rows\":1", with: "\"rows\":2")
        .write(toFile: manifest, atomically: true, encoding: .utf8)
      #expect(throws: BackupRefusal("backup.changed", ["path": .text("manifest.json")])) { try backup.check() }
      try FileManager.default.removeItem(atPath: manifest)
      #expect(throws: BackupRefusal("backup.none", ["path": .text(folder + "/copy")])) { try backup.check() }
    }
  }

  /// Takes tables out of a backup and makes its sums anew, as a forger would.
  private static func forge(_ folder: String, _ edit: (inout [String: Any]) -> Void) throws {
    let path = folder + "/manifest.json"
    let data = try #require(FileManager.default.contents(atPath: path))
    var manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    edit(&manifest)
    let text = try JSONSerialization.data(withJSONObject: manifest)
    try text.write(to: URL(fileURLWithPath: path))
    let sums = try String(contentsOfFile: folder + "/SHA256SUMS", encoding: .utf8).split(separator: "\n").dropFirst()
    let own = "\(AuditRecords.hash(String(decoding: text, as: UTF8.self)))  manifest.json"
    try ([own] + sums.map(String.init)).map { $0 + "\n" }.joined()
      .write(toFile: folder + "/SHA256SUMS", atomically: true, encoding: .utf8)
  }

  @Test func `a backup from which tables were taken is refused with their names, whatever its sums say`() async throws {
    try await Self.withFolder { folder in
      let files = try FolderFiles(folder: folder + "/files", now: Self.at)
      let backup = Backup(folder: folder + "/copy")
      try await TestDatabases.with(.sqlite) { database in
        try await Self.fill(database)
        _ = try await backup.make(of: database, files: files, at: Self.at)
      }
      _ = try backup.check()
      try Self.forge(folder + "/copy") { manifest in
        let tables = manifest["tables"] as? [[String: Any]] ?? []
        manifest["tables"] = tables.filter { !["veto", "extension"].contains($0["name"] as? String ?? "") }
      }
      let refusal = BackupRefusal("backup.tables", ["tables": .names(["extension", "veto"])])
      #expect(throws: refusal) { try backup.check() }
    }
  }

  @Test(arguments: TestDatabases.engines)
  func `a table from which a column was taken is refused before anything is written`(engine: Engine) async throws {
    try await Self.withFolder { folder in
      let files = try FolderFiles(folder: folder + "/files", now: Self.at)
      let backup = Backup(folder: folder + "/copy")
      try await TestDatabases.with(.sqlite) { database in
        try await Self.fill(database)
        _ = try await backup.make(of: database, files: files, at: Self.at)
      }
      try Self.forge(folder + "/copy") { manifest in
        let tables = manifest["tables"] as? [[String: Any]] ?? []
        manifest["tables"] = tables.map { table in
          var table = table
          if table["name"] as? String == "veto" {
            table["columns"] = (table["columns"] as? [String])?.filter { $0 != "lifted_at" }
          }
          return table
        }
      }
      let manifest = try backup.check()
      try await TestDatabases.with(engine) { database in
        let refusal = BackupRefusal("backup.columns", ["table": .text("veto"), "columns": .names(["lifted_at"])])
        await #expect(throws: refusal) {
          try await backup.restore(manifest, into: database, files: files, at: Self.at)
        }
        let count = try await database.read { try $0.rows("SELECT id FROM account").count }
        #expect(count == 0)
      }
    }
  }

  @Test func `an older schema's backup is held against its own tables`() throws {
    let older = Array(Migration.all.prefix(9))
    let names = KeptTable.names(of: older)
    #expect(names.count < KeptTable.names.count)
    func manifest(_ tables: [String]) -> BackupManifest {
      BackupManifest(
        at: Self.at, engine: .sqlite, migrations: older.map(\.hash),
        tables: tables.map { BackupManifest.Table(name: $0, columns: [], rows: 0, hash: "") }, files: [], fileSize: 0)
    }
    try manifest(names).refuseGaps()
    #expect(throws: BackupRefusal.self) { try manifest(KeptTable.names).refuseGaps() }
    #expect(throws: BackupRefusal.self) { try manifest(names + ["veto"]).refuseGaps() }
    #expect(throws: BackupRefusal.self) { try manifest(names.filter { $0 != "veto" }).refuseGaps() }
  }

  @Test func `holds every table but those of the moment`() {
    #expect(Set(KeptTable.names).union(KeptTable.passing).union(["migration"]) == Set(Distribution.tables))
    #expect(Set(KeptTable.names).count == KeptTable.names.count)
  }
}
