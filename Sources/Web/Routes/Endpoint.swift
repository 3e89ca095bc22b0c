import People

/// One line of the table of routes: where it is, who may. Links are written from the same line, so that no address
/// stands in the code twice. Each room lists its own in `Endpoint+<Room>.swift`.
struct Endpoint: Sendable, Hashable {
  enum Access: Sendable, Hashable {
    /// Without an account.
    case everyone
    /// Anybody signed in.
    case signedIn
    /// Posts whose role has the power; where, is bound in SQL.
    case may(Power)
  }

  enum Method: String, Sendable { case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE" }

  /// What an answer looks like, errors included.
  enum Kind: Sendable, Hashable { case page, api, file }

  let name: String
  let method: Method
  /// `/sheets/:authority/:sheet`
  let path: String
  let access: Access
  let kind: Kind
  /// Of an API endpoint: the scope a token must have.
  let scope: String?
  /// Whether the address itself is a secret: the log then shows the line of the table.
  let isSecret: Bool
  /// Whether nobody is recognised there: neither pages, log nor audit chain then tell who came.
  let isAnonymous: Bool
  /// Whether it reads a form with files itself, and checks the form's secret where it finds it.
  let takesFiles: Bool

  init(
    _ name: String, _ method: Method, _ path: String, _ access: Access, kind: Kind = .page,
    scope: String? = nil, isSecret: Bool = false, isAnonymous: Bool = false, takesFiles: Bool = false
  ) {
    self.name = name
    self.method = method
    self.path = path
    self.access = access
    self.kind = kind
    self.scope = scope
    self.isSecret = isSecret
    self.isAnonymous = isAnonymous
    self.takesFiles = takesFiles
  }

  var changes: Bool { method != .get }

  /// The address with its gaps filled in order and a query behind it.
  func link(_ values: any CustomStringConvertible..., query: [(String, String?)] = []) -> String {
    link(filling: values, query: query)
  }

  func link(filling values: [any CustomStringConvertible], query: [(String, String?)] = []) -> String {
    var rest = values[...]
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).map { part -> String in
      guard part.first == ":" || part == "**" else { return String(part) }
      precondition(!rest.isEmpty, "\(name) lacks a value for \(part)")
      return Endpoint.escaped(rest.removeFirst().description)
    }
    let given = query.compactMap { name, value in value.map { "\(name)=\(Endpoint.escaped($0))" } }
    return "/" + parts.joined(separator: "/") + (given.isEmpty ? "" : "?" + given.joined(separator: "&"))
  }

  /// Percent-encodes everything but letters, digits and `-._~`.
  static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(.init(byte))
      default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}

extension Endpoint {
  /// Every route there is.
  static var all: [Endpoint] {
    session + operations + overview + policyReader + cycles + sheets + resultPages + publicPages + evidenceRoom
      + ledgerRoom + people + audits + registry + apis + formations + taskRoom + messageRoom
  }
}
