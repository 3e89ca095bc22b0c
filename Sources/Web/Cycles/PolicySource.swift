import Documents
import Notation
import People
import Policies
import Storage

/// Where the policy of a new cycle comes from.
enum PolicySource: Hashable {
  /// The id of a policy of the folder.
  case folder(String)
  /// An edition that an earlier cycle froze.
  case edition(String)

  init?(policy: String?, edition: String?) {
    if let edition {
      self = .edition(edition)
    } else if let policy {
      self = .folder(policy)
    } else {
      return nil
    }
  }

  /// As addresses and forms name it.
  var name: (key: String, value: String) {
    switch self {
    case .folder(let id): ("policy", id)
    case .edition(let hash): ("edition", hash)
    }
  }

  func link(_ endpoint: Endpoint, year: Int? = nil) -> String {
    endpoint.link(query: [(name.key, name.value), ("year", year.map(String.init))])
  }
}

/// A policy that a cycle may be opened under, with the very files that will be frozen.
struct OpeningPolicy: Sendable {
  let source: PolicySource
  let files: PolicyEditions.Files
  let policy: Policy

  /// Throws a refusal where there is none, or with all that keeps it from being used.
  ///
  /// - Parameter obstacles: what keeps a policy from what it is wanted for.
  static func read(
    _ source: PolicySource, _ visit: Visit, obstacles: (Policy) -> [Message] = { $0.obstacles }
  ) async throws -> OpeningPolicy {
    let authority = try visit.post.authority
    let files: PolicyEditions.Files?
    switch source {
    case .folder(let id):
      files = PolicyFiles(folder: visit.site.settings.policyFolder).texts(id).map {
        PolicyEditions.Files(name: id, files: $0)
      }
    case .edition(let hash):
      files = try await visit.site.database.read { try PolicyEditions.files(hash, usedBy: authority, $0) }
    }
    guard let files else { throw Refusal.notFound }
    let result = files.policy
    guard result.isSound, let policy = result.policy else {
      let problems = result.problems.filter { $0.severity == .error }
      throw Refusal.invalid([Message("opening.unsound", ["count": .count(problems.count)])])
    }
    let obstacles = obstacles(policy)
    guard obstacles.isEmpty else { throw Refusal.invalid(obstacles) }
    return OpeningPolicy(source: source, files: files, policy: policy)
  }
}

extension PolicySource: Sendable {}
