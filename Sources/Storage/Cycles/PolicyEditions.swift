import Crypto
import Documents
import Foundation
public import Notation
public import Policies
import Synchronization

/// Policies as cycles froze them: kept with all their files, read again by their hash. What was read stays in memory;
/// an edition never changes, so nothing has to be forgotten. Of many who want the same one at once, one reads it and the
/// others wait for it.
public final class PolicyEditions: Sendable {
  private struct Edition: Sendable {
    let policy: Policy
    let items: [String: Item]
  }

  /// One edition; its lock is held while it is read.
  private final class Shelf: Sendable {
    let edition = Mutex<Edition?>(nil)
  }

  private let shelves = Mutex<[String: Shelf]>([:])

  public init() {}

  /// The files of a policy's folder as one edition.
  public struct Files: Sendable {
    public let name: String
    /// By file name.
    public let files: [String: String]

    public init(name: String, files: [String: String]) {
      self.name = name
      self.files = files
    }

    /// The hash of all files with their names.
    public var hash: String {
      var hasher = SHA256()
      for (name, text) in files.sorted(by: { $0.key < $1.key }) {
        hasher.update(data: Data("\(name)\n\(text.utf8.count)\n".utf8))
        hasher.update(data: Data(text.utf8))
      }
      return hasher.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Reads and checks them.
    public var policy: PolicyReader.Result {
      do throws(SyntaxProblem) {
        let root = try YAML.read(Array((files["policy.yaml"] ?? "").utf8), file: "policy.yaml")
        return PolicyReader.read(root, file: "policy.yaml") { name, place, problems in
          guard let text = files[name] else {
            problems.add("include.missing", at: place, ["name": .text(name)])
            return nil
          }
          do throws(SyntaxProblem) {
            return try YAML.read(Array(text.utf8), file: name)
          } catch {
            problems.append(error.problem)
            return nil
          }
        }
      } catch {
        return PolicyReader.Result(policy: nil, problems: [error.problem])
      }
    }
  }

  /// Keeps an edition; once kept, keeping it again changes nothing.
  public static func keep(
    _ files: Files, title: String, at now: Instant, _ transaction: any Transaction
  ) throws -> String {
    let hash = files.hash
    let text = JSONText.object(files.files.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }).text
    try transaction.run(
      """
      INSERT INTO policy_edition (hash, policy, title, files, created_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (hash) DO NOTHING
      """, [.text(hash), .text(files.name), .text(title), .text(text), .instant(now)])
    return hash
  }

  /// The policy of an edition.
  ///
  /// Throws `DatabaseError.statement` where there is no such edition or it can't be read.
  public func policy(_ hash: String, _ transaction: any Transaction) throws -> Policy {
    try edition(hash, transaction).policy
  }

  /// The items of an edition by their ids.
  ///
  /// Throws as `policy` does.
  public func items(_ hash: String, _ transaction: any Transaction) throws -> [String: Item] {
    try edition(hash, transaction).items
  }

  /// Reads the policies of the years that run, that nobody has to wait for them later.
  public func warm(_ transaction: any Transaction) throws {
    for row in try transaction.rows("SELECT DISTINCT edition FROM cycle WHERE confirmed_at IS NULL") {
      _ = try edition(try row.text("edition"), transaction)
    }
  }

  private func shelf(_ hash: String) -> Shelf {
    shelves.withLock { shelves in
      if let shelf = shelves[hash] { return shelf }
      let shelf = Shelf()
      shelves[hash] = shelf
      return shelf
    }
  }

  private func edition(_ hash: String, _ transaction: any Transaction) throws -> Edition {
    try shelf(hash).edition.withLock { known in
      if let known { return known }
      let read = try Self.read(hash, transaction)
      known = read
      return read
    }
  }

  /// Reads those of several editions that nobody has read yet, in one statement.
  ///
  /// Throws as `policy` does.
  func prepare(_ hashes: [String], _ transaction: any Transaction) throws {
    let unread = Set(hashes).filter { hash in
      shelves.withLock { $0[hash] }.map { $0.edition.withLock { $0 == nil } } ?? true
    }.sorted()
    // One alone is read by whoever asks for it.
    guard unread.count > 1 else { return }
    let places = unread.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let rows = try transaction.rows(
      "SELECT hash, policy, files FROM policy_edition WHERE hash IN (\(places))", unread.map { .text($0) })
    for row in rows {
      let hash = try row.text("hash")
      let edition = try Self.edition(hash, row)
      let shelf = shelf(hash)
      shelf.edition.withLock { known in if known == nil { known = edition } }
    }
  }

  private static func read(_ hash: String, _ transaction: any Transaction) throws -> Edition {
    guard let row = try transaction.row("SELECT policy, files FROM policy_edition WHERE hash = $1", [.text(hash)])
    else {
      throw DatabaseError.statement("no policy edition \(hash)")
    }
    return try edition(hash, row)
  }

  private static func edition(_ hash: String, _ row: Row) throws -> Edition {
    let files = try files(row)
    guard files.hash == hash, let policy = files.policy.policy else {
      throw DatabaseError.statement("policy edition \(hash) can't be read")
    }
    return Edition(
      policy: policy, items: Dictionary(policy.allItems.map { ($0.id, $0) }) { first, _ in first })
  }

  static func files(_ row: Row) throws -> Files {
    let tree = try JSON.read(Array(try row.text("files").utf8), file: "policy_edition")
    return Files(
      name: try row.text("policy"),
      files: Dictionary((tree.map ?? []).map { ($0.key, $0.value.text ?? "") }) { first, _ in first })
  }

  /// An edition as a cycle of an authority froze it.
  public struct Used: Sendable {
    public let hash: String
    public let title: String
    public let cycleTitle: String
    /// The latest year it was frozen for, by the year it ends in.
    public let year: Int
  }

  /// The editions an authority's own cycles were opened under, the latest first, each once.
  public static func used(by authority: ID, _ transaction: any Transaction) throws -> [Used] {
    var seen: Set<String> = []
    return try transaction.rows(
      """
      SELECT e.hash, e.title, c.title AS cycle_title, c.year
      FROM cycle c JOIN policy_edition e ON e.hash = c.edition
      WHERE c.authority = $1
      ORDER BY c.year DESC
      """, [.id(authority)]
    ).map { row in
      Used(
        hash: try row.text("hash"), title: try row.text("title"), cycleTitle: try row.text("cycle_title"),
        year: try row.int("year"))
    }.filter { seen.insert($0.hash).inserted }
  }

  /// The files of an edition that one of the authority's own cycles was opened under; nil where none was.
  public static func files(_ hash: String, usedBy authority: ID, _ transaction: any Transaction) throws -> Files? {
    try transaction.row(
      """
      SELECT e.policy, e.files FROM policy_edition e
      WHERE e.hash = $1 AND e.hash IN (SELECT c.edition FROM cycle c WHERE c.authority = $2)
      """, [.text(hash), .id(authority)]
    ).map { try files($0) }
  }
}
