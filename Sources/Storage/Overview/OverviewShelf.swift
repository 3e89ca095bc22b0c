import Cycles
public import Notation
import Synchronization

/// Overviews that were read a moment ago, for those who look at many groups: what a province's dashboard is made of is too
/// much to read anew for every page.
///
/// What was recorded in the authority's audit chain since tells what has to be read again: nothing, some groups, or all.
/// An overview belongs to one appointment, whose reach it was read by. Any of it may be dropped.
public final class OverviewShelf: Sendable {
  private struct Key: Hashable {
    let appointment: ID
    let authority: ID
    let cycle: ID
  }

  private struct Entry {
    let overview: CycleOverview
    var districts: [String: [ItemRates.DistrictLine]] = [:]
    /// The end of the chain when it was last found to hold.
    var number: Int64
    /// When all of it was read.
    let readAt: Instant
    var usedAt: Instant
  }

  /// One at a time reads an overview anew; who comes meanwhile takes what the other has read.
  private final class Gate: Sendable {
    let mutex = Mutex(())
  }

  /// Groups in all overviews together.
  static let mostGroups = 60_000
  /// Milliseconds after which everything is read again, for what no chain tells of, such as a post that has ended.
  static let longest: Int64 = 300_000

  private let entries = Mutex<[Key: Entry]>([:])
  private let gates = Mutex<[Key: Gate]>([:])

  public init() {}

  /// The overview of a cycle, one statement where it is still at hand.
  public func overview(
    of cycle: StoredCycle, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> CycleOverview {
    let key = Key(appointment: appointment, authority: cycle.authority, cycle: cycle.id)
    let known = entries.withLock { $0[key] }
    let (number, change) = try OverviewChange.since(
      known?.number, cycle.authority, known?.overview, transaction)
    if let known, change == .nothing, holds(known, cycle, now) {
      return keep(key, known, number, now)
    }
    let gate = gates.withLock { gates in
      if gates[key] == nil { gates[key] = Gate() }
      return gates[key]
    }
    return try (gate ?? Gate()).mutex.withLock { _ in
      let latest = entries.withLock { $0[key] }
      if let latest, latest.number >= number, holds(latest, cycle, now) {
        return keep(key, latest, latest.number, now)
      }
      // What was read meanwhile, but not far enough, was compared with nothing.
      if let known, latest?.overview === known.overview, holds(known, cycle, now),
        let renewed = try OverviewStore.renewed(
          known.overview, change, of: cycle, for: appointment, at: now, transaction)
      {
        let districts = renewed.hasSameSheets(as: known.overview) ? known.districts : [:]
        return keep(
          key,
          Entry(overview: renewed, districts: districts, number: number, readAt: known.readAt, usedAt: now), number,
          now)
      }
      let overview = try OverviewStore.overview(of: cycle, for: appointment, at: now, transaction)
      return keep(key, Entry(overview: overview, number: number, readAt: now, usedAt: now), number, now)
    }
  }

  private func holds(_ entry: Entry, _ cycle: StoredCycle, _ now: Instant) -> Bool {
    entry.overview.day == now.day && entry.overview.cycle.isSame(as: cycle)
      && now.milliseconds - entry.readAt.milliseconds < Self.longest
  }

  /// The districts' sums of an overview just asked for.
  public func districts(
    _ stage: String, of overview: CycleOverview, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [ItemRates.DistrictLine] {
    let cycle = overview.cycle
    let key = Key(appointment: appointment, authority: cycle.authority, cycle: cycle.id)
    if let lines = entries.withLock({ $0[key] })?.districts[stage] { return lines }
    let lines = try RateStore.districts(stage: stage, of: cycle, for: appointment, transaction)
    entries.withLock { entries in
      // Not where it was read anew meanwhile.
      if entries[key]?.overview === overview { entries[key]?.districts[stage] = lines }
    }
    return lines
  }

  private func keep(_ key: Key, _ entry: Entry, _ number: Int64, _ now: Instant) -> CycleOverview {
    entries.withLock { entries in
      var entry = entry
      if let other = entries[key], other.overview === entry.overview { entry.districts = other.districts }
      entry.number = number
      entry.usedAt = now
      entries[key] = entry
      var groups = entries.values.map { max(1, $0.overview.groups.count) }.reduce(0, +)
      while groups > Self.mostGroups, entries.count > 1,
        let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })?.key
      {
        groups -= max(1, entries[oldest]?.overview.groups.count ?? 0)
        entries[oldest] = nil
        _ = gates.withLock { $0.removeValue(forKey: oldest) }
      }
    }
    return entry.overview
  }
}

extension StoredCycle {
  /// Whether nothing about the cycle itself has changed.
  fileprivate func isSame(as other: StoredCycle) -> Bool {
    edition == other.edition && confirmedAt == other.confirmedAt && published == other.published
  }
}

extension CycleOverview {
  /// Whether the same sheets are submitted, so that sums over their scores still hold.
  fileprivate func hasSameSheets(as other: CycleOverview) -> Bool {
    groups.count == other.groups.count
      && zip(groups, other.groups).allSatisfy { $0 === $1 || $0.id == $1.id && $0.sheets == $1.sheets }
  }
}
