import Foundation
import Fixtures
import Notation
import Storage
import StorageFixtures
import StorageSQLite
import Testing

/// On a disk of four megabytes, where one can be mounted.
@Suite struct FullDiskTests {
  static func run(_ command: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardError = FileHandle.nullDevice
    do { try Programs.start(process) } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  static let folder = FileManager.default.temporaryDirectory.appendingPathComponent("junheng-disk-\(UUID().uuidString)")
    .path
  static let mounted =
    (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil
    && run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder)

  @Test(.enabled(if: mounted, "no tmpfs can be mounted here"))
  func `a full disk refuses writes in words, loses nothing, and is over when there is room`() async throws {
    defer {
      _ = Self.run("umount", "-l", Self.folder)
      try? FileManager.default.removeItem(atPath: Self.folder)
    }
    let database = try await SQLiteDatabase.open(path: Self.folder + "/junheng.sqlite", at: TestDatabases.made)
    try await database.run(OutageTests.table)
    try Repository.writeFile(String(repeating: "x", count: 2_000_000), at: Self.folder + "/ballast")
    var kept: Set<Int64> = []
    var refused = 0
    for round in Int64(0)..<60 {
      let outcomes = await withTaskGroup(of: (Int64, (any Error)?).self, returning: [(Int64, (any Error)?)].self) {
        group in
        for place in Int64(0)..<8 {
          let id = round * 8 + place
          group.addTask {
            do {
              try await database.write { transaction in
                try transaction.run(
                  "INSERT INTO kept VALUES ($1, $2)", [.integer(id), .text(String(repeating: "k", count: 10_000))])
                transaction.record(.of(1, "kept", item: "\(id)"))
              }
              return (id, nil)
            } catch { return (id, error) }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      for (id, error) in outcomes {
        switch error {
        case nil: kept.insert(id)
        case DatabaseError.unavailable?: refused += 1
        default: Issue.record("\(id): \(error.map { "\($0)" } ?? "-")")
        }
      }
    }
    #expect(refused > 0)
    #expect(!kept.isEmpty)
    func found() async throws -> Set<Int64> {
      Set(try await database.read { try $0.rows("SELECT id FROM kept").map { try $0.integer("id") } })
    }
    let afterwards = try await found()
    #expect(afterwards == kept)
    try FileManager.default.removeItem(atPath: Self.folder + "/ballast")
    try await database.run("INSERT INTO kept VALUES (9999, 'room again')")
    let again = try await found()
    #expect(again == kept.union([9999]))
    let verdict = try await AuditChain.verify(ID(1), in: database)
    #expect(verdict == AuditVerdict(authority: ID(1), good: Int64(kept.count), fault: nil))
    await database.close()
  }
}
