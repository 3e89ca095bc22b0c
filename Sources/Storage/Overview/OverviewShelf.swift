import Cycles
public import Notation
import Synchronization

/// Overviews that were read a moment ago, for those who look at many groups: what a province's dashboard is made of is too
/// much to read anew for every page.
///
/// An overview holds as long as nothing but marks and evidence was recorded in the authority's audit chain since, for a
/// minute at most, and not past midnight. It belongs to one appointment, whose reach it was read by. Any of it may be dropped.
public final class OverviewShelf: Sendable {
  private struct Key: Hashable {
    let appointment: ID
    let authority: ID
    let cycle: ID
  }

  private struct Entry {
    let overview: CycleOverview
    let districts: [String: [ItemRates.DistrictLine]]
    /// The end of the chain when it was last found to hold.
    let number: Int64
    let readAt: Instant
    var usedAt: Instant
  }

  /// Groups in all overviews together.
  static let mostGroups = 60_000
  static let longest: Int64 = 60_000

  private let entries = Mutex<[Key: Entry]>([:])

  public init() {}

  /// The overview of a cycle, one statement where it is still at hand.
  public func overview(
    of cycle: StoredCycle, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> CycleOverview {
    let key = Key(appointment: appointment, authority: cycle.authority, cycle: cycle.id)
    let known = entries.withLock { $0[key] }
    let (number, changed) = try changes(cycle.authority, since: known?.number ?? 0, transaction)
    if let known, !changed, known.overview.day == now.day, known.overview.cycle.isSame(as: cycle),
      now.milliseconds - known.readAt.milliseconds < Self.longest
    {
      keep(
        key,
        Entry(
          overview: known.overview, districts: known.districts, number: number, readAt: known.readAt, usedAt: now))
      return known.overview
    }
    let overview = try OverviewStore.overview(of: cycle, for: appointment, at: now, transaction)
    keep(key, Entry(overview: overview, districts: [:], number: number, readAt: now, usedAt: now))
    return overview
  }

  /// The districts' sums of an overview just asked for.
  public func districts(
    _ stage: String, of overview: CycleOverview, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [ItemRates.DistrictLine] {
    let cycle = overview.cycle
    let key = Key(appointment: appointment, authority: cycle.authority, cycle: cycle.id)
    let known = entries.withLock { $0[key] }
    if let lines = known?.districts[stage] { return lines }
    let lines = try RateStore.districts(stage: stage, of: cycle, for: appointment, transaction)
    if let known {
      keep(
        key,
        Entry(
          overview: known.overview, districts: known.districts.merging([stage: lines]) { $1 }, number: known.number,
          readAt: known.readAt, usedAt: now))
    }
    return lines
  }

  /// The end of an authority's chain, and whether it holds anything of groups since a number.
  private func changes(
    _ authority: ID, since number: Int64, _ transaction: any Transaction
  ) throws -> (number: Int64, changed: Bool) {
    let row = try transaction.row(
      """
      SELECT h.number, (
        SELECT count(*) FROM (
          SELECT 1 FROM audit a
          WHERE a.authority = h.authority AND a.number > $2 AND a.action <> 'mark.saved'
            AND a.action NOT LIKE 'evidence.%'
          LIMIT 1) x) AS changed
      FROM audit_head h WHERE h.authority = $1
      """, [.id(authority), .integer(number)])
    guard let row else { return (0, true) }
    return (try row.integer("number"), try row.integer("changed") > 0)
  }

  private func keep(_ key: Key, _ entry: Entry) {
    entries.withLock { entries in
      entries[key] = entry
      var groups = entries.values.map { max(1, $0.overview.groups.count) }.reduce(0, +)
      while groups > Self.mostGroups, entries.count > 1,
        let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key
      {
        groups -= max(1, entries[oldest]?.overview.groups.count ?? 0)
        entries[oldest] = nil
      }
    }
  }
}

extension StoredCycle {
  /// Whether nothing about the cycle itself has changed.
  fileprivate func isSame(as other: StoredCycle) -> Bool {
    edition == other.edition && confirmedAt == other.confirmedAt && published == other.published
  }
}
