public import Notation

/// The cycles somebody has to do with, and the one they look at.
public struct CycleChoice: Sendable {
  public let all: [CycleSummary]
  public let cycle: StoredCycle?
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
}
