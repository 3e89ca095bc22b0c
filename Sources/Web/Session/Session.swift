import Crypto
import Foundation
import People

/// A signed-in browser, or a program with a token.
struct Session: Sendable {
  let viewer: Viewer
  /// What forms of this session carry; nil for tokens, which need none.
  let csrf: String?
  /// What a token may be used for; nil for a browser.
  let scopes: Set<String>?
  /// Messages that the viewer hasn't read.
  let unread: Int

  init(viewer: Viewer, csrf: String?, scopes: Set<String>? = nil, unread: Int = 0) {
    self.unread = unread
    self.viewer = viewer
    self.csrf = csrf
    self.scopes = scopes
  }

  /// What forms must carry, made from the session's own secret: nothing more needs to be kept.
  static func csrf(of token: String) -> String {
    let digest = SHA256.hash(data: Data(("csrf:" + token).utf8))
    return Data(digest).base64EncodedString()
  }

  static let cookie = "__Host-junheng"
}

extension Visit {
  /// Refuses a form that doesn't carry the session's secret.
  func checkSecret(_ secret: String?) throws(Refusal) {
    guard let expected = session?.csrf else { return }
    guard let secret, secret == expected else { throw .forged }
  }
}
