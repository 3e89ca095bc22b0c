import Foundation
import Notation
import Testing

@testable import Storage

@Suite struct FolderFilesTests {
  @Test func `a file is found under the hash of its content`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let file = try await files.put("abc")
    #expect(file.hash.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(file.size == 3 && file.crc == 0x3524_41C2)
    #expect(folder.all == ["ba/78/\(file.hash)"])
    #expect(try await files.size(of: file.hash) == 3)
    #expect(try await files.all(of: file.hash) == Array("abc".utf8))
  }

  @Test func `the same content lies there once`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let first = try await files.put("abc")
    #expect(try await files.put("abc") == first)
    #expect(folder.all.count == 1)
  }

  @Test func `pieces join in order whatever their number`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let pieces = (0..<300).map { [UInt8](repeating: UInt8($0 % 251), count: $0 * 7) }
    let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
      for piece in pieces { continuation.yield(piece) }
      continuation.finish()
    }
    let file = try await files.put(stream)
    #expect(try await files.all(of: file.hash) == pieces.flatMap { $0 })
  }

  @Test func `a range is cut to what the file has`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let file = try await files.put("0123456789")
    #expect(try await files.all(of: file.hash, range: 2..<5) == Array("234".utf8))
    #expect(try await files.all(of: file.hash, range: 8..<90) == Array("89".utf8))
    #expect(try await files.all(of: file.hash, range: 10..<90) == [])
  }

  @Test func `what is abandoned or fails leaves nothing`() async throws {
    struct Stop: Error {}
    let folder = try Folder()
    let files = try folder.files()
    let file = try await files.receive()
    try await file.write([1, 2, 3])
    #expect(try await file.bytes(at: 1, count: 9) == [2, 3])
    await file.abandon()
    await #expect(throws: EvidenceFilesError.self) { try await file.write([4]) }
    let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
      continuation.yield([1])
      continuation.finish(throwing: Stop())
    }
    await #expect(throws: Stop.self) { try await files.put(stream) }
    #expect(folder.all == [])
  }

  @Test func `what a killed program left is swept after a day`() async throws {
    let folder = try Folder()
    _ = try folder.files()
    _ = try folder.write([1], to: "evidence/incoming/1-1")
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    _ = try folder.files(now: Instant(milliseconds: now + 80_000_000))
    #expect(folder.all == ["incoming/1-1"])
    _ = try folder.files(now: Instant(milliseconds: now + 90_000_000))
    #expect(folder.all == [])
  }

  @Test func `all files are named in order`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    var hashes: [FileHash] = []
    for number in 0..<40 { hashes.append(try await files.put("\(number)").hash) }
    try await files.remove(hashes[0])
    try await files.remove(hashes[0])
    var found: [FileHash] = []
    for try await file in files.all() { found.append(file.hash) }
    #expect(found == hashes.dropFirst().sorted())
    await #expect(throws: EvidenceFilesError.missing(hashes[0])) { try await files.read(hashes[0]) }
  }

  @Test(arguments: ["", "..", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "é", count: 32)])
  func `nothing but a hash is a hash`(text: String) {
    #expect(FileHash(text) == nil)
  }

  @Test func `a folder that can't be written says so`() throws {
    #expect(throws: EvidenceFilesError.self) {
      try FolderFiles(folder: "/proc/evidence", now: Instant(milliseconds: 0))
    }
  }
}
