/// What is known of a cell while its element is open.
struct OpenCell {
  enum Kind: String {
    case number = "n"
    case shared = "s"
    case bool = "b"
    case error = "e"
    case formulaText = "str"
    case inlineText = "inlineStr"
    case date = "d"

    /// The kind an attribute names; nil for one that doesn't exist.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      // Nearly all cells: no need to make a string.
      if bytes.count == 1, bytes[0] == UInt8(ascii: "s") {
        self = .shared
        return
      }
      if bytes.count == 1, bytes[0] == UInt8(ascii: "n") {
        self = .number
        return
      }
      self.init(rawValue: String(decoding: bytes.prefix(16), as: UTF8.self))
    }
  }

  var address: CellAddress?
  var kind = Kind.number
  var style = 0
  var hasValue = false
  var hasFormula = false
}

/// Turns the stored text of a cell into what it holds.
struct CellReading {
  struct Fault: Error {
    let reason: WorkbookRefusal.CellFault
  }

  /// The texts cells share.
  let shared: [String]
  /// What a style shows a number as, by the style's number.
  let shown: [NumberFormat.Shown]
  let dates: DateSystem

  /// The cell's value; nil for a cell that is empty after all.
  func value(of cell: OpenCell, _ bytes: UnsafeBufferPointer<UInt8>) -> Result<Cell?, Fault> {
    switch cell.kind {
    case .formulaText, .inlineText:
      return .success(.text(EscapedText.decode(bytes)))
    case _ where bytes.isEmpty:
      // Some programs write formulas with an empty value for Excel to fill in.
      return .success(cell.hasFormula ? .uncalculated : nil)
    case .number: return number(bytes, style: cell.style)
    case .shared:
      guard let index = ElementAttributes.integer(bytes), shared.indices.contains(index) else {
        return .failure(Fault(reason: .sharedText))
      }
      return .success(.text(shared[index]))
    case .bool: return bool(String(decoding: bytes, as: UTF8.self))
    case .error: return .success(.error(String(decoding: bytes.prefix(32), as: UTF8.self)))
    case .date:
      guard let date = isoDate(String(decoding: bytes, as: UTF8.self)) else {
        return .failure(Fault(reason: .number))
      }
      return .success(.date(date))
    }
  }

  private func number(_ bytes: UnsafeBufferPointer<UInt8>, style: Int) -> Result<Cell?, Fault> {
    guard let text = DecimalText.plain(bytes) else { return .failure(Fault(reason: .number)) }
    guard shown.indices.contains(style) else { return .success(.number(text)) }
    switch shown[style] {
    case .number: return .success(.number(text))
    case .percent: return .success(.percent(text))
    case .date: return .success(dates.date(serial: text).map { .date($0) } ?? .number(text))
    }
  }

  private func bool(_ text: String) -> Result<Cell?, Fault> {
    switch text {
    case "1", "true": .success(.bool(true))
    case "0", "false": .success(.bool(false))
    default: .failure(Fault(reason: .type))
    }
  }

  /// `2026-03-01`, with or without `T08:30:00` after it; fractions of a second and zones are left out.
  private func isoDate(_ text: String) -> CellDate? {
    let halves = text.split(separator: "T", maxSplits: 1)
    let day = halves.first?.split(separator: "-").compactMap { Int($0) } ?? []
    guard day.count == 3 else { return nil }
    let clock = halves.dropFirst().first?.prefix(8).split(separator: ":").compactMap { Int($0) } ?? [0, 0, 0]
    guard clock.count == 3, clock.allSatisfy({ (0..<60).contains($0) }) else { return nil }
    return CellDate(
      year: day[0], month: day[1], day: day[2], second: clock[0] * 3600 + clock[1] * 60 + clock[2])
  }
}
