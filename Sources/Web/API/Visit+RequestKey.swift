import People
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Notation
import Storage

extension Visit {
  /// The key the client made for this request; nil: none.
  ///
  /// - Parameter content: the hash of what the request brings.
  func requestKey(content: String) throws(Refusal) -> RequestKey? {
    guard let text = requestKeyText else { return nil }
    let asked = [
      request.method.rawValue, request.uri.description, viewer?.post?.appointment.description ?? "", content,
    ]
    return RequestKey(account: try account, text: text, fingerprint: Fingerprint.of(asked.joined(separator: "\n").utf8))
  }

  var requestKeyText: String? { request.headers[.requestKey] }

  /// What a change came to, told for the first time or again.
  func answer(_ answer: KeyedAnswer) -> Response {
    var response = json(.raw(answer.text), status: HTTPResponse.Status(code: answer.status))
    if answer.isRepeated { response.headers[.replayed] = "true" }
    return response
  }
}

extension KeyedAnswer {
  init(_ status: HTTPResponse.Status, _ json: JSONText) { self.init(status: status.code, text: json.text) }
}

enum Fingerprint {
  /// SHA-256 as 64 hexadecimal digits.
  static func of(_ bytes: some Sequence<UInt8>) -> String { digits(SHA256.hash(data: Data(bytes))) }

  static func digits(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The same hash as Base64.
  static func base64(_ bytes: some Sequence<UInt8>) -> String {
    Data(SHA256.hash(data: Data(bytes))).base64EncodedString()
  }
}

extension HTTPField.Name {
  static let requestKey = HTTPField.Name("Idempotency-Key")!
  static let replayed = HTTPField.Name("Idempotency-Replayed")!
}
