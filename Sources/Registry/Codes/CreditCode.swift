public import Notation

/// 统一社会信用代码 (GB 32100-2015): 18 characters, the last of which checks the others.
public struct CreditCode: Sendable, Hashable, CustomStringConvertible {
  public let text: String

  /// Without I, O, S, V, Z, which are taken for digits.
  static let letters = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  private static let values = Dictionary(letters.enumerated().map { ($1, $0) }) { first, _ in first }

  /// Nil where it is none; `fault` says why.
  public init?(_ text: String) {
    guard CreditCode.fault(in: text) == nil else { return nil }
    self.text = text
  }

  /// What keeps a text from being such a code; nil where nothing does.
  public static func fault(in text: String) -> Message? {
    let bytes = Array(text.utf8)
    let found = Message.Part.text(text)
    guard bytes.count == 18 else {
      return Message("registry.code.credit.length", ["found": found, "count": .count(text.count)])
    }
    let values = bytes.compactMap { Self.values[$0] }
    guard values.count == 18 else {
      let wrong = text.filter { character in !character.utf8.allSatisfy { Self.values[$0] != nil } }
      return Message("registry.code.credit.letter", ["found": found, "letters": .text(wrong)])
    }
    // 100000: registered with the State's own office, as schools of ministries and their universities are.
    let division = text.dropFirst(2).prefix(6)
    guard division == "100000" || Division.provinces.contains(String(division.prefix(2))) else {
      return Message(
        "registry.code.province", ["found": found, "province": .text(String(text.dropFirst(2).prefix(2)))])
    }
    let inner = Array(bytes[8..<17])
    guard organisationCheck(Array(inner.dropLast())) == inner[8] else {
      return Message("registry.code.credit.inner", ["found": found])
    }
    let due = check(Array(bytes.dropLast()))
    guard due == bytes[17] else {
      return Message(
        "registry.code.credit.check",
        [
          "found": found, "last": .text(String(UnicodeScalar(bytes[17]))),
          "due": .text(due.map { String(UnicodeScalar($0)) } ?? ""),
        ])
    }
    return nil
  }

  /// The eighteenth character for the seventeen before: weights 3^(i−1) mod 31.
  static func check(_ bytes: [UInt8]) -> UInt8? {
    var (sum, weight) = (0, 1)
    for byte in bytes {
      guard let value = values[byte] else { return nil }
      sum += value * weight
      weight = weight * 3 % 31
    }
    return letters[(31 - sum % 31) % 31]
  }

  /// The ninth character of the organisation's code inside it (GB 11714): all letters count, mod 11, 10 as X.
  static func organisationCheck(_ bytes: [UInt8]) -> UInt8? {
    var sum = 0
    for (byte, weight) in zip(bytes, [3, 7, 9, 10, 5, 8, 4, 2]) {
      switch byte {
      case 48...57: sum += Int(byte - 48) * weight
      case 65...90: sum += (Int(byte - 65) + 10) * weight
      default: return nil
      }
    }
    let rest = 11 - sum % 11
    return rest == 10 ? UInt8(ascii: "X") : rest == 11 ? UInt8(ascii: "0") : UInt8(48 + rest)
  }

  public var description: String { text }
}
