public import Notation
public import People
import Synchronization

/// Gates that were found a moment ago, for programs that save mark after mark.
///
/// A gate holds as long as nothing but marks was recorded in the authority's audit chain since, which one look into an
/// index tells, and not past midnight: whatever opens or closes a sheet is recorded there. Any of it may be dropped.
public final class MarkGates: Sendable {
  private struct Key: Hashable {
    let authority: ID
    let sheet: ID
    let account: ID
    let post: Viewer.Post
  }

  private struct Entry {
    let gate: MarkGate
    /// The last that was recorded and is no mark, when it was found.
    let change: Int64
    let day: Day
  }

  static let most = 10_000

  private let entries = Mutex<[Key: Entry]>([:])

  public init() {}

  /// As `MarkGate.find`; in one small statement where it was found before.
  public func find(
    authority: ID, _ sheet: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> MarkGate? {
    guard let post = viewer.post else { return nil }
    let key = Key(authority: authority, sheet: sheet, account: viewer.account, post: post)
    let change =
      try transaction.row(
        "SELECT max(a.number) AS number FROM audit a WHERE a.authority = $1 AND a.action <> 'mark.saved'",
        [.id(authority)])?.optionalInteger("number") ?? 0
    if let known = entries.withLock({ $0[key] }), known.change == change, known.day == now.day { return known.gate }
    let found = try MarkGate.find(authority: authority, sheet, for: viewer, at: now, editions, transaction)
    entries.withLock { entries in
      if entries.count >= Self.most { entries = [:] }
      entries[key] = found.map { Entry(gate: $0, change: change, day: now.day) }
    }
    return found
  }
}
