import Glibc

/// A file being read out of the folder, piece by piece.
actor FolderReader {
  private let queue = FileQueue()
  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  /// Bytes handed over at a time.
  static let pieceBytes = 128 << 10

  private let hash: FileHash
  private let path: String
  private var handle: Int32 = -1
  private var position: Int64 = 0
  private var end: Int64 = 0

  init(hash: FileHash, path: String) {
    self.hash = hash
    self.path = path
  }

  func begin(_ range: Range<Int64>?) throws {
    handle = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if handle < 0 {
      let number = errno
      throw number == ENOENT ? EvidenceFilesError.missing(hash) : Disk.failure(number, path)
    }
    var state = stat()
    _ = try Disk.call(path) { [handle] in fstat(handle, &state) }
    let all = 0..<Int64(state.st_size)
    let wanted = (range ?? all).clamped(to: all)
    (position, end) = (wanted.lowerBound, wanted.upperBound)
  }

  func next() throws -> [UInt8]? {
    guard position < end else { return nil }
    let bytes = try Disk.bytes(of: handle, path, at: position, count: Int(min(Int64(Self.pieceBytes), end - position)))
    guard !bytes.isEmpty else { throw EvidenceFilesError.unavailable("\(path): shorter than it was") }
    position += Int64(bytes.count)
    return bytes
  }

  isolated deinit { if handle >= 0 { close(handle) } }
}

/// The files in the folder, one after the other.
actor FolderWalk {
  private let queue = FileQueue()
  nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

  private let folder: String
  private var outer: [String]?
  private var waiting: [KeptFile] = []

  init(folder: String) { self.folder = folder }

  func next() throws -> KeptFile? {
    if outer == nil { outer = try Disk.names(in: folder).filter { $0.utf8.count == 2 }.reversed() }
    while waiting.isEmpty, let name = outer?.popLast() {
      for inner in try Disk.names(in: "\(folder)/\(name)") {
        for file in try Disk.names(in: "\(folder)/\(name)/\(inner)") {
          guard let hash = FileHash(file), let state = Disk.state("\(folder)/\(name)/\(inner)/\(file)") else {
            continue
          }
          waiting.append(KeptFile(hash: hash, size: state.size, storedAt: state.changed))
        }
      }
      waiting.reverse()
    }
    return waiting.popLast()
  }
}
