import HTTPTypes
import Hummingbird

/// What keeps a browser from doing with our pages what they don't mean.
enum SecurityHeaders {
  /// Scripts and styles come from us alone; nothing stands in a frame but what says so itself.
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'
    """

  private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
  private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
  private static let frameOptions = HTTPField.Name("X-Frame-Options")!
  private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!

  static func add(to response: inout Response, endpoint: Endpoint) {
    func add(_ name: HTTPField.Name, _ value: String) {
      if response.headers[name] == nil { response.headers[name] = value }
    }
    add(.contentSecurityPolicy, policy)
    add(.xContentTypeOptions, "nosniff")
    add(referrerPolicy, "same-origin")
    add(openerPolicy, "same-origin")
    add(frameOptions, "DENY")
    add(permissionsPolicy, "camera=(self), geolocation=(), microphone=()")
    // Pages hold what only their reader may see.
    add(.cacheControl, "no-store")
  }
}
