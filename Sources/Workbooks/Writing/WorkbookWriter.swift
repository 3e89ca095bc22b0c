import CXlsxWriter
import Glibc

/// A workbook being written. Nothing fails on the way: problems are collected, and `finish` reports them together or
/// saves the file.
package final class WorkbookWriter {
  /// The hidden sheet that holds choices too long for a drop-down of its own.
  package static let choicesSheet = "lists"

  private let path: String
  private let book: UnsafeMutablePointer<lxw_workbook>
  private(set) var isOpen = true
  private var takenNames: Set<String> = [choicesSheet]
  private var choiceLists: [[String]] = []
  let formats: FormatBook
  private(set) var problems: [WriteProblem] = []

  /// Starts a workbook that `finish` will save at `path`.
  package init(path: String, properties: WorkbookProperties) throws(WriteFailure) {
    guard let book = workbook_new(path) else {
      throw WriteFailure(problems: [.cannotSave(path: path, reason: "memory")])
    }
    self.path = path
    self.book = book
    formats = FormatBook(book)
    let texts = CTexts()
    var about = lxw_doc_properties()
    about.title = texts.lend(EscapedText.encode(properties.title))
    about.author = texts.lend(EscapedText.encode(properties.author))
    about.company = texts.lend(EscapedText.encode(properties.company))
    // The library takes 0 for "now".
    about.created = time_t(max(properties.created, 1))
    workbook_set_properties(book, &about)
  }

  deinit {
    if isOpen { lxw_workbook_free(book) }
  }

  /// Adds a sheet after those there are. A name Excel wouldn't accept is a problem; see `SheetName.fitting`.
  package func addSheet(named name: String) -> SheetWriter {
    if let fault = SheetName.fault(in: name, taken: takenNames) { note(.sheetName(name, fault)) }
    return makeSheet(SheetName.fitting(name, taken: takenNames))
  }

  /// Gives a range a name that formulas can use. It may hold letters, digits, `_` and `.`, and starts with a letter.
  package func define(_ name: String, as range: CellRange, onSheet sheet: String) {
    let fits = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    guard fits, name.first?.isLetter == true, name.utf16.count <= 255, CellAddress(name) == nil,
      workbook_define_name(book, name, "=" + range.reference(onSheet: sheet)) == LXW_NO_ERROR
    else { return note(.definedName(name)) }
  }

  /// Saves the file, or reports everything that couldn't be written; then there is no file. To be called once.
  package func finish() throws(WriteFailure) {
    precondition(isOpen, "a workbook is finished once")
    writeChoices()
    isOpen = false
    if problems.isEmpty, let reason = Self.reasonNotToSave(at: path) {
      problems.append(.cannotSave(path: path, reason: reason))
    }
    guard problems.isEmpty else {
      lxw_workbook_free(book)
      throw WriteFailure(problems: problems)
    }
    let error = workbook_close(book)
    guard error == LXW_NO_ERROR else {
      let reason = lxw_strerror(error).map { String(cString: $0) } ?? "\(error.rawValue)"
      throw WriteFailure(problems: [.cannotSave(path: path, reason: reason)])
    }
  }

  func note(_ problem: WriteProblem) { problems.append(problem) }

  /// Where a list of choices will stand on the hidden sheet.
  func place(ofChoices choices: [String]) -> String {
    let index = choiceLists.firstIndex(of: choices) ?? choiceLists.endIndex
    if index == choiceLists.endIndex { choiceLists.append(choices) }
    let range = CellRange(rows: 1...choices.count, columns: index + 1...index + 1)
    return "=" + range.reference(onSheet: Self.choicesSheet)
  }

  func newChart(_ kind: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
    workbook_add_chart(book, UInt8(kind.rawValue))
  }

  /// The system's reason why no file can be made there; the library would print it as well as answer it.
  private static func reasonNotToSave(at path: String) -> String? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return strerror(errno).map { String(cString: $0) } ?? "\(errno)" }
    close(descriptor)
    return nil
  }

  private func makeSheet(_ name: String) -> SheetWriter {
    guard let sheet = workbook_add_worksheet(book, name) else {
      preconditionFailure("libxlsxwriter refused the checked sheet name \(name)")
    }
    takenNames.insert(name.lowercased())
    return SheetWriter(name: name, sheet: sheet, book: self)
  }

  private func writeChoices() {
    guard !choiceLists.isEmpty else { return }
    takenNames.remove(Self.choicesSheet)
    let sheet = makeSheet(Self.choicesSheet)
    for (column, choices) in choiceLists.enumerated() {
      for (row, choice) in choices.enumerated() {
        sheet.write(choice, at: CellAddress(row: row + 1, column: column + 1))
      }
    }
    sheet.hide()
    sheet.protect()
  }
}
