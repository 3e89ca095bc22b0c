/// The table of contents at the end of an archive, read before libzip sees the file: libzip reserves memory by what
/// the file claims, and takes the first of several tables where other programs take the last.
struct ArchiveDirectory {
  struct Entry {
    let name: String
    /// Bytes inside the archive; known to lie within the file.
    let packed: Int
    /// Bytes it claims to have when unpacked.
    let unpacked: Int
    fileprivate let offset: Int
  }

  /// In the order of the table, which is also libzip's.
  let entries: [Entry]

  private static let endSignature: UInt32 = 0x0605_4B50
  private static let entrySignature: UInt32 = 0x0201_4B50
  private static let localSignature: UInt32 = 0x0403_4B50
  private static let damaged = WorkbookRefusal.damaged(part: "", .directory)

  init(of file: ByteView, budget: ReadBudget) throws(WorkbookRefusal) {
    let table = try Self.locate(in: file)
    var entries: [Entry] = []
    var position = table.offset
    while position < table.offset + table.size {
      guard entries.count < budget.limits.entries else { throw .tooManyEntries(limit: budget.limits.entries) }
      let (entry, length) = try Self.entry(at: position, in: file, budget: budget)
      entries.append(entry)
      position += length
    }
    guard position == table.offset + table.size, entries.count == table.count else { throw Self.damaged }
    try Self.refuseOverlaps(entries, before: table.offset, in: file)
    self.entries = entries
  }

  /// Finds the one end record whose claims fit the file; none means a cut file, two a forged one.
  private static func locate(in file: ByteView) throws(WorkbookRefusal) -> (offset: Int, size: Int, count: Int) {
    var found: [(offset: Int, size: Int, count: Int)] = []
    var position = file.count - 22
    let stop = max(0, file.count - 65_557 - 20)
    while position >= stop {
      if file.u32(position) == endSignature, let table = try claim(at: position, in: file) { found.append(table) }
      position -= 1
    }
    guard let table = found.first else { throw .damaged(part: "", .truncated) }
    guard found.count == 1 else { throw .damaged(part: "", .ambiguous) }
    return table
  }

  /// What an end record claims, with the 64-bit record before it; nil when the claims don't fit the file.
  private static func claim(
    at position: Int, in file: ByteView
  ) throws(WorkbookRefusal) -> (offset: Int, size: Int, count: Int)? {
    var count = file.u16(position + 10)
    var size = Int(file.u32(position + 12))
    var offset = Int(file.u32(position + 16))
    if position >= 20, file.u32(position - 20) == 0x0706_4B50 {
      let wide = file.u64(position - 12)
      guard wide >= 0, wide + 56 <= position - 20, file.u32(wide) == 0x0606_4B50 else { throw damaged }
      let (wideCount, wideSize, wideOffset) = (file.u64(wide + 32), file.u64(wide + 40), file.u64(wide + 48))
      // Two records that disagree are read differently by different programs.
      guard count == 0xFFFF || count == wideCount, size == 0xFFFF_FFFF || size == wideSize,
        offset == 0xFFFF_FFFF || offset == wideOffset
      else { throw .damaged(part: "", .ambiguous) }
      (count, size, offset) = (wideCount, wideSize, wideOffset)
    }
    guard size >= 0, offset >= 0, offset <= position, size <= position - offset else { return nil }
    guard size == 0 || file.u32(offset) == entrySignature else { return nil }
    return (offset, size, count)
  }

  private static func entry(
    at position: Int, in file: ByteView, budget: ReadBudget
  ) throws(WorkbookRefusal) -> (Entry, length: Int) {
    guard position + 46 <= file.count, file.u32(position) == entrySignature else { throw damaged }
    let nameLength = file.u16(position + 28)
    let extraLength = file.u16(position + 30)
    let length = 46 + nameLength + extraLength + file.u16(position + 32)
    guard position + length <= file.count, nameLength > 0 else { throw damaged }
    let name = file.text(position + 46, nameLength)
    var sizes = [Int(file.u32(position + 24)), Int(file.u32(position + 20)), Int(file.u32(position + 42))]
    widen(&sizes, extra: position + 46 + nameLength, length: extraLength, in: file)
    let (unpacked, packed, offset) = (sizes[0], sizes[1], sizes[2])
    guard file.u16(position + 8) & 1 == 0 else { throw .encrypted }
    guard [0, 8].contains(file.u16(position + 10)) else { throw .damaged(part: name, .compression) }
    guard packed >= 0, unpacked >= 0, offset >= 0, packed <= file.count, offset <= file.count - 30 else {
      throw damaged
    }
    if budget.isBomb(unpacked, from: packed) { throw .bombRatio(part: name, limit: budget.limits.ratio) }
    return (Entry(name: name, packed: packed, unpacked: unpacked, offset: offset), length)
  }

  /// Replaces the fields that are too small by those of the 64-bit extra record, in its fixed order.
  private static func widen(_ sizes: inout [Int], extra: Int, length: Int, in file: ByteView) {
    var position = extra
    while position + 4 <= extra + length {
      let end = min(position + 4 + file.u16(position + 2), extra + length)
      if file.u16(position) == 1 {
        var field = position + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF && field + 8 <= end {
          sizes[index] = file.u64(field)
          field += 8
        }
      }
      position = end
    }
  }

  private static func refuseOverlaps(
    _ entries: [Entry], before table: Int, in file: ByteView
  ) throws(WorkbookRefusal) {
    var free = 0
    for entry in entries.sorted(by: { $0.offset < $1.offset }) {
      guard file.u32(entry.offset) == localSignature else { throw .damaged(part: entry.name, .directory) }
      guard entry.offset >= free else { throw .overlappingEntries }
      free = entry.offset + 30 + file.u16(entry.offset + 26) + file.u16(entry.offset + 28) + entry.packed
      guard free <= table else { throw .overlappingEntries }
    }
  }
}
