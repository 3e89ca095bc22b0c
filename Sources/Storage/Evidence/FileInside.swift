/// Looks at the tables inside a file that is a container, never at what it contains; as much as a bound allows.
struct FileInside {
  let file: any IncomingFile
  let size: Int64

  /// Bytes of a table of contents, and the most entries in it, that are still looked at.
  static let tableBytes = 4 << 20
  static let tableEntries = 20_000
  /// A document that unpacks to more than this, and to more than so many times itself, harms whoever opens it.
  static let unpackedBytes: Int64 = 50 << 20
  static let unpackedTimes: Int64 = 100

  func bytes(_ offset: Int64, _ count: Int) async throws -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size else { return [] }
    return try await file.bytes(at: offset, count: count)
  }

  /// What an archive is by the parts it has.
  ///
  /// Throws `EvidenceRefusal`, `EvidenceFilesError`.
  func kindOfZip(_ name: String) async throws -> FileKind {
    guard let parts = try await zipParts() else { throw EvidenceRefusal.damaged(name: name) }
    let unpacked = parts.reduce(into: Int64(0)) { $0 += Int64($1.unpacked) }
    guard unpacked <= Self.unpackedBytes || unpacked / max(1, size) <= Self.unpackedTimes else {
      throw EvidenceRefusal.bloated(name: name)
    }
    let names = Set(parts.map { $0.name.lowercased() })
    if names.contains(where: { $0.hasSuffix("vbaproject.bin") || $0.hasPrefix("xl/macrosheets/") }) {
      throw EvidenceRefusal.macros(name: name)
    }
    if names.contains("ofd.xml") { return .ofd }
    guard names.contains("[content_types].xml") else { throw EvidenceRefusal.archive(name: name) }
    let mains: [(folder: String, FileKind)] = [
      ("word/document", .docx), ("xl/workbook", .xlsx), ("ppt/presentation", .pptx),
    ]
    let kinds = mains.filter { main, _ in
      names.contains { $0.hasPrefix(main) && $0.hasSuffix(".xml") && !$0.dropFirst(main.count).contains("/") }
    }
    guard kinds.count == 1 else { throw EvidenceRefusal.archive(name: name) }
    return kinds[0].1
  }

  /// A part of an archive, as the table of contents has it; `unpacked` in bytes.
  private struct Part {
    let name: String
    let unpacked: Int
  }

  /// The parts in the one table of contents at the file's end; nil where there is none, or more than is looked at.
  private func zipParts() async throws -> [Part]? {
    let tail = LittleEndian(try await bytes(max(0, size - 65_557), 65_557))
    guard
      let end = (0...max(0, tail.count - 22)).reversed().first(where: { place in
        tail.u32(place) == 0x0605_4B50 && place + 22 + tail.u16(place + 20) == tail.count
      })
    else { return nil }
    let (count, length, offset) = (tail.u16(end + 10), tail.u32(end + 12), tail.u32(end + 16))
    // Larger ones carry 64-bit fields; no document of Office under the limit of size needs them.
    let place = size - Int64(tail.count) + Int64(end)
    guard count > 0, count <= Self.tableEntries, length <= Self.tableBytes, Int64(offset) + Int64(length) == place
    else { return nil }
    let table = LittleEndian(try await bytes(Int64(offset), length))
    var parts: [Part] = []
    var position = 0
    for _ in 0..<count {
      guard position + 46 <= table.count, table.u32(position) == 0x0201_4B50 else { return nil }
      let nameLength = table.u16(position + 28)
      guard position + 46 + nameLength <= table.count else { return nil }
      let name = String(decoding: table.bytes[position + 46..<position + 46 + nameLength], as: UTF8.self)
      parts.append(Part(name: name, unpacked: table.u32(position + 24)))
      position += 46 + nameLength + table.u16(position + 30) + table.u16(position + 32)
    }
    return position == table.count ? parts : nil
  }
}

/// Bytes with little-endian numbers; reading outside them gives 0, so that a cut file can't trap.
struct LittleEndian {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var count: Int { bytes.count }

  func u16(_ place: Int) -> Int {
    place >= 0 && place + 2 <= count ? Int(bytes[place]) | Int(bytes[place + 1]) << 8 : 0
  }
  func u32(_ place: Int) -> Int { u16(place) | u16(place + 2) << 16 }
}
