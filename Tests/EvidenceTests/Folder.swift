import Fixtures
import Foundation
import Notation
import Testing

@testable import Storage

/// A folder of its own for one test, gone afterwards.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("evidence-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func files(now: Instant = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))) throws -> FolderFiles {
    try FolderFiles(folder: path + "/evidence", now: now)
  }

  /// Every file below, by its path.
  var all: [String] {
    (FileManager.default.subpaths(atPath: path + "/evidence") ?? []).filter {
      (try? FileManager.default.attributesOfItem(atPath: "\(path)/evidence/\($0)")[.type] as? FileAttributeType)
        == .typeRegular
    }.sorted()
  }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  /// Runs a program of Python's and gives what it prints.
  func python(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try Programs.start(process)
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}

extension EvidenceFiles {
  func put(_ text: String) async throws -> ReceivedFile {
    let file = try await receive()
    try await file.write(Array(text.utf8))
    return try await file.keep()
  }

  func all(of hash: FileHash, range: Range<Int64>? = nil) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in try await read(hash, range: range) { bytes += piece }
    return bytes
  }
}
