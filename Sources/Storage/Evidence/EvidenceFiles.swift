/// Where the files of evidence lie: found by the hash of their content, so that the same content lies there once. A
/// folder of this machine now; object storage can fill the same contract.
public protocol EvidenceFiles: Sendable {
  /// Begins to take a file in. Nothing is found under its hash before `keep` has returned.
  ///
  /// Throws `EvidenceFilesError`.
  func receive() async throws -> any IncomingFile

  /// The bytes of a file, read as they are asked for; a range is cut to what the file has.
  ///
  /// Throws `EvidenceFilesError`, and so does the stream.
  func read(_ hash: FileHash, range: Range<Int64>?) async throws -> FileBytes

  /// Bytes; nil where there is no such file.
  func size(of hash: FileHash) async throws -> Int64?

  /// Does nothing where there is no such file.
  func remove(_ hash: FileHash) async throws

  /// Every file there is, in the order of the hashes, for backup and for sweeping.
  func all() -> AsyncThrowingStream<KeptFile, any Error>
}

/// A file on its way in. What isn't kept disappears.
public protocol IncomingFile: AnyObject, Sendable {
  func write(_ bytes: [UInt8]) async throws
  /// What has been written so far, from an offset on; fewer bytes where it ends sooner.
  func bytes(at offset: Int64, count: Int) async throws -> [UInt8]
  /// Makes it durable and findable as a whole; nothing can be written afterwards.
  func keep() async throws -> ReceivedFile
  func abandon() async
}

public typealias FileBytes = AsyncThrowingStream<[UInt8], any Error>

/// What a file that was taken in turned out to be.
public struct ReceivedFile: Sendable, Hashable {
  public let hash: FileHash
  /// Bytes.
  public let size: Int64
  /// CRC-32, which archives want before the content.
  public let crc: UInt32

  public init(hash: FileHash, size: Int64, crc: UInt32) {
    self.hash = hash
    self.size = size
    self.crc = crc
  }
}

/// A file that lies there.
public struct KeptFile: Sendable, Hashable {
  public let hash: FileHash
  /// Bytes.
  public let size: Int64
  /// Seconds since 1970.
  public let storedAt: Int64

  public init(hash: FileHash, size: Int64, storedAt: Int64) {
    self.hash = hash
    self.size = size
    self.storedAt = storedAt
  }
}

public enum EvidenceFilesError: Error, Sendable, Hashable {
  /// No room is left; nothing was kept. Trying again helps once there is.
  case full
  /// The system's words for why the files can't be reached.
  case unavailable(String)
  case missing(FileHash)
}

extension EvidenceFiles {
  /// Takes a whole stream in.
  ///
  /// Throws `EvidenceFilesError`, and what the stream throws; nothing is kept then.
  public func put(_ chunks: some AsyncSequence<[UInt8], any Error> & Sendable) async throws -> ReceivedFile {
    let file = try await receive()
    do {
      for try await chunk in chunks { try await file.write(chunk) }
      return try await file.keep()
    } catch {
      await file.abandon()
      throw error
    }
  }

  public func read(_ hash: FileHash) async throws -> FileBytes { try await read(hash, range: nil) }
}
