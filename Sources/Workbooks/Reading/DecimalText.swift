/// The decimal text of a number as a workbook stores it, made plain: no exponent, no needless zeros.
///
/// Programs write the binary number they hold with up to 17 digits, so that 0.1 may stand in the file as
/// `0.10000000000000001`. A text of 16 or 17 significant digits with a point or an exponent is therefore replaced by
/// the shortest decimal that names the same binary number. Every other text keeps its digits.
enum DecimalText {
  /// More digits than any binary number needs; longer texts are forgeries.
  private static let longest = 400

  /// The plain text of a stored number; nil when the bytes are no number.
  static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if bytes.count <= 15, isWholeWithoutLeadingZero(bytes) { return String(decoding: bytes, as: UTF8.self) }
    guard bytes.count <= longest, let parts = Parts(bytes) else { return nil }
    if (16...17).contains(parts.digits.count), parts.isBinary {
      guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else { return nil }
      var shortest = value.description
      return shortest.withUTF8 { Parts($0)?.plain }
    }
    return parts.plain
  }

  /// How many digits count, without zeros at either end; nil when the text is no number.
  static func significantDigits(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { $0.count <= longest ? Parts($0)?.digits.count : nil }
  }

  private static func isWholeWithoutLeadingZero(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, first != 48 || bytes.count == 1 else { return false }
    return bytes.allSatisfy { $0 >= 48 && $0 <= 57 }
  }

  /// A number taken apart: sign, significant digits, and where the point stands before the first of them.
  private struct Parts {
    var isNegative = false
    var digits: [UInt8] = []
    /// The value is 0.d₁d₂… × 10^point.
    var point = 0
    /// True when the text had a point or an exponent.
    var isBinary = false

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      var index = 0
      var sawDigit = false
      var afterPoint = false
      if let sign = bytes.first, sign == 45 || sign == 43 {
        isNegative = sign == 45
        index = 1
      }
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 46, !afterPoint {
          afterPoint = true
        } else if byte >= 48, byte <= 57 {
          sawDigit = true
          if byte != 48 || !digits.isEmpty { digits.append(byte) }
          if afterPoint ? digits.isEmpty : !digits.isEmpty { point += afterPoint ? -1 : 1 }
        } else {
          break
        }
        index += 1
      }
      guard sawDigit else { return nil }
      isBinary = afterPoint || index < bytes.count
      if index < bytes.count {
        guard let exponent = Self.exponent(bytes[index...]) else { return nil }
        point += exponent
      }
      while digits.last == 48 { digits.removeLast() }
      guard abs(point) <= DecimalText.longest else { return nil }
    }

    private static func exponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
      var rest = bytes
      guard let mark = rest.popFirst(), mark | 0x20 == UInt8(ascii: "e") else { return nil }
      guard rest.count <= 5 else { return nil }
      return Int(String(decoding: rest, as: UTF8.self))
    }

    var plain: String {
      guard !digits.isEmpty else { return "0" }
      let text = String(decoding: digits, as: UTF8.self)
      let sign = isNegative ? "-" : ""
      if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text }
      if point >= digits.count { return sign + text + String(repeating: "0", count: point - digits.count) }
      return sign + text.prefix(point) + "." + text.dropFirst(point)
    }
  }
}
