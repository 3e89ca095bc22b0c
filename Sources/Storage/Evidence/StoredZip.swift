public import Notation

/// A ZIP archive of files that lie in the store, written as it is read: nothing is held in memory but one piece. Nothing
/// is compressed, so that its size is known beforehand; what grows beyond 4 GB uses the 64-bit records.
public struct StoredZip: AsyncSequence, Sendable {
  public struct Entry: Sendable {
    public enum Content: Sendable {
      case bytes([UInt8])
      case file(FileHash)
    }

    /// With `/` between folders.
    public let path: String
    public let at: Instant
    /// Bytes.
    public let size: Int64
    public let crc: UInt32
    public let content: Content

    public init(path: String, at: Instant, size: Int64, crc: UInt32, file: FileHash) {
      (self.path, self.at, self.size, self.crc, content) = (path, at, size, crc, .file(file))
    }

    public init(path: String, at: Instant, bytes: [UInt8]) {
      var crc = CRC32()
      crc.update(bytes)
      (self.path, self.at, size, self.crc, content) = (path, at, Int64(bytes.count), crc.value, .bytes(bytes))
    }
  }

  public let entries: [Entry]
  private let files: any EvidenceFiles

  public init(_ entries: [Entry], from files: any EvidenceFiles) {
    self.entries = entries
    self.files = files
  }

  /// Bytes of the whole archive.
  public var size: Int64 {
    var table = ZipTable()
    for entry in entries { _ = table.head(of: entry) }
    return table.offset + Int64(table.end().count)
  }

  public func makeAsyncIterator() -> Iterator { Iterator(entries: entries[...], files: files) }

  public struct Iterator: AsyncIteratorProtocol {
    private var entries: ArraySlice<Entry>
    private let files: any EvidenceFiles
    private var table = ZipTable()
    private var open: (pieces: FileBytes.Iterator, entry: Entry, left: Int64, crc: CRC32)?
    private var isOver = false

    init(entries: ArraySlice<Entry>, files: any EvidenceFiles) {
      (self.entries, self.files) = (entries, files)
    }

    /// Throws `EvidenceFilesError`, also where a file isn't what was kept: an archive is whole or not at all.
    public mutating func next() async throws -> [UInt8]? {
      while true {
        if var file = open {
          if let piece = try await file.pieces.next(isolation: nil) {
            file.left -= Int64(piece.count)
            file.crc.update(piece)
            open = file
            return piece
          }
          guard file.left == 0, file.crc.value == file.entry.crc else {
            throw EvidenceFilesError.unavailable("\(file.entry.path): altered")
          }
          open = nil
        }
        guard let entry = entries.popFirst() else {
          if isOver { return nil }
          isOver = true
          return table.end()
        }
        let head = table.head(of: entry)
        switch entry.content {
        case .bytes(let bytes): return head + bytes
        case .file(let hash):
          open = (try await files.read(hash).makeAsyncIterator(), entry, entry.size, CRC32())
          return head
        }
      }
    }
  }
}

/// What an archive says of its entries, before each and at its end (APPNOTE 6.3.10).
struct ZipTable {
  /// Where the next entry begins.
  private(set) var offset: Int64 = 0
  private var directory: [UInt8] = []
  private var count: Int64 = 0

  private static let most: Int64 = 0xFFFF_FFFF

  /// The bytes before an entry's content; notes it for the table.
  mutating func head(of entry: StoredZip.Entry) -> [UInt8] {
    let path = Array(entry.path.utf8.prefix(0xFFFF))
    let (day, time) = Self.clock(entry.at)
    let isLarge = entry.size >= Self.most
    let size = isLarge ? Self.most : entry.size
    let sizes = isLarge ? [entry.size, entry.size] : []
    let far = offset >= Self.most ? [offset] : []
    // Version 4.5 where 64-bit fields are used; bit 11: the name is UTF-8; method 0: stored.
    func common(_ wide: [Int64]) -> [UInt8] {
      little(wide.isEmpty ? 20 : 45, 2) + little(1 << 11, 2) + little(0, 2) + little(time, 2) + little(day, 2)
        + little(Int64(entry.crc), 4) + little(size, 4) + little(size, 4) + little(Int64(path.count), 2)
        + little(wide.isEmpty ? 0 : Int64(4 + wide.count * 8), 2)
    }
    func extra(_ wide: [Int64]) -> [UInt8] {
      wide.isEmpty ? [] : little(1, 2) + little(Int64(wide.count * 8), 2) + wide.flatMap { little($0, 8) }
    }
    let head = little(0x0403_4B50, 4) + common(sizes) + path + extra(sizes)
    directory +=
      little(0x0201_4B50, 4) + little(45, 2) + common(sizes + far) + little(0, 10)
      + little(far.isEmpty ? offset : Self.most, 4) + path + extra(sizes + far)
    offset += Int64(head.count) + entry.size
    count += 1
    return head
  }

  /// The table and the records that find it.
  func end() -> [UInt8] {
    let length = Int64(directory.count)
    var bytes = directory
    if count >= 0xFFFF || offset >= Self.most || length >= Self.most {
      bytes += little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8)
      bytes += little(count, 8) + little(count, 8) + little(length, 8) + little(offset, 8)
      bytes += little(0x0706_4B50, 4) + little(0, 4) + little(offset + length, 8) + little(1, 4)
    }
    let shown = little(min(count, 0xFFFF), 2)
    bytes += little(0x0605_4B50, 4) + little(0, 4) + shown + shown
    return bytes + little(min(length, Self.most), 4) + little(min(offset, Self.most), 4) + little(0, 2)
  }

  /// Day and time of DOS, which begins in 1980 and counts two seconds.
  private static func clock(_ at: Instant) -> (day: Int64, time: Int64) {
    let local = LocalTime(at)
    let year = Int64(min(max(local.day.year, 1980), 2107) - 1980)
    return (
      year << 9 | Int64(local.day.month) << 5 | Int64(local.day.day),
      Int64(local.hour) << 11 | Int64(local.minute) << 5 | Int64(local.second / 2)
    )
  }

  private func little(_ value: Int64, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }
}
