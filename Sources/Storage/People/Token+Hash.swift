import Crypto
import People

extension Token {
  /// What is kept of it. The token has 256 random bits, so a plain hash can't be guessed back.
  var hash: Value { .bytes(Array(SHA256.hash(data: bytes))) }
}
