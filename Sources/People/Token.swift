/// 256 random bits that stand for a person: a session, an invitation, an API token. Only its hash is ever kept.
public struct Token: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  static let length = 32
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  public let bytes: [UInt8]

  public init(from random: inout some RandomNumberGenerator) {
    bytes = (0..<Token.length / 8).flatMap { _ in
      let word: UInt64 = random.next()
      return (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
  }

  /// Reads what a cookie, link or header carries; nil where it can't be a token.
  public init?(_ text: some StringProtocol) {
    var bits: UInt32 = 0
    var count = 0
    var bytes: [UInt8] = []
    guard text.utf8.count == 43 else { return nil }
    for digit in text.utf8 {
      guard let value = Token.digits.firstIndex(of: digit) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    guard bytes.count == Token.length, bits & 0b11 == 0 else { return nil }
    self.bytes = bytes
  }

  /// 43 characters that need no escaping in an address or a header (base64url).
  public var text: String {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        result.append(Token.digits[Int(bits >> UInt32(count)) & 63])
      }
    }
    if count > 0 { result.append(Token.digits[Int(bits << UInt32(6 - count)) & 63]) }
    return String(decoding: result, as: UTF8.self)
  }

  /// A log or a dump shows no token.
  public var description: String { "\u{2022}\u{2022}\u{2022}" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
