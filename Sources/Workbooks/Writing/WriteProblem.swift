/// What can't be put into a workbook, with its place. All are collected and reported together.
package enum WriteProblem: Hashable, Sendable {
  case sheetName(String, SheetName.Fault)
  case textTooLong(sheet: String, cell: String, length: Int, limit: Int)
  /// The text is no decimal number.
  case notANumber(sheet: String, cell: String, text: String)
  /// More significant digits than a workbook keeps.
  case tooPrecise(sheet: String, cell: String, text: String, limit: Int)
  /// A merged range would overlap another.
  case mergeOverlap(sheet: String, range: String, other: String)
  case noteTooLong(sheet: String, cell: String, length: Int, limit: Int)
  /// A drop-down without a single choice.
  case noChoices(sheet: String, range: String)
  /// A prompt or complaint of an input rule.
  case messageTooLong(sheet: String, range: String, length: Int, limit: Int)
  case headerTooLong(sheet: String, length: Int, limit: Int)
  /// A name for a range that Excel wouldn't accept.
  case definedName(String)
  case cannotSave(path: String, reason: String)

  /// The stable name of the cause, by which the catalogue finds its sentence.
  package var code: String {
    switch self {
    case .sheetName(_, let fault): "workbook-sheet-name-\(fault.rawValue)"
    case .textTooLong: "workbook-cell-text-too-long"
    case .notANumber: "workbook-not-a-number"
    case .tooPrecise: "workbook-too-precise"
    case .mergeOverlap: "workbook-merge-overlap"
    case .noteTooLong: "workbook-note-too-long"
    case .noChoices: "workbook-no-choices"
    case .messageTooLong: "workbook-message-too-long"
    case .headerTooLong: "workbook-header-too-long"
    case .definedName: "workbook-defined-name"
    case .cannotSave: "workbook-cannot-save"
    }
  }

  /// The values the sentence names, by key; lengths in characters as Excel counts them.
  package var parameters: [String: String] {
    switch self {
    case .sheetName(let name, _), .definedName(let name): ["name": name]
    case .textTooLong(let sheet, let cell, let length, let limit),
      .noteTooLong(let sheet, let cell, let length, let limit):
      ["sheet": sheet, "cell": cell, "length": "\(length)", "limit": "\(limit)"]
    case .notANumber(let sheet, let cell, let text): ["sheet": sheet, "cell": cell, "text": text]
    case .tooPrecise(let sheet, let cell, let text, let limit):
      ["sheet": sheet, "cell": cell, "text": text, "limit": "\(limit)"]
    case .mergeOverlap(let sheet, let range, let other): ["sheet": sheet, "range": range, "other": other]
    case .noChoices(let sheet, let range): ["sheet": sheet, "range": range]
    case .messageTooLong(let sheet, let range, let length, let limit):
      ["sheet": sheet, "range": range, "length": "\(length)", "limit": "\(limit)"]
    case .headerTooLong(let sheet, let length, let limit):
      ["sheet": sheet, "length": "\(length)", "limit": "\(limit)"]
    case .cannotSave(let path, let reason): ["path": path, "reason": reason]
    }
  }
}

/// A workbook that wasn't written, with everything that stood in its way.
package struct WriteFailure: Error, Sendable {
  package let problems: [WriteProblem]
}
