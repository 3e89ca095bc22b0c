import Glibc
public import Notation

/// Files of evidence in a folder of this machine: `ab/cd/<hash>` below it, and `incoming` for those under way. Several
/// programs may use one folder.
public struct FolderFiles: EvidenceFiles {
  public let folder: String

  /// Seconds after which what a killed program left behind is swept.
  static let leftoverAge: Int64 = 86_400

  /// Makes the folder where it isn't there, and sweeps what a program that was killed left unfinished a day ago.
  ///
  /// Throws `EvidenceFilesError`.
  public init(folder: String, now: Instant) throws {
    self.folder = folder
    try Disk.makeFolders(folder)
    try Disk.makeFolder(incoming, in: folder)
    for name in try Disk.names(in: incoming) {
      let path = "\(incoming)/\(name)"
      guard let state = Disk.state(path), state.changed < now.milliseconds / 1000 - Self.leftoverAge else { continue }
      unlink(path)
    }
  }

  var incoming: String { folder + "/incoming" }

  func folders(of hash: FileHash) -> (outer: String, inner: String) {
    let outer = "\(folder)/\(hash.hex.prefix(2))"
    return (outer, "\(outer)/\(hash.hex.dropFirst(2).prefix(2))")
  }

  func path(of hash: FileHash) -> String { "\(folders(of: hash).inner)/\(hash.hex)" }

  public func receive() async throws -> any IncomingFile {
    let file = FolderIncoming(files: self)
    try await file.begin()
    return file
  }

  public func read(_ hash: FileHash, range: Range<Int64>?) async throws -> FileBytes {
    let reader = FolderReader(hash: hash, path: path(of: hash))
    try await reader.begin(range)
    return FileBytes { try await reader.next() }
  }

  public func size(of hash: FileHash) async throws -> Int64? { Disk.state(path(of: hash))?.size }

  public func remove(_ hash: FileHash) async throws {
    let path = path(of: hash)
    if unlink(path) == 0 { return }
    let number = errno
    if number != ENOENT { throw Disk.failure(number, path) }
  }

  public func all() -> AsyncThrowingStream<KeptFile, any Error> {
    let walk = FolderWalk(folder: folder)
    return AsyncThrowingStream { try await walk.next() }
  }
}
