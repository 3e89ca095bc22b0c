import Crypto
import Foundation
public import Notation

extension Backup {
  /// Reads the manifest and holds every file against its hash.
  ///
  /// Throws `BackupRefusal` naming the tables that the backup's schema has and it hasn't, or the first file that is
  /// missing or isn't as it was written.
  public func check() throws -> BackupManifest {
    guard let text = FileManager.default.contents(atPath: folder + "/manifest.json"),
      let manifest = BackupManifest(Array(text)),
      let sums = FileManager.default.contents(atPath: folder + "/SHA256SUMS")
    else { throw BackupRefusal("backup.none", ["path": .text(folder)]) }
    let line = "\(SHA256.hash(data: text).hexadecimal)  manifest.json\n"
    guard String(decoding: sums, as: UTF8.self).hasPrefix(line) else {
      throw BackupRefusal("backup.changed", ["path": .text("manifest.json")])
    }
    try manifest.refuseGaps()
    for table in manifest.tables { try hold(table.path, against: table.hash) }
    for hash in manifest.files { try hold("evidence/\(hash)", against: hash) }
    return manifest
  }

  private func hold(_ path: String, against hash: String) throws(BackupRefusal) {
    guard let handle = FileHandle(forReadingAtPath: "\(folder)/\(path)") else {
      throw BackupRefusal("backup.missing", ["path": .text(path)])
    }
    var hasher = SHA256()
    while let chunk = try? handle.read(upToCount: 1 << 20), !chunk.isEmpty { hasher.update(data: chunk) }
    try? handle.close()
    guard hasher.finalize().hexadecimal == hash else { throw BackupRefusal("backup.changed", ["path": .text(path)]) }
  }

  /// Puts a checked backup into an empty database, of whichever engine, and its evidence into a folder.
  ///
  /// Throws `BackupRefusal` where the database isn't empty or of another release; `DatabaseError`,
  /// `EvidenceFilesError`.
  public func restore(
    _ manifest: BackupManifest, into database: any Database, files: any EvidenceFiles, at now: Instant
  ) async throws {
    let schema = try await database.read { transaction in
      for name in KeptTable.names
      where try !transaction.rows("SELECT 1 AS one FROM \(name) LIMIT 1").isEmpty {
        throw BackupRefusal("backup.notEmpty", ["table": .text(name)])
      }
      return try transaction.rows("SELECT hash FROM migration ORDER BY number").map { try $0.text("hash") }
    }
    guard schema == manifest.migrations else { throw BackupRefusal("backup.release") }
    try manifest.refuseGaps()
    try await database.read { transaction in
      for table in manifest.tables {
        let lacking = try KeptTable(table.name, transaction).columns.filter { !table.columns.contains($0) }
        guard lacking.isEmpty else {
          throw BackupRefusal("backup.columns", ["table": .text(table.name), "columns": .names(lacking)])
        }
      }
    }
    for hash in manifest.files {
      guard let handle = FileHandle(forReadingAtPath: "\(folder)/evidence/\(hash)") else {
        throw BackupRefusal("backup.missing", ["path": .text("evidence/\(hash)")])
      }
      let kept = try await files.put(
        AsyncThrowingStream { try handle.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : Array($0) } })
      try? handle.close()
      guard kept.hash.hex == hash else { throw BackupRefusal("backup.changed", ["path": .text("evidence/\(hash)")]) }
    }
    for table in manifest.tables { try await fill(table, in: database) }
    try await database.write { transaction in
      transaction.record(
        AuditEntry(
          authority: ID(0), at: now, actor: .program, action: "database.restored", object: "database",
          after: JSONText.object([("of", .text(LocalTime(manifest.at).text)), ("rows", .number(manifest.rows))]).text))
    }
  }

  private func fill(_ table: BackupManifest.Table, in database: any Database) async throws {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(table.path)") else {
      throw BackupRefusal("backup.missing", ["path": .text(table.path)])
    }
    var rows: [[Value]] = []
    var count = 0
    for line in Array(data).split(separator: UInt8(ascii: "\n")) {
      guard let values = KeptTable.values(line, columns: table.columns.count) else {
        throw BackupRefusal("backup.changed", ["path": .text(table.path)])
      }
      rows.append(values)
      count += 1
      // Authorities refer to those above, which may stand below them here.
      guard rows.count >= Backup.portion, table.name != "authority" else { continue }
      try await database.copy(into: table.name, columns: table.columns, rows: rows)
      rows = []
    }
    if table.name == "authority" { rows = Backup.aboveFirst(rows, table.columns) }
    if !rows.isEmpty { try await database.copy(into: table.name, columns: table.columns, rows: rows) }
    guard count == table.rows else { throw BackupRefusal("backup.changed", ["path": .text(table.path)]) }
  }

  private static func aboveFirst(_ rows: [[Value]], _ columns: [String]) -> [[Value]] {
    guard let id = columns.firstIndex(of: "id"), let parent = columns.firstIndex(of: "parent") else { return rows }
    var placed: Set<Value> = [.null]
    var left = rows
    var ordered: [[Value]] = []
    while true {
      let next = left.filter { placed.contains($0[parent]) }
      guard !next.isEmpty else { return ordered + left }
      left.removeAll { placed.contains($0[parent]) }
      ordered += next
      placed.formUnion(next.map { $0[id] })
    }
  }
}
