/// The way through a workbook: what kind of file, which sheets, styles and texts, then the cells.
enum WorkbookReading {
  static func workbook(
    in file: ByteView, limits: ReadLimits, wanted: WantedSheets
  ) throws(WorkbookRefusal) -> Workbook {
    try refuseOtherFiles(file)
    let archive = try Archive(file, budget: ReadBudget(limits: limits, fileBytes: file.count))
    try refuseOtherKinds(archive)
    let root = try Relationships.of("", in: archive).values.first { $0.kind == "officeDocument" }?.target
    let book = WorkbookPart(part: root ?? "xl/workbook.xml", budget: archive.budget)
    try book.parse(archive)
    let lacking = wanted.lacking(in: book.sheets.map(\.name))
    guard lacking.isEmpty else { throw .missingSheets(lacking) }
    let links = try Relationships.of(book.part, in: archive)
    let reading = CellReading(
      shared: try sharedStrings(links, archive), shown: try styles(links, archive), dates: book.dates)
    var sheets: [Sheet] = []
    var seen: Set<String> = []
    for listed in book.sheets {
      guard let link = links[listed.link] else { throw .damaged(part: book.part, .unknownSheet) }
      if link.kind.lowercased().hasSuffix("macrosheet") { throw .macros }
      // Sheets that are only a chart hold no cells.
      guard link.kind == "worksheet" else { continue }
      guard seen.insert(link.target.lowercased()).inserted else { throw .damaged(part: link.target, .duplicateSheet) }
      let reader = SheetPart(part: link.target, listed: listed, reading: reading, budget: archive.budget)
      if wanted.reads(listed.name) { try reader.parse(archive) }
      sheets.append(try reader.sheet())
    }
    guard !sheets.isEmpty else { throw .damaged(part: book.part, .unknownSheet) }
    return Workbook(
      sheets: sheets, hasExternalLinks: archive.partNames.contains { $0.hasPrefix("xl/externallinks/") })
  }

  private static func styles(
    _ links: [String: Relationships.Link], _ archive: Archive
  ) throws(WorkbookRefusal) -> [NumberFormat.Shown] {
    guard let link = links.values.first(where: { $0.kind == "styles" }) else { return [] }
    let reader = StylesPart(part: link.target, budget: archive.budget)
    try reader.parse(archive)
    return reader.shown
  }

  private static func sharedStrings(
    _ links: [String: Relationships.Link], _ archive: Archive
  ) throws(WorkbookRefusal) -> [String] {
    guard let link = links.values.first(where: { $0.kind == "sharedStrings" }) else { return [] }
    let reader = SharedStringsPart(part: link.target, budget: archive.budget)
    try reader.parse(archive)
    return reader.strings
  }

  /// Files that aren't archives: the compound files of old and of encrypted workbooks, and anything else.
  private static func refuseOtherFiles(_ file: ByteView) throws(WorkbookRefusal) {
    if file.u32(0) == 0xE011_CFD0 {
      throw isEncryptedPackage(file) ? .encrypted : .oldFormat
    }
    // An empty archive starts with its end record.
    guard [0x0403_4B50, 0x0605_4B50].contains(file.u32(0)) else { throw .notAZip }
  }

  /// True when a compound file holds an encrypted package: its entries start at multiples of 128 bytes.
  private static func isEncryptedPackage(_ file: ByteView) -> Bool {
    let name = Array("EncryptedPackage".utf16)
    return stride(from: 512, to: file.count, by: 128).contains { offset in
      name.indices.allSatisfy { file.u16(offset + $0 * 2) == Int(name[$0]) }
    }
  }

  /// Archives that aren't plain workbooks.
  private static func refuseOtherKinds(_ archive: Archive) throws(WorkbookRefusal) {
    let kinds = [
      ("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"),
      ("content.xml", "ods"),
    ]
    for (part, kind) in kinds where archive.has(part) { throw .notAWorkbook(found: kind) }
    if archive.partNames.contains(where: { $0.hasSuffix("vbaproject.bin") || $0.hasPrefix("xl/macrosheets/") }) {
      throw .macros
    }
    guard archive.has("[Content_Types].xml"), archive.has("_rels/.rels") else { throw .notAWorkbook(found: "zip") }
  }
}
