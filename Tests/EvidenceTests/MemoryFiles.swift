@testable import Storage

/// Files that are looked at and never kept, for tests that need thousands.
struct MemoryFiles: EvidenceFiles {
  func receive() async throws -> any IncomingFile { Incoming() }
  func read(_ hash: FileHash, range: Range<Int64>?) async throws -> FileBytes { throw EvidenceFilesError.missing(hash) }
  func size(of hash: FileHash) async throws -> Int64? { nil }
  func remove(_ hash: FileHash) async throws {}
  func all() -> AsyncThrowingStream<KeptFile, any Error> { AsyncThrowingStream { nil } }

  actor Incoming: IncomingFile {
    private var content: [UInt8] = []

    func write(_ bytes: [UInt8]) { content += bytes }
    func bytes(at offset: Int64, count: Int) -> [UInt8] { Array(content.dropFirst(Int(offset)).prefix(count)) }
    func keep() throws -> ReceivedFile { throw EvidenceFilesError.full }
    func abandon() { content = [] }
  }
}
