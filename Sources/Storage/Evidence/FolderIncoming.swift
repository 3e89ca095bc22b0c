import Crypto
import Glibc

/// A file being written into the folder: under a name of its own until it is complete.
actor FolderIncoming: IncomingFile {
  private let queue = FileQueue()
  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  private let files: FolderFiles
  private let path: String
  private var handle: Int32 = -1
  private var hasher = SHA256()
  private var crc = CRC32()
  private var size: Int64 = 0

  init(files: FolderFiles) {
    self.files = files
    path = "\(files.incoming)/\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
  }

  func begin() throws {
    handle = try Disk.call(path) { [path] in open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
  }

  func write(_ bytes: [UInt8]) throws {
    guard handle >= 0 else { throw EvidenceFilesError.unavailable("\(path): closed") }
    var done = 0
    while done < bytes.count {
      let count = try Disk.call(path) { [handle] in
        bytes.withUnsafeBytes { Glibc.write(handle, $0.baseAddress.map { $0 + done }, $0.count - done) }
      }
      done += count
    }
    hasher.update(data: bytes)
    crc.update(bytes)
    size += Int64(bytes.count)
  }

  func bytes(at offset: Int64, count: Int) throws -> [UInt8] {
    try Disk.bytes(of: handle, path, at: offset, count: min(count, Int(max(0, size - offset))))
  }

  func keep() throws -> ReceivedFile {
    guard handle >= 0 else { throw EvidenceFilesError.unavailable("\(path): closed") }
    do {
      _ = try Disk.call(path) { [handle] in fsync(handle) }
      let hash = FileHash(hasher.finalize())
      let (outer, inner) = files.folders(of: hash)
      try Disk.makeFolder(outer, in: files.folder)
      try Disk.makeFolder(inner, in: outer)
      // Over a file of the same hash too: the new one is known to be whole.
      _ = try Disk.call(path) { [path] in rename(path, files.path(of: hash)) }
      try Disk.syncFolder(inner)
      close(handle)
      handle = -1
      return ReceivedFile(hash: hash, size: size, crc: crc.value)
    } catch {
      discard()
      throw error
    }
  }

  func abandon() { discard() }

  private func discard() {
    guard handle >= 0 else { return }
    close(handle)
    handle = -1
    unlink(path)
  }

  isolated deinit { discard() }
}
