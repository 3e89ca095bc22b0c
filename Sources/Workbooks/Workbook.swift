/// A workbook as read: its sheets in the order of their tabs.
package struct Workbook: Sendable {
  package let sheets: [Sheet]
  /// True when the file refers to other workbooks, so that some of its values may come from outside.
  package let hasExternalLinks: Bool

  package init(sheets: [Sheet] = [], hasExternalLinks: Bool = false) {
    self.sheets = sheets
    self.hasExternalLinks = hasExternalLinks
  }

  /// The sheet with this name, whatever the case of its letters; nil when there is none.
  package func sheet(named name: String) -> Sheet? {
    let wanted = name.lowercased()
    return sheets.first { $0.name.lowercased() == wanted }
  }

  /// Reads the workbook at `path`. Memory and work stay within `limits` whatever the file holds.
  package static func read(
    from path: String, limits: ReadLimits = .standard, wanted: WantedSheets = .all
  ) throws(WorkbookRefusal) -> Workbook {
    try read(bytes: try FileBytes.read(path, limit: limits.fileBytes), limits: limits, wanted: wanted)
  }

  /// Reads a workbook held in memory, such as an upload.
  package static func read(
    bytes: [UInt8], limits: ReadLimits = .standard, wanted: WantedSheets = .all
  ) throws(WorkbookRefusal) -> Workbook {
    guard bytes.count <= limits.fileBytes else {
      throw .fileTooLarge(bytes: bytes.count, limit: limits.fileBytes)
    }
    return try bytes.withUnsafeBytes { raw in
      Result { () throws(WorkbookRefusal) in
        try WorkbookReading.workbook(in: ByteView(bytes: raw), limits: limits, wanted: wanted)
      }
    }.get()
  }
}
