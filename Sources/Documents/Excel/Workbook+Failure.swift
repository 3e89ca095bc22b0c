public import Notation
import Workbooks

/// A workbook that couldn't be written or read, in words the catalogue has.
public struct WorkbookTrouble: Error, Sendable {
  public let messages: [Message]

  init(_ failure: WriteFailure) {
    messages = failure.problems.map { Message($0.code, $0.parameters.mapValues { .text($0) }) }
  }

  init(_ refusal: WorkbookRefusal) {
    var parts: [String: Message.Part] = refusal.parameters.mapValues { .text($0) }
    if let damage = refusal.parameters["damage"] { parts["damage"] = .message(Message("workbook.damage.\(damage)")) }
    if let fault = refusal.parameters["fault"] { parts["fault"] = .message(Message("workbook.fault.\(fault)")) }
    let counts = [
      "workbook-too-many-elements", "workbook-too-many-rows", "workbook-too-many-cells", "workbook-too-many-entries",
    ]
    for key in ["bytes", "limit"] where !counts.contains(refusal.code) {
      if let size = refusal.parameters[key].flatMap(Int.init), size >= 1 << 20 {
        parts[key] = .message(Message("megabytes", ["size": .count(size >> 20)]))
      }
    }
    // Of a file cut off as a whole no part is named.
    let isWhole = refusal.code == "workbook-damaged" && (refusal.parameters["part"] ?? "").isEmpty
    messages = [Message(isWhole ? "workbook-damaged-whole" : refusal.code, parts)]
  }
}

/// Who a workbook comes from, and so how much of it is read.
public enum WorkbookSender: Sendable {
  /// Whoever runs the program: whole cities at once.
  case `operator`
  /// Anybody with an account.
  case visitor

  var limits: ReadLimits { self == .operator ? .standard : .upload }
}

/// Writes a workbook; all that stands in its way at once.
func writeWorkbook(
  _ path: String, title: String, _ body: (WorkbookWriter) -> Void
) throws(WorkbookTrouble) {
  do throws(WriteFailure) {
    // A fixed date, so that the same results give the same file byte for byte.
    let writer = try WorkbookWriter(path: path, properties: WorkbookProperties(title: title, created: 1_640_995_200))
    body(writer)
    try writer.finish()
  } catch {
    throw WorkbookTrouble(error)
  }
}

/// The looks of our workbooks: black on white, thin lines, one blue for heads.
enum Look {
  static let plain = CellStyle(size: 10.5).with { $0.wraps = true }
  static let cell = plain.with { $0.border = .thin }
  static let centred = cell.with { $0.horizontal = .centre }
  static let head = centred.with {
    $0.isBold = true
    $0.fill = 0xE9F0F9
  }
  static let title = CellStyle(font: "SimHei", size: 16).with {
    $0.isBold = true
    $0.horizontal = .centre
  }
  static let input = cell.with {
    $0.isLocked = false
    $0.fill = 0xFFFDF3
  }
  /// What is only shown beside what people fill in.
  static let proposal = cell.with {
    $0.fill = 0xEDF0F4
    $0.colour = 0x5F6C7B
  }
  static let faint = plain.with {
    $0.colour = 0x5F6C7B
    $0.size = 9
  }

  /// Numbers with a fixed number of places.
  static func number(_ places: Int, _ style: CellStyle = centred) -> CellStyle {
    style.with { $0.numberFormat = places == 0 ? "0" : "0." + String(repeating: "0", count: places) }
  }

  /// The height of a row whose text takes so many columns in a cell so many columns wide, in points.
  static func height(_ texts: [(text: String, width: Double)], least: Double = 20) -> Double {
    let lines = texts.map { entry in
      entry.text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { max(1, (columns(String($0)) / max(1, entry.width - 1)).rounded(.up)) }.reduce(0, +)
    }
    return min(400, max(least, (lines.max() ?? 1) * 14.5 + 4))
  }

  /// How many columns a text takes: Chinese characters take two.
  static func columns(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) }
  }
}
