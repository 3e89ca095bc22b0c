public import Notation

/// Where a database is: `sqlite:PATH` or `postgres://…`.
public enum DatabaseAddress: Sendable, Hashable {
  case sqlite(path: String)
  case postgres(address: String)

  /// What is wrong with an address, in words for whoever wrote it; a password in it is never repeated.
  public struct Problem: Error, Sendable, Hashable {
    public let message: Message
  }

  /// Throws `Problem`.
  public static func parse(_ text: String) throws(Problem) -> DatabaseAddress {
    if text.utf8.contains(0) { throw Problem(message: Message("storage.address.nul")) }
    if text.hasPrefix("sqlite:") {
      let path = String(text.dropFirst("sqlite:".count))
      if path.isEmpty { throw Problem(message: Message("storage.address.path")) }
      if path.hasPrefix("//") { throw Problem(message: Message("storage.address.slashes")) }
      if path == ":memory:" { throw Problem(message: Message("storage.address.memory")) }
      return .sqlite(path: path)
    }
    for scheme in ["postgres://", "postgresql://"] where text.hasPrefix(scheme) {
      // Everything else is libpq's: hosts, ports, passwords, certificates.
      if text.count == scheme.count { throw Problem(message: Message("storage.address.server")) }
      return .postgres(address: text)
    }
    throw Problem(message: Message("storage.address.scheme", ["found": .text(scheme(of: text))]))
  }

  /// The address as it may be shown: without a password.
  public var shown: String {
    switch self {
    case .sqlite(let path): return "sqlite:\(path)"
    case .postgres(let address):
      let server = address.split(separator: "?", maxSplits: 1)[0]
      guard let at = server.lastIndex(of: "@"), let start = server.firstRange(of: "://")?.upperBound else {
        return String(server)
      }
      let user = server[start..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)[0]
      return "\(server[..<start])\(user)\(server[at...])"
    }
  }

  /// The first word, never what follows it: a password may stand there.
  private static func scheme(of text: String) -> String {
    guard let colon = text.firstIndex(of: ":") else { return "" }
    return String(text[..<colon].prefix(20)) + ":"
  }
}
