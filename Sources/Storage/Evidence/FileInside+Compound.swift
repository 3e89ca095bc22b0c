/// Compound files ([MS-CFB]): sectors in chains, a directory of names.
extension FileInside {
  /// What a compound file is by the streams it has.
  ///
  /// Throws `EvidenceRefusal`, `EvidenceFilesError`.
  func kindOfCompound(_ name: String) async throws -> FileKind {
    guard let names = try await streamNames() else { throw EvidenceRefusal.damaged(name: name) }
    if names.contains("EncryptedPackage") { throw EvidenceRefusal.encrypted(name: name) }
    if names.contains("_VBA_PROJECT") || names.contains("VBA") || names.contains("Macros") {
      throw EvidenceRefusal.macros(name: name)
    }
    if names.contains("WordDocument") { return .doc }
    if names.contains("Workbook") || names.contains("Book") { return .xls }
    if names.contains("PowerPoint Document") { return .ppt }
    throw EvidenceRefusal.unknown(name: name)
  }

  /// The names in the directory; nil where its chain leads nowhere or is longer than is looked at.
  private func streamNames() async throws -> Set<String>? {
    let header = LittleEndian(try await bytes(0, 512))
    let shift = header.u16(30)
    guard header.count == 512, shift == 9 || shift == 12 else { return nil }
    var names: Set<String> = []
    var sector = header.u32(48)
    var looked = 0
    while sector < Self.lastSector {
      looked += 1 << shift
      guard looked <= Self.tableBytes else { return nil }
      let part = LittleEndian(try await bytes(Int64(sector + 1) << Int64(shift), 1 << shift))
      guard part.count == 1 << shift else { return nil }
      for entry in stride(from: 0, to: part.count, by: 128) {
        let length = part.u16(entry + 64)
        guard length >= 2, length <= 64, part.u16(entry + 66) & 0xFF != 0 else { continue }
        let units = stride(from: entry, to: entry + length - 2, by: 2).map { UInt16(truncatingIfNeeded: part.u16($0)) }
        names.insert(String(decoding: units, as: UTF16.self))
      }
      guard let next = try await sectorAfter(sector, header, shift) else { return nil }
      sector = next
    }
    return sector == Self.endOfChain ? names : nil
  }

  private static let lastSector = 0xFFFF_FFFA
  private static let endOfChain = 0xFFFF_FFFE

  /// What the allocation table says follows a sector.
  private func sectorAfter(_ sector: Int, _ header: LittleEndian, _ shift: Int) async throws -> Int? {
    let perSector = 1 << (shift - 2)
    guard let table = try await tableSector(sector / perSector, header, shift) else { return nil }
    let entry = LittleEndian(try await bytes((Int64(table + 1) << Int64(shift)) + Int64(sector % perSector * 4), 4))
    return entry.count == 4 ? entry.u32(0) : nil
  }

  /// Where a piece of the allocation table lies: the header knows the first 109, a chain of lists the others.
  private func tableSector(_ index: Int, _ header: LittleEndian, _ shift: Int) async throws -> Int? {
    var sector: Int
    if index < 109 {
      sector = header.u32(76 + index * 4)
    } else {
      let perList = (1 << (shift - 2)) - 1
      let (lists, place) = ((index - 109) / perList, (index - 109) % perList)
      // As many as a file of the highest limit has.
      guard lists < 64 else { return nil }
      var list = header.u32(68)
      for _ in 0..<lists {
        guard list < Self.lastSector else { return nil }
        list = LittleEndian(try await bytes((Int64(list + 1) << Int64(shift)) + Int64(perList * 4), 4)).u32(0)
      }
      guard list < Self.lastSector else { return nil }
      let found = LittleEndian(try await bytes((Int64(list + 1) << Int64(shift)) + Int64(place * 4), 4))
      guard found.count == 4 else { return nil }
      sector = found.u32(0)
    }
    return sector < Self.lastSector ? sector : nil
  }
}
