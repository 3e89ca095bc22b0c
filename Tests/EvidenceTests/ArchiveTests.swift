import Foundation
import Notation
import Testing

@testable import Storage

@Suite struct ArchiveTests {
  static let noon = Instant(startOf: Day("2026-08-26") ?? .init(daysSince1970: 0)).adding(seconds: 12 * 3600)

  static let list = """
    import sys, zipfile
    z = zipfile.ZipFile(sys.argv[1])
    assert z.testzip() is None
    for i in z.infolist(): print(i.filename, i.file_size, i.date_time[:5], z.read(i)[:9])
    """

  @Test func `other programs read it`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let file = try await files.put("名册的内容")
    let zip = StoredZip(
      [
        StoredZip.Entry(path: "目录.csv", at: Self.noon, bytes: Array("a".utf8)),
        StoredZip.Entry(path: "4 教师交流/名册.pdf", at: Self.noon, size: file.size, crc: file.crc, file: file.hash),
        StoredZip.Entry(path: "空.txt", at: Instant(milliseconds: 0), bytes: []),
      ], from: files)
    let path = try await save(zip, in: folder)
    #expect(
      try folder.python(Self.list, path) == """
        目录.csv 1 (2026, 8, 26, 12, 0) b'a'
        4 教师交流/名册.pdf 15 (2026, 8, 26, 12, 0) b'\\xe5\\x90\\x8d\\xe5\\x86\\x8c\\xe7\\x9a\\x84'
        空.txt 0 (1980, 1, 1, 8, 0) b''

        """)
  }

  @Test func `an altered file breaks it off`() async throws {
    let folder = try Folder()
    let files = try folder.files()
    let file = try await files.put("abc")
    _ = try folder.write(Array("abd".utf8), to: "evidence/\(folder.all[0])")
    let zip = StoredZip([.init(path: "a", at: Self.noon, size: 3, crc: file.crc, file: file.hash)], from: files)
    await #expect(throws: EvidenceFilesError.self) { for try await _ in zip {} }
  }

  @Test func `beyond four gigabytes and sixty-five thousand files it goes on`() throws {
    let folder = try Folder()
    // The contents are holes: only what the archive says of them is written.
    let path = try folder.write([], to: "large.zip")
    let file = try #require(FileHandle(forWritingAtPath: path))
    var table = ZipTable()
    let large = (0..<3).map {
      StoredZip.Entry(path: "\($0).mp4", at: Self.noon, size: 2 << 30, crc: 0, file: Self.hash)
    }
    let huge = StoredZip.Entry(path: "huge.mp4", at: Self.noon, size: 5 << 30, crc: 0, file: Self.hash)
    for entry in large + [huge] {
      try file.seek(toOffset: UInt64(table.offset))
      try file.write(contentsOf: Data(table.head(of: entry)))
    }
    try file.seek(toOffset: UInt64(table.offset))
    try file.write(contentsOf: Data(table.end()))
    try file.close()
    let program = """
      import sys, zipfile
      z = zipfile.ZipFile(sys.argv[1])
      for i in z.infolist():
          with z.open(i) as f: print(i.filename, i.file_size, i.header_offset >> 30, f.read(1))
      """
    #expect(
      try folder.python(program, path) == """
        0.mp4 2147483648 0 b'\\x00'
        1.mp4 2147483648 2 b'\\x00'
        2.mp4 2147483648 4 b'\\x00'
        huge.mp4 5368709120 6 b'\\x00'

        """)
    var many = ZipTable()
    var bytes: [UInt8] = []
    for number in 0..<65_536 {
      bytes += many.head(of: StoredZip.Entry(path: "\(number)", at: Self.noon, size: 0, crc: 0, file: Self.hash))
    }
    let second = try folder.write(bytes + many.end(), to: "many.zip")
    #expect(
      try folder.python("import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))", second) == "65536\n"
    )
  }

  static let hash = FileHash(String(repeating: "0", count: 64))!

  @Test func `names are safe to unpack anywhere`() {
    var names = ArchiveNames()
    #expect(names.path(folder: "4 甲", file: "../../etc/passwd.pdf") == "4 甲/passwd.pdf")
    #expect(names.path(folder: "4 甲", file: "PASSWD.PDF") == "4 甲/PASSWD (2).PDF")
    #expect(names.path(folder: "4 甲", file: "C:\\x\\CON\u{202E}fdp.exe\u{0}.pdf") == "4 甲/CONfdp.exe_.pdf")
    #expect(names.path(folder: "4 甲", file: "...") == "4 甲/_")
    let long = names.path(folder: "4 甲", file: String(repeating: "长", count: 300) + ".docx")
    #expect(long.hasSuffix("长.docx") && long.utf8.count <= 210)
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
  func `no text of the list is a formula`(text: String) {
    #expect(EvidenceIndex.cell(text) == "\"'\(text)\"")
  }

  @Test func `quotes in the list are doubled`() { #expect(EvidenceIndex.cell("a\"b,c") == "\"a\"\"b,c\"") }

  func save(_ zip: StoredZip, in folder: Folder) async throws -> String {
    var bytes: [UInt8] = []
    for try await piece in zip { bytes += piece }
    #expect(Int64(bytes.count) == zip.size)
    return try folder.write(bytes, to: "evidence.zip")
  }
}
