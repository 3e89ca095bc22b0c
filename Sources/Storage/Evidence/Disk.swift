import Glibc

/// The few calls of the system that a folder of files needs; each fails with a sentence of the system's.
enum Disk {
  static func failure(_ number: Int32, _ path: String) -> EvidenceFilesError {
    switch number {
    case ENOSPC, EDQUOT, EFBIG: .full
    default: .unavailable("\(path): \(String(cString: strerror(number)))")
    }
  }

  /// Carries out a call again as long as a signal interrupts it.
  static func call<T: SignedInteger>(_ path: String, _ body: () -> T) throws(EvidenceFilesError) -> T {
    while true {
      let result = body()
      if result >= 0 { return result }
      let number = errno
      if number != EINTR { throw failure(number, path) }
    }
  }

  /// Makes a folder that only this account may enter, durably; does nothing where it is there.
  static func makeFolder(_ path: String, in parent: String) throws(EvidenceFilesError) {
    if mkdir(path, 0o700) == 0 { return try syncFolder(parent) }
    let number = errno
    if number != EEXIST { throw failure(number, path) }
  }

  /// Makes a folder and those above it that aren't there.
  static func makeFolders(_ path: String) throws(EvidenceFilesError) {
    var made = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/") {
      let parent = made.isEmpty ? "/" : made
      made += "/\(name)"
      var state = stat()
      if stat(made, &state) != 0 { try makeFolder(made, in: parent) }
    }
  }

  /// Makes the names in a folder durable.
  static func syncFolder(_ path: String) throws(EvidenceFilesError) {
    let handle = try call(path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(handle) }
    _ = try call(path) { fsync(handle) }
  }

  /// Size in bytes and when it was last changed, in seconds since 1970; nil where there is no such file.
  static func state(_ path: String) -> (size: Int64, changed: Int64)? {
    var state = stat()
    guard lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { return nil }
    return (Int64(state.st_size), Int64(state.st_mtim.tv_sec))
  }

  /// Bytes of an open file from an offset on; fewer where it ends sooner.
  static func bytes(
    of handle: Int32, _ path: String, at offset: Int64, count: Int
  ) throws(EvidenceFilesError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: max(0, count))
    var done = 0
    while done < buffer.count {
      let read = try call(path) {
        buffer.withUnsafeMutableBytes {
          pread(handle, $0.baseAddress.map { $0 + done }, $0.count - done, Int(offset) + done)
        }
      }
      if read == 0 { break }
      done += read
    }
    return done == buffer.count ? buffer : Array(buffer[..<done])
  }

  /// The names in a folder, in order; none where there is no such folder.
  static func names(in folder: String) throws(EvidenceFilesError) -> [String] {
    guard let handle = opendir(folder) else {
      let number = errno
      if number == ENOENT || number == ENOTDIR { return [] }
      throw failure(number, folder)
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
