import Crypto

/// The SHA-256 of a file's content: its name in the store, and nothing else is.
public struct FileHash: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 64 digits, small letters.
  public let hex: String

  /// Nil where the text is no such hash.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 64, text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    hex = String(text)
  }

  init(_ digest: SHA256.Digest) {
    let digits = Array("0123456789abcdef")
    hex = String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  public var description: String { hex }
  public static func < (a: FileHash, b: FileHash) -> Bool { a.hex < b.hex }
}
