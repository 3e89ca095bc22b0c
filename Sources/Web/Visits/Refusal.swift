import HTTPTypes
import Notation

/// Why a request is not carried out, for a person: what, why, what to do.
struct Refusal: Error, Sendable {
  let status: HTTPResponse.Status
  /// All of them at once.
  let messages: [Message]
  /// What programs need besides, such as `Allow`.
  private(set) var headers: HTTPFields = [:]

  init(_ status: HTTPResponse.Status, _ messages: [Message]) {
    self.status = status
    self.messages = messages
  }

  /// The same with headers; what speaks of a body is left out.
  func with(_ headers: HTTPFields) -> Refusal {
    var refusal = self
    for field in headers where !field.name.canonicalName.hasPrefix("content-") || field.name == .contentRange {
      refusal.headers.append(field)
    }
    return refusal
  }

  init(_ status: HTTPResponse.Status, _ key: String, _ parts: [String: Message.Part] = [:]) {
    self.init(status, [Message(key, parts)])
  }

  /// Nobody is signed in: pages lead to the sign-in.
  static let signIn = Refusal(.unauthorized, "refusal.signIn")
  /// The token isn't known, or no longer.
  static let token = Refusal(.unauthorized, "refusal.token").with([
    .wwwAuthenticate: #"Bearer realm="junheng", error="invalid_token""#
  ])
  static let forbidden = Refusal(.forbidden, "refusal.forbidden")
  /// Also where something exists that the viewer may not know of.
  static let notFound = Refusal(.notFound, "refusal.notFound")
  static let forged = Refusal(.forbidden, "refusal.forged")
  static let unsupported = Refusal(.unsupportedMediaType, "refusal.unsupported")
  static let unavailable = Refusal(.serviceUnavailable, "refusal.unavailable")

  /// Too many wait already for what takes long; nothing was done.
  static let busy = Refusal(.serviceUnavailable, "refusal.busy").with([.retryAfter: "5"])

  static func tooLarge(_ most: Int) -> Refusal {
    Refusal(.contentTooLarge, "refusal.tooLarge", ["most": .count(most >> 20)])
  }

  /// What was entered can't be taken.
  static func invalid(_ key: String, _ parts: [String: Message.Part] = [:]) -> Refusal {
    Refusal(.unprocessableContent, key, parts)
  }
  static func invalid(_ messages: [Message]) -> Refusal { Refusal(.unprocessableContent, messages) }
  /// It doesn't fit what has happened meanwhile.
  static func conflict(_ key: String, _ parts: [String: Message.Part] = [:]) -> Refusal {
    Refusal(.conflict, key, parts)
  }
}
