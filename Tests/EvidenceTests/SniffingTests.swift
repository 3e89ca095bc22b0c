import Fixtures
import Notation
import Testing

@testable import Storage

@Suite struct SniffingTests {
  static let png: [UInt8] = [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A, 0, 0]
  static let gbk: [UInt8] = [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB5, 0xD8, 0xD6, 0xB7, 0x0D, 0x0A]

  static let accepted: [(String, [UInt8], FileKind)] = [
    ("名册.pdf", Array("%PDF-1.7\n%…".utf8), .pdf), ("照片.JPG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16], .jpeg),
    ("a.png", png, .png),
    ("a.gif", Array("GIF89a….".utf8), .gif), ("a.webp", "RIFF".utf8 + [1, 2, 3, 4] + "WEBPVP8 ".utf8, .webp),
    ("a.heic", box("heic", "mif1"), .heic), ("a.heif", box("mif1", "heic"), .heic),
    ("a.mp4", box("isom", "avc1"), .mp4),
    ("a.mov", box("qt  ", "qt  "), .mov), ("a.mp3", Array("ID3\u{3}".utf8), .mp3),
    ("a.mp3", [0xFF, 0xFB, 0x90, 0x64, 0], .mp3), ("a.tif", Array("II".utf8) + [0x2A, 0, 8, 0], .tiff),
    ("说明.txt", Array("会议纪要\n一、……".utf8), .text), ("表.csv", gbk, .csv),
    ("bom.csv", [0xEF, 0xBB, 0xBF] + "a,b\n".utf8, .csv),
    ("a.docx", zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"), .docx),
    ("a.xlsx", zip("[Content_Types].xml", "xl/workbook.xml"), .xlsx),
    ("a.pptx", zip("[Content_Types].xml", "ppt/presentation.xml"), .pptx),
    ("a.ofd", zip("OFD.xml", "Doc_0/Document.xml"), .ofd),
    ("a.doc", compound("WordDocument", "1Table"), .doc), ("a.wps", compound("WordDocument"), .doc),
    ("a.xls", compound("Workbook"), .xls), ("a.ppt", compound("PowerPoint Document", "Current User"), .ppt),
  ]

  @Test(arguments: accepted)
  func `what a file is shows in its bytes`(name: String, bytes: [UInt8], kind: FileKind) async throws {
    #expect(try await sniffed(name, bytes) == kind)
  }

  static let refused: [(String, [UInt8], EvidenceRefusal)] = [
    ("a.exe", [77, 90, 0, 0], .ending(name: "a.exe")), ("a.pdf", Array("MZ\u{90}".utf8), .active(name: "a.pdf")),
    ("a.txt", Array(" \n<!DOCTYPE html><script>".utf8), .active(name: "a.txt")),
    ("a.csv", Array("<svg onload=".utf8), .active(name: "a.csv")),
    ("a.txt", Array("#!/bin/sh\n".utf8), .active(name: "a.txt")),
    ("a.html", Array("<p>".utf8), .ending(name: "a.html")),
    ("a", Array("abc".utf8), .ending(name: "a")), (".pdf", Array("%PDF-".utf8), .ending(name: "pdf")),
    ("../", [1], .unnamed),
    ("a.pdf", [], .empty(name: "a.pdf")), ("a.pdf", png, .otherKind(name: "a.pdf", found: .png)),
    ("a.png", Array("text".utf8), .otherKind(name: "a.png", found: .text)),
    ("a.txt", [0, 1, 2, 3], .unknown(name: "a.txt")),
    ("a.txt", Array("abc".utf8) + [0xFF, 0x41], .unknown(name: "a.txt")),
    ("a.zip", zip("a.txt"), .ending(name: "a.zip")), ("a.docx", zip("a.txt"), .archive(name: "a.docx")),
    ("a.docx", zip("[Content_Types].xml", "xl/workbook.xml"), .otherKind(name: "a.docx", found: .xlsx)),
    ("a.docx", zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), .macros(name: "a.docx")),
    ("a.docx", zip("[Content_Types].xml", "word/document.xml", "xl/workbook.xml"), .archive(name: "a.docx")),
    ("a.docx", bloated(to: 60 << 20), .bloated(name: "a.docx")),
    ("a.xlsx", Array(zip("[Content_Types].xml", "xl/workbook.xml").dropLast(30)), .damaged(name: "a.xlsx")),
    ("a.doc", compound("EncryptedPackage"), .encrypted(name: "a.doc")),
    ("a.xls", compound("Workbook", "_VBA_PROJECT"), .macros(name: "a.xls")),
    ("a.doc", compound("__properties_version1.0"), .unknown(name: "a.doc")),
    ("a.doc", Array(compound("WordDocument").prefix(900)), .damaged(name: "a.doc")),
    ("a.docx", compound("WordDocument"), .otherKind(name: "a.docx", found: .doc)),
    ("a.pdf", Array("Rar!\u{1A}\u{7}".utf8), .archive(name: "a.pdf")),
  ]

  @Test(arguments: refused)
  func `what it isn't is refused with a reason`(name: String, bytes: [UInt8], reason: EvidenceRefusal) async throws {
    await #expect(throws: reason) { try await sniffed(name, bytes) }
  }

  @Test func `a picture beyond its limit is refused while it comes`() async throws {
    let folder = try Folder()
    let intake = try await EvidenceIntake(name: "a.png", into: folder.files())
    try await intake.write(Self.png + [UInt8](repeating: 0, count: 1 << 20))
    await #expect(throws: EvidenceRefusal.tooLarge(name: "a.png", limit: 20 << 20)) {
      for _ in 0..<20 { try await intake.write([UInt8](repeating: 0, count: 1 << 20)) }
    }
    await intake.abandon()
    #expect(folder.all == [])
  }

  @Test func `a character cut at the end of what is looked at is still text`() async throws {
    let text = Array(String(repeating: "均", count: 40_000).utf8)
    for shift in 0..<3 { #expect(try await sniffed("a.txt", [UInt8](repeating: 65, count: shift) + text) == .text) }
  }

  @Test func `no bytes trap the sniffer`() async throws {
    var dice = Seeded(7)
    let seeds = Self.accepted.map(\.1)
    for _ in 0..<400 {
      var bytes = seeds.randomElement(using: &dice) ?? []
      for _ in 0..<Int.random(in: 1...6, using: &dice) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
      }
      bytes.removeLast(Int.random(in: 0...min(20, bytes.count), using: &dice))
      _ = try? await sniffed("a.docx", bytes)
      _ = try? await sniffed("a.doc", bytes)
      _ = try? await sniffed("a.txt", bytes)
    }
  }

  func sniffed(_ name: String, _ bytes: [UInt8]) async throws -> FileKind {
    let intake = try await EvidenceIntake(name: name, into: MemoryFiles())
    try await intake.write(bytes)
    return try await intake.check()
  }

  static func box(_ brands: String...) -> [UInt8] {
    [0, 0, 0, UInt8(12 + brands.count * 4)] + "ftyp".utf8 + brands[0].utf8 + [0, 0, 2, 0]
      + brands.dropFirst().flatMap { Array($0.utf8) }
  }

  static func zip(_ parts: String...) -> [UInt8] {
    var table = ZipTable()
    let heads = parts.flatMap { table.head(of: StoredZip.Entry(path: $0, at: .init(milliseconds: 0), bytes: [])) }
    return heads + table.end()
  }

  /// A document whose table of contents says that its last part unpacks to so many bytes.
  static func bloated(to size: UInt32) -> [UInt8] {
    var bytes = zip("[Content_Types].xml", "word/document.xml")
    let entry = (0..<bytes.count - 4).last { Array(bytes[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] } ?? 0
    for place in 0..<4 { bytes[entry + 24 + place] = UInt8(truncatingIfNeeded: size >> (8 * UInt32(place))) }
    return bytes
  }

  @Test func `a large document that unpacks to a few times its size is taken`() async throws {
    #expect(try await sniffed("a.docx", Self.bloated(to: 40 << 20)) == .docx)
  }

  /// Sector 0: the table; sectors from 1: the directory.
  static func compound(_ streams: String...) -> [UInt8] {
    func number(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }
    func padded(_ bytes: [UInt8], _ size: Int, _ fill: UInt8 = 0) -> [UInt8] {
      bytes + [UInt8](repeating: fill, count: size - bytes.count)
    }
    let entries = (["Root Entry"] + streams).map { name -> [UInt8] in
      let text = name.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
      return padded(padded(text, 64) + [UInt8(text.count + 2), 0, 2], 128)
    }.flatMap { $0 }
    let sectors = (entries.count + 511) / 512
    let chain: [UInt8] = (0..<sectors).flatMap { number($0 + 1 < sectors ? UInt32($0 + 2) : 0xFFFF_FFFE) }
    let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    var header = padded(magic, 512, 0xFF)
    header.replaceSubrange(30..<32, with: [9, 0])
    header.replaceSubrange(48..<52, with: number(1))
    header.replaceSubrange(76..<80, with: number(0))
    return header + padded(number(0xFFFF_FFFD) + chain, 512, 0xFF) + padded(entries, sectors * 512)
  }
}
