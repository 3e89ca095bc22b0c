/// What the first bytes of a file say it is.
enum Sniffing: Hashable {
  /// One of these; the name decides where they differ in nothing else.
  case kinds([FileKind])
  /// An archive whose table of contents has to tell.
  case zip
  /// A compound file of Office before 2007, whose directory has to tell.
  case compound
  case active
  case archive
  case unknown

  /// Bytes that are looked at.
  static let headBytes = 64 << 10

  /// `whole`: the file has no more bytes than these.
  init(head: [UInt8], whole: Bool) {
    if let found = Self.bySignature(head) {
      self = found
    } else if let found = Self.byBox(head) {
      self = found
    } else if Self.isMP3(head) {
      self = .kinds([.mp3])
    } else if let text = TextSniffing(head: head, whole: whole) {
      self = text.isActive ? .active : .kinds([.text, .csv])
    } else {
      self = .unknown
    }
  }

  private static let signatures: [(bytes: [UInt8], found: Sniffing)] = [
    (Array("%PDF-".utf8), .kinds([.pdf])),
    ([0xEF, 0xBB, 0xBF] + "%PDF-".utf8, .kinds([.pdf])),
    ([0xFF, 0xD8, 0xFF], .kinds([.jpeg])),
    ([0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A], .kinds([.png])),
    (Array("GIF87a".utf8), .kinds([.gif])), (Array("GIF89a".utf8), .kinds([.gif])),
    (Array("II".utf8) + [0x2A, 0], .kinds([.tiff])), (Array("MM".utf8) + [0, 0x2A], .kinds([.tiff])),
    (Array("ID3".utf8), .kinds([.mp3])),
    (Array("PK".utf8) + [3, 4], .zip),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .compound),
    (Array("Rar!".utf8), .archive), (Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C], .archive),
    ([0x1F, 0x8B], .archive), (Array("BZh".utf8), .archive), ([0xFD] + Array("7zXZ".utf8), .archive),
    (Array("PK".utf8) + [5, 6], .archive), (Array("PK".utf8) + [7, 8], .archive), (Array("MSCF".utf8), .archive),
    ([0x7F] + Array("ELF".utf8), .active), (Array("MZ".utf8), .active), ([0xCA, 0xFE, 0xBA, 0xBE], .active),
    ([0xCF, 0xFA, 0xED, 0xFE], .active), ([0xCE, 0xFA, 0xED, 0xFE], .active), (Array("dex\n".utf8), .active),
    ([0, 0x61, 0x73, 0x6D], .active), ([0x4C, 0, 0, 0, 1, 0x14, 2, 0], .active),
  ]

  private static func bySignature(_ head: [UInt8]) -> Sniffing? {
    if let found = signatures.first(where: { head.starts(with: $0.bytes) }) { return found.found }
    if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "WEBP".utf8) { return .kinds([.webp]) }
    return nil
  }

  /// Files of boxes (ISO 14496-12): the first one names the brands the file is readable as.
  private static func byBox(_ head: [UInt8]) -> Sniffing? {
    guard head.count >= 16, head.dropFirst(4).starts(with: "ftyp".utf8) else { return nil }
    let length = min(Int(head[2]) << 8 | Int(head[3]), head.count)
    guard head[0] == 0, head[1] == 0, length >= 16 else { return .unknown }
    let brands = [8] + stride(from: 16, to: length - 3, by: 4)
    for place in brands {
      switch String(decoding: head[place..<place + 4], as: UTF8.self) {
      case "heic", "heix", "heim", "heis", "hevc", "mif1": return .kinds([.heic])
      case "qt  ": return .kinds([.mov])
      case "isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "dash": return .kinds([.mp4])
      default: continue
      }
    }
    return .unknown
  }

  /// Without tags it begins with a frame: eleven bits of one, layer III, a rate and a frequency there are.
  private static func isMP3(_ head: [UInt8]) -> Bool {
    guard head.count >= 4, head[0] == 0xFF, head[1] & 0xE6 == 0xE2 else { return false }
    return head[1] & 0x18 != 0x08 && head[2] >> 4 != 15 && head[2] >> 4 != 0 && head[2] >> 2 & 3 != 3
  }
}
