import ArgumentParser
import Foundation
import Notation
import Storage

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: Words.help("backup"), discussion: Words.help("backup.more"))

  @OptionGroup var store: DatabaseOptions
  @Option(help: ArgumentHelp(Words.help("evidence"), valueName: "folder"))
  var evidence: String?
  @Option(help: ArgumentHelp(Words.help("backup.to"), valueName: "path"))
  var to: String

  func run() async throws {
    let started = ContinuousClock.now
    let target = BackupPlace(to)
    let evidence = try store.evidence(evidence)
    let manifest = try await store.with { database in
      try await Backup(folder: target.folder).make(
        of: database, files: try FolderFiles(folder: evidence, now: Clock.now()), at: Clock.now())
    }
    try target.pack()
    Terminal.out(
      Words.text("tool.backup.done", BackupPlace.parts(manifest, ContinuousClock.now - started, to)) + "\n")
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: Words.help("restore"), discussion: Words.help("restore.more"))

  @Option(help: ArgumentHelp(Words.help("restore.from"), valueName: "path"))
  var from: String
  @OptionGroup var store: DatabaseOptions
  @Option(help: ArgumentHelp(Words.help("evidence"), valueName: "folder"))
  var evidence: String?
  @Flag(help: ArgumentHelp(Words.help("restore.check")))
  var check = false

  func run() async throws {
    let started = ContinuousClock.now
    let source = BackupPlace(from)
    try source.unpack()
    defer { source.tidy() }
    let backup = Backup(folder: source.folder)
    let manifest: BackupManifest
    do { manifest = try backup.check() } catch { throw Refusing.said(error, database: "") }
    if check {
      Terminal.out(
        Words.text("tool.restore.checked", BackupPlace.parts(manifest, ContinuousClock.now - started, from)) + "\n")
      return
    }
    let evidence = try store.evidence(evidence)
    let isWhole = try await store.with { database in
      try await backup.restore(
        manifest, into: database, files: try FolderFiles(folder: evidence, now: Clock.now()), at: Clock.now())
      return try await AuditCheck(database: database).run(only: nil) { Terminal.out($0) }
    }
    Terminal.out(
      Words.text("tool.restore.done", BackupPlace.parts(manifest, ContinuousClock.now - started, from)) + "\n")
    if !isWhole { throw ExitCode.refused }
  }
}

/// Where a backup lies: a folder, or one file (`.tar`) that the system's own `tar` packs and unpacks.
struct BackupPlace {
  let path: String
  var isArchive: Bool { path.hasSuffix(".tar") }
  var folder: String { isArchive ? path + ".folder" : path }

  init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  func pack() throws {
    guard isArchive else { return }
    defer { tidy() }
    guard !FileManager.default.fileExists(atPath: path),
      tar(["--create", "--file", path + ".part", "-C", folder, "."]),
      (try? FileManager.default.moveItem(atPath: path + ".part", toPath: path)) != nil
    else { throw Output.refuse(path) }
  }

  func unpack() throws {
    guard isArchive else { return }
    try? FileManager.default.removeItem(atPath: folder)
    guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)) != nil,
      tar(["--extract", "--file", path, "-C", folder])
    else {
      tidy()
      Terminal.say(Words.text("tool.restore.archive", ["path": .text(path)]))
      throw ExitCode.refused
    }
  }

  func tidy() { if isArchive { try? FileManager.default.removeItem(atPath: folder) } }

  private func tar(_ words: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["tar"] + words
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  static func parts(_ manifest: BackupManifest, _ took: Duration, _ path: String) -> [String: Message.Part] {
    let milliseconds = took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000
    return [
      "path": .text(path), "tables": .count(manifest.tables.count), "rows": .text(String(manifest.rows)),
      "files": .count(manifest.files.count), "size": .text("\((manifest.fileSize + 1_048_575) / 1_048_576)"),
      "at": .text(LocalTime(manifest.at).text),
      "seconds": .text("\(milliseconds / 1000).\((milliseconds % 1000) / 100)"),
    ]
  }
}
