import CZip

/// An open archive whose parts are unpacked piece by piece, never whole.
final class Archive {
  /// Bytes handed over at a time.
  static let pieceBytes = 64 << 10

  private let handle: OpaquePointer
  private let parts: [String: (index: Int, entry: ArchiveDirectory.Entry)]
  let budget: ReadBudget

  /// Opens the archive in `file`, whose bytes must outlive it.
  init(_ file: ByteView, budget: ReadBudget) throws(WorkbookRefusal) {
    self.budget = budget
    let directory = try ArchiveDirectory(of: file, budget: budget)
    var parts: [String: (index: Int, entry: ArchiveDirectory.Entry)] = [:]
    for (index, entry) in directory.entries.enumerated() {
      let key = Self.key(entry.name)
      guard parts[key] == nil else { throw .damaged(part: entry.name, .duplicatePart) }
      parts[key] = (index, entry)
    }
    var error = zip_error_t()
    guard let source = zip_source_buffer_create(file.bytes.baseAddress, zip_uint64_t(file.count), 0, &error) else {
      throw .damaged(part: "", .memory)
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw .damaged(part: "", .directory)
    }
    guard zip_get_num_entries(handle, 0) == directory.entries.count else {
      zip_discard(handle)
      throw .damaged(part: "", .ambiguous)
    }
    self.handle = handle
    self.parts = parts
  }

  deinit { zip_discard(handle) }

  /// The names of all parts, in small letters and without a leading slash.
  var partNames: some Collection<String> { parts.keys }

  func has(_ part: String) -> Bool { parts[Self.key(part)] != nil }

  /// Unpacks one part: asks `room` for memory, fills it and passes on how many bytes it holds, 0 at the end.
  func unpack(
    _ part: String, into room: (Int) throws(WorkbookRefusal) -> UnsafeMutableRawPointer,
    then take: (Int) throws(WorkbookRefusal) -> Void
  ) throws(WorkbookRefusal) {
    guard let (index, entry) = parts[Self.key(part)] else { throw .missingPart(part: part) }
    guard let file = zip_fopen_index(handle, zip_uint64_t(index), 0) else { throw .damaged(part: part, .compression) }
    defer { zip_fclose(file) }
    var soFar = 0
    while true {
      let count = Int(zip_fread(file, try room(Self.pieceBytes), zip_uint64_t(Self.pieceBytes)))
      // libzip compares the check sum at the end of the part.
      guard count >= 0 else { throw .damaged(part: part, .checksum) }
      soFar += count
      guard soFar <= entry.unpacked else { throw .damaged(part: part, .size) }
      try budget.spend(bytes: count, soFar: soFar, packed: entry.packed, part: part)
      try take(count)
      if count == 0 { return }
    }
  }

  /// Part names are compared without regard to case, and some programs write a slash in front.
  private static func key(_ name: String) -> String {
    let key = name.lowercased().split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "/")
    return key.hasPrefix("/") ? String(key.dropFirst()) : key
  }
}
