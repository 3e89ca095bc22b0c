public import Cycles
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

    /// Nil without a post: there is no gate for it.
    init?(_ authority: ID, _ sheet: ID, _ viewer: Viewer) {
      guard let post = viewer.post else { return nil }
      (self.authority, self.sheet, account, self.post) = (authority, sheet, viewer.account, post)
    }
  }

  private struct Entry {
    let gate: MarkGate
    /// The last that was recorded and is no mark, when it was found.
    let change: Int64
    let day: Day
  }

  static let most = 10_000

  /// The last in the chain of `$1` that is no mark.
  static let lastChange = """
    SELECT max(a.number) AS number FROM audit a WHERE a.authority = $1 AND a.action <> 'mark.saved'
    """

  private let entries = Mutex<[Key: Entry]>([:])

  public init() {}

  /// The gate that was found before, where it still holds, with the mark a change speaks of as it is now (nil for who has
  /// seen none); one small statement. Nil where `find` has to be asked.
  public func again(
    _ change: MarkChange, of sheet: ID, authority: ID, for viewer: Viewer, at now: Instant, in database: any Database
  ) async throws -> (gate: MarkGate, mark: SheetMark?)? {
    guard let key = Key(authority, sheet, viewer), let known = entries.withLock({ $0[key] }), known.day == now.day
    else {
      return nil
    }
    return try await database.readOne { transaction in
      guard let (last, mark) = try MarkStore.known(change, of: sheet, authority: authority, transaction),
        last == known.change
      else { return nil }
      return (known.gate, mark)
    }
  }

  /// As `MarkGate.find`; in one small statement where it was found before.
  public func find(
    authority: ID, _ sheet: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> MarkGate? {
    guard let key = Key(authority, sheet, viewer) else { return nil }
    let change = try transaction.row(Self.lastChange, [.id(authority)])?.optionalInteger("number") ?? 0
    if let known = entries.withLock({ $0[key] }), known.change == change, known.day == now.day { return known.gate }
    let found = try MarkGate.find(authority: authority, sheet, for: viewer, at: now, editions, transaction)
    entries.withLock { entries in
      if entries.count >= Self.most { entries = [:] }
      entries[key] = found.map { Entry(gate: $0, change: change, day: now.day) }
    }
    return found
  }
}
