/// Builds archives without compression, so that tests can say exactly what stands in a part.
enum PlainArchive {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  /// A workbook of one sheet called 甲, with these rows, shared texts and styles.
  static func workbook(
    rows: String, after: String = "", shared: String = "", styles: String = "", properties: String = "",
    others: [(String, String)] = []
  ) -> [UInt8] {
    bytes(
      [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", relations([("r", "officeDocument", "/xl/workbook.xml")])),
        (
          "xl/workbook.xml",
          """
          <workbook xmlns="\(main)" xmlns:r="\(relation)">\(properties)<sheets>
          <sheet name="甲" sheetId="1" r:id="a"/></sheets></workbook>
          """
        ),
        (
          "xl/_rels/workbook.xml.rels",
          relations([
            ("a", "worksheet", "worksheets/sheet1.xml"), ("b", "sharedStrings", "sharedStrings.xml"),
            ("c", "styles", "styles.xml"),
          ])
        ),
        ("xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(shared)</sst>"),
        ("xl/styles.xml", "<styleSheet xmlns=\"\(main)\">\(styles)</styleSheet>"),
        (
          "xl/worksheets/sheet1.xml",
          "<worksheet xmlns=\"\(main)\"><sheetData>\(rows)</sheetData>\(after)</worksheet>"
        ),
      ] + others)
  }

  private static func relations(_ links: [(String, String, String)]) -> String {
    let lines = links.map { "<Relationship Id=\"\($0.0)\" Type=\"\(relation)/\($0.1)\" Target=\"\($0.2)\"/>" }
    return "<Relationships xmlns=\"\(package)\">\(lines.joined())</Relationships>"
  }

  static func bytes(_ parts: [(name: String, content: String)]) -> [UInt8] {
    var body: [UInt8] = []
    var table: [UInt8] = []
    for (name, content) in parts {
      let data = Array(content.utf8)
      let fields =
        little(20, 2) + little(0, 8) + little(crc(data), 4) + little(data.count, 4) + little(data.count, 4)
        + little(name.utf8.count, 2) + little(0, 2)
      table += little(0x0201_4B50, 4) + little(20, 2) + fields + little(0, 10) + little(body.count, 4) + name.utf8
      body += little(0x0403_4B50, 4) + fields + name.utf8 + data
    }
    return body + table + little(0x0605_4B50, 4) + little(0, 4) + little(parts.count, 2) + little(parts.count, 2)
      + little(table.count, 4) + little(body.count, 4) + little(0, 2)
  }

  private static func little(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> ($0 * 8)) : 0 }
  }

  private static func crc(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return Int(~crc)
  }
}
