import Crypto
import CryptoExtras
import Foundation
import People

/// What hashing a password costs. The standard is OWASP's scrypt with 2¹⁵ rounds, block size 8, three in a row: 32 MiB of
/// memory at a time, about a quarter of a second.
public struct HashCost: Sendable, Hashable {
  public let rounds: Int
  public let blockSize: Int
  public let parallelism: Int

  public static let standard = HashCost(rounds: 1 << 15, blockSize: 8, parallelism: 3)

  public init(rounds: Int, blockSize: Int, parallelism: Int) {
    self.rounds = rounds
    self.blockSize = blockSize
    self.parallelism = parallelism
  }

  /// Bounds within which a kept hash is believed: no row of a table makes the program take more memory than this.
  var isBounded: Bool {
    (2...(1 << 20)).contains(rounds) && rounds & (rounds - 1) == 0 && (1...16).contains(blockSize)
      && (1...16).contains(parallelism)
  }
}

/// A password's hash with all that is needed to try a password against it: `scrypt$32768$8$3$SALT$HASH`, both base64.
struct PasswordHash: Sendable, Hashable {
  static let saltLength = 16
  static let length = 32

  let cost: HashCost
  let salt: [UInt8]
  let bytes: [UInt8]

  /// Blocks its thread for as long as the cost says.
  init(_ password: Password, cost: HashCost, salt: [UInt8]) throws {
    let key = try KDF.Scrypt.deriveKey(
      from: password.bytes, salt: salt, outputByteCount: Self.length, rounds: cost.rounds, blockSize: cost.blockSize,
      parallelism: cost.parallelism)
    self.cost = cost
    self.salt = salt
    bytes = key.withUnsafeBytes { Array($0) }
  }

  /// Nil where the text is no such hash.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
      let parallelism = Int(parts[3]), let salt = Data(base64Encoded: parts[4]),
      let bytes = Data(base64Encoded: parts[5]), salt.count == Self.saltLength, bytes.count == Self.length
    else { return nil }
    cost = HashCost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    self.salt = Array(salt)
    self.bytes = Array(bytes)
    guard cost.isBounded else { return nil }
  }

  var text: String {
    let numbers = "\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)"
    return "scrypt$\(numbers)$\(Data(salt).base64EncodedString())$\(Data(bytes).base64EncodedString())"
  }

  /// Takes the same time wherever the first difference lies.
  func matches(_ other: PasswordHash) -> Bool {
    bytes.count == other.bytes.count && zip(bytes, other.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
