import Policies

extension SheetItem {
  /// A bonus item that nobody has begun to claim: it asks for nothing.
  public var isUnclaimed: Bool { item.isBonus && isDone && fields.allSatisfy { $0.value == nil } }
}

extension SheetState {
  /// Required pieces of evidence that nothing is shown for, of the items that are asked here or claimed.
  ///
  /// - Parameter shown: where anything is shown for the group.
  public func evidenceGaps(shown: Set<EvidencePlace>) -> [EvidencePlan.Gap] {
    items.filter { !$0.isUnclaimed }.flatMap { found in
      found.item.evidenceEntries.filter { entry in
        entry.isRequired && !shown.contains(EvidencePlace(item: found.item.id, entry: entry.id))
      }.map { EvidencePlan.Gap(item: found.item, entry: $0) }
    }
  }
}

/// Why a sheet is handed in though required evidence is missing: kept with the submission in the audit log.
public struct MissingEvidence: Sendable, Hashable {
  /// What is missing, item by item, as the policy calls it.
  public let pieces: [String]
  public let reason: String

  public init(_ gaps: [EvidencePlan.Gap], reason: String) {
    pieces = gaps.map { "\($0.item.title) / \($0.entry.title)" }
    self.reason = reason
  }
}
