extension WorkbookRefusal {
  /// The stable name of the cause, by which the catalogue finds its sentence.
  package var code: String {
    switch self {
    case .cannotOpen: "workbook-cannot-open"
    case .notAZip: "workbook-not-a-zip"
    case .damaged: "workbook-damaged"
    case .encrypted: "workbook-encrypted"
    case .oldFormat: "workbook-old-format"
    case .notAWorkbook: "workbook-other-kind"
    case .macros: "workbook-macros"
    case .fileTooLarge: "workbook-file-too-large"
    case .tooManyEntries: "workbook-too-many-entries"
    case .overlappingEntries: "workbook-overlapping-entries"
    case .bombRatio: "workbook-bomb-ratio"
    case .contentTooLarge: "workbook-content-too-large"
    case .tooMuchText: "workbook-too-much-text"
    case .textTooLong: "workbook-text-too-long"
    case .xmlTooDeep: "workbook-xml-too-deep"
    case .tooManyElements: "workbook-too-many-elements"
    case .doctype: "workbook-doctype"
    case .tooManySheets: "workbook-too-many-sheets"
    case .tooManyRows: "workbook-too-many-rows"
    case .tooManyCells: "workbook-too-many-cells"
    case .missingSheets: "workbook-missing-sheets"
    case .missingPart: "workbook-missing-part"
    case .badCell: "workbook-bad-cell"
    }
  }

  /// The values the sentence names, by key; sizes in bytes.
  package var parameters: [String: String] {
    switch self {
    case .cannotOpen(let errno): ["errno": "\(errno)"]
    case .notAZip, .encrypted, .oldFormat, .macros, .overlappingEntries: [:]
    case .damaged(let part, let damage): ["part": part, "damage": damage.rawValue]
    case .notAWorkbook(let found): ["found": found]
    case .fileTooLarge(let bytes, let limit): ["bytes": "\(bytes)", "limit": "\(limit)"]
    case .tooManyEntries(let limit), .tooManySheets(let limit), .tooManyRows(let limit), .tooManyCells(let limit):
      ["limit": "\(limit)"]
    case .missingSheets(let names): ["sheets": names.joined(separator: ", ")]
    case .bombRatio(let part, let limit), .contentTooLarge(let part, let limit),
      .tooMuchText(let part, let limit), .xmlTooDeep(let part, let limit), .tooManyElements(let part, let limit):
      ["part": part, "limit": "\(limit)"]
    case .textTooLong(let part, let cell, let limit): ["part": part, "cell": cell, "limit": "\(limit)"]
    case .doctype(let part), .missingPart(let part): ["part": part]
    case .badCell(let sheet, let cell, let fault): ["sheet": sheet, "cell": cell, "fault": fault.rawValue]
    }
  }
}
