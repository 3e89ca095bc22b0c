/// A page with a few lines, as small as a PDF can be: it names a font that readers bring along for Chinese.
enum SamplePDF {
  static func bytes(lines: [String]) -> [UInt8] {
    let text = lines.enumerated().map { number, line in
      "BT /F1 \(number == 0 ? 20 : 14) Tf 72 \(740 - number * 44) Td <\(hex(line))> Tj ET"
    }.joined(separator: "\n")
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      """
      << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>
      """,
      "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
      "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
      """
      << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R \
      /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>
      """,
      """
      << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 \
      /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>
      """,
    ]
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (number, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(number + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { file += "\(FilledRegistry.padded(place, 10)) 00000 n \n" }
    file += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(file.utf8)
  }

  /// UTF-16, big end first.
  private static func hex(_ line: String) -> String {
    line.utf16.map { unit in
      let text = String(unit, radix: 16)
      return String(repeating: "0", count: 4 - text.count) + text
    }.joined()
  }
}
