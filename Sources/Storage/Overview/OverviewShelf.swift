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
  /// By appointment.
  private let gates = Mutex<[ID: Gate]>([:])

  public init() {}

  /// The overview of a cycle, one statement where it is still at hand.
  public func overview(
    of cycle: StoredCycle, for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> CycleOverview {
    try overviews(of: [cycle], for: appointment, at: now, transaction)[0]
  }

  /// The overviews of several cycles, in their order; one statement for all where they are still at hand, else three.
  public func overviews(
    of cycles: [StoredCycle], for appointment: ID, at now: Instant, _ transaction: any Transaction
  ) throws -> [CycleOverview] {
    guard !cycles.isEmpty else { return [] }
    let keys = cycles.map { Key(appointment: appointment, authority: $0.authority, cycle: $0.id) }
    let known = entries.withLock { entries in keys.map { entries[$0] } }
    let found = try OverviewChange.since(
      cycles.indices.map { place in
        OverviewChange.Known(
          authority: cycles[place].authority, number: known[place]?.number, overview: known[place]?.overview)
      }, transaction)
    func isAtHand(_ place: Int) -> Entry? {
      guard let entry = known[place], found[place].change == .nothing, holds(entry, cycles[place], now) else {
        return nil
      }
      return entry
    }
    let atHand = cycles.indices.compactMap { isAtHand($0) }
    if atHand.count == cycles.count {
      return cycles.indices.map { keep(keys[$0], atHand[$0], found[$0].number, now) }
    }
    let gate = gates.withLock { gates in
      let gate = gates[appointment] ?? Gate()
      gates[appointment] = gate
      return gate
    }
    return try gate.mutex.withLock { _ in
      let reading = Reading(
        cycles: cycles, keys: keys, known: known, latest: entries.withLock { entries in keys.map { entries[$0] } },
        found: found, appointment: appointment, now: now)
      return try self.read(reading, transaction)
    }
  }

  /// What is to be read anew of some cycles.
  private struct Reading {
    let cycles: [StoredCycle]
    let keys: [Key]
    let known: [Entry?]
    /// What is at hand by now: others may have read meanwhile.
    let latest: [Entry?]
    let found: [(number: Int64, change: OverviewChange)]
    let appointment: ID
    let now: Instant
  }

  private func read(_ reading: Reading, _ transaction: any Transaction) throws -> [CycleOverview] {
    let (cycles, now) = (reading.cycles, reading.now)
    var made: [CycleOverview?] = cycles.map { _ in nil }
    var wanted: [(place: Int, groups: Set<ID>?)] = []
    for place in cycles.indices {
      let (number, change) = reading.found[place]
      let (known, latest) = (reading.known[place], reading.latest[place])
      if let latest, latest.number >= number, holds(latest, cycles[place], now) {
        made[place] = keep(reading.keys[place], latest, latest.number, now)
        continue
      }
      // What was read meanwhile, but not far enough, was compared with nothing.
      guard let known, latest?.overview === known.overview, holds(known, cycles[place], now) else {
        wanted.append((place, nil))
        continue
      }
      switch change {
      case .nothing: made[place] = keep(reading.keys[place], known, number, now)
      case .groups(let groups): wanted.append((place, groups))
      case .everything: wanted.append((place, nil))
      }
    }
    try read(wanted, reading, into: &made, transaction)
    // Groups that weren't known call for all of them.
    let left = cycles.indices.filter { made[$0] == nil }.map { (place: $0, groups: Set<ID>?.none) }
    try read(left, reading, into: &made, transaction)
    return made.compactMap(\.self)
  }

  private func read(
    _ wanted: [(place: Int, groups: Set<ID>?)], _ reading: Reading, into made: inout [CycleOverview?],
    _ transaction: any Transaction
  ) throws {
    let now = reading.now
    let overviews = try OverviewStore.read(
      wanted.map { want in
        (groups: want.groups.map { .these($0.sorted()) } ?? .all, cycle: reading.cycles[want.place])
      },
      for: reading.appointment, at: now, transaction)
    for ((place, groups), read) in zip(wanted, overviews) {
      let (key, number) = (reading.keys[place], reading.found[place].number)
      guard let groups else {
        made[place] = keep(key, Entry(overview: read, number: number, readAt: now, usedAt: now), number, now)
        continue
      }
      guard let known = reading.known[place], let renewed = known.overview.renewed(by: read, groups, at: now) else {
        continue
      }
      let districts = renewed.hasSameSheets(as: known.overview) ? known.districts : [:]
      made[place] = keep(
        key, Entry(overview: renewed, districts: districts, number: number, readAt: known.readAt, usedAt: now),
        number, now)
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
        if !entries.keys.contains(where: { $0.appointment == oldest.appointment }) {
          _ = gates.withLock { $0.removeValue(forKey: oldest.appointment) }
        }
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
