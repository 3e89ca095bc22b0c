import Crypto
import Foundation
public import Notation

/// Copies of a database and its evidence, the same form for both engines, made while the program runs: a table a file of
/// JSON lines, evidence by its hash, a manifest, and `SHA256SUMS` that anybody can check without us.
public struct Backup: Sendable {
  public let folder: String

  public init(folder: String) { self.folder = folder }

  static let portion = 2_000

  /// Writes a backup into a new folder. All tables are of one moment; evidence is what they name. The folder gets its
  /// name when it is complete.
  ///
  /// Throws `BackupRefusal`, `DatabaseError`, `EvidenceFilesError`.
  public func make(
    of database: any Database, files: any EvidenceFiles, at now: Instant
  ) async throws -> BackupManifest {
    let manager = FileManager.default
    guard !manager.fileExists(atPath: folder) else { throw BackupRefusal("backup.exists", ["path": .text(folder)]) }
    let part = folder + ".part"
    try? manager.removeItem(atPath: part)
    do {
      try manager.createDirectory(
        atPath: part + "/tables", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try manager.createDirectory(atPath: part + "/evidence", withIntermediateDirectories: true)
    } catch {
      throw BackupRefusal("backup.folder", ["path": .text(folder)])
    }
    let snapshot = try await database.read { transaction in
      let tables = try KeptTable.names.map { try Backup.write($0, to: part, transaction) }
      return (
        tables: tables,
        files: try transaction.rows("SELECT hash, size FROM evidence_file ORDER BY hash").map {
          (hash: try $0.text("hash"), size: try $0.integer("size"))
        },
        migrations: try transaction.rows("SELECT hash FROM migration ORDER BY number").map { try $0.text("hash") }
      )
    }
    for file in snapshot.files { try await Backup.copy(file.hash, from: files, to: part + "/evidence") }
    let manifest = BackupManifest(
      at: now, engine: database.engine, migrations: snapshot.migrations, tables: snapshot.tables,
      files: snapshot.files.map(\.hash), fileSize: snapshot.files.reduce(0) { $0 + $1.size })
    let text = Array(manifest.text.utf8)
    try BackupFile.write(text, to: part + "/manifest.json")
    let sums =
      [("manifest.json", SHA256.hash(data: text).hexadecimal)]
      + manifest.tables.map { ($0.path, $0.hash) } + manifest.files.map { ("evidence/\($0)", $0) }
    try BackupFile.write(Array(sums.map { "\($0.1)  \($0.0)\n" }.joined().utf8), to: part + "/SHA256SUMS")
    do { try manager.moveItem(atPath: part, toPath: folder) } catch {
      throw BackupRefusal("backup.folder", ["path": .text(folder)])
    }
    return manifest
  }

  private static func write(
    _ name: String, to folder: String, _ transaction: any Transaction
  ) throws -> BackupManifest.Table {
    let table = try KeptTable(name, transaction)
    let file = try BackupFile(writing: "\(folder)/tables/\(name).jsonl")
    var rows = 0
    try table.eachPortion(of: portion, transaction) { values in
      rows += values.count
      try file.add(Array(values.map(KeptTable.line).joined().utf8))
    }
    return BackupManifest.Table(name: name, columns: table.columns, rows: rows, hash: try file.close())
  }

  private static func copy(_ hash: String, from files: any EvidenceFiles, to folder: String) async throws {
    guard let known = FileHash(hash) else { return }
    let file = try BackupFile(writing: "\(folder)/\(hash)")
    for try await chunk in try await files.read(known) { try file.add(chunk) }
    // What lies there under a hash must be what had it.
    guard try file.close() == hash else { throw BackupRefusal("backup.evidence", ["hash": .text(hash)]) }
  }
}

/// A file of a backup being written, with its hash.
final class BackupFile {
  private let handle: FileHandle
  private let path: String
  private var hasher = SHA256()

  init(writing path: String) throws(BackupRefusal) {
    guard
      FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw BackupRefusal("backup.write", ["path": .text(path)]) }
    self.handle = handle
    self.path = path
  }

  func add(_ bytes: [UInt8]) throws(BackupRefusal) {
    hasher.update(data: bytes)
    do { try handle.write(contentsOf: Data(bytes)) } catch {
      throw BackupRefusal("backup.write", ["path": .text(path)])
    }
  }

  /// Makes it durable; its SHA-256.
  func close() throws(BackupRefusal) -> String {
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw BackupRefusal("backup.write", ["path": .text(path)])
    }
    return hasher.finalize().hexadecimal
  }

  static func write(_ bytes: [UInt8], to path: String) throws(BackupRefusal) {
    let file = try BackupFile(writing: path)
    try file.add(bytes)
    _ = try file.close()
  }
}
