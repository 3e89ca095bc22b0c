public import Notation

/// The cycles somebody has to do with, and the one they look at.
public struct CycleChoice: Sendable {
  public let all: [CycleSummary]
  public let cycle: StoredCycle?
}

/// The cycles somebody has to do with, and those in which something may be theirs to do.
public struct CycleGathering: Sendable {
  public let all: [CycleSummary]
  /// Newest first: those that run, and the one that was asked for. Where none runs, the newest.
  public let cycles: [StoredCycle]
  /// The one that was asked for.
  public let named: StoredCycle?
}

extension CycleStore {
  /// The cycles an appointment has to do with, newest first, and one of them with its policy and calendar: the one named,
  /// else the newest that isn't published, else the newest. Two statements, and one more for a policy not read before.
  public static func choose(
    _ key: (authority: ID, id: ID)?, for appointment: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> CycleChoice {
    let found = try rows(for: appointment, transaction)
    let all = try found.map(summary)
    let named = key.map { key in all.firstIndex { $0.authority == key.authority && $0.id == key.id } }
    let place = named ?? all.firstIndex { $0.published == nil && !$0.isConfirmed } ?? all.indices.first
    return CycleChoice(all: all, cycle: try place.map { try read(found[$0], editions, transaction) })
  }

  /// More years than these don't run at once.
  static let mostGathered = 6

  /// All cycles that run: not yet public, with an unanswered objection, or with a correction under way. Years overlap,
  /// and what one asks doesn't wait for the other. What lower authorities run is theirs: those above look at it by
  /// name, or where nothing else runs, or where they have sheets to mark in it.
  ///
  /// Nil where the one named isn't theirs, or there is none at all. Two statements, and one more for policies not read
  /// before.
  public static func gather(
    _ key: (authority: ID, id: ID)?, for appointment: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> CycleGathering? {
    let found = try rows(for: appointment, transaction)
    let all = try found.map(summary)
    let named = key.flatMap { key in all.firstIndex { $0.authority == key.authority && $0.id == key.id } }
    if key != nil, named == nil { return nil }
    let running = try found.indices.filter { place in
      try all[place].published == nil || !all[place].isConfirmed || found[place].integer("loose_ends") > 0
    }
    let own = try running.filter { try found[$0].integer("below") == 0 }
    var places = own.isEmpty ? Array(running.prefix(1)) : Array(own.prefix(mostGathered))
    if let named, !places.contains(named) { places.append(named) }
    if places.isEmpty { places = Array(found.indices.prefix(1)) }
    guard !places.isEmpty else { return nil }
    let cycles = try read(places.map { found[$0] }, editions, transaction)
    return CycleGathering(
      all: all, cycles: cycles,
      named: key.flatMap { key in cycles.first { $0.authority == key.authority && $0.id == key.id } })
  }
}
