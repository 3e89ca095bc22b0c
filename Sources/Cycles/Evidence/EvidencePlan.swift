import Notation
public import Policies
public import Rules

/// A piece of evidence that an item asks for (佐证材料).
public struct EvidenceEntry: Sendable, Hashable {
  public let id: String
  public let title: String
  public let isRequired: Bool
}

extension Item {
  /// What the item asks to be shown, in the document's order.
  public var evidenceEntries: [EvidenceEntry] {
    (node["evidence"]?.list ?? []).compactMap { entry in
      guard let id = entry["id"]?.text, let title = entry["title"]?.text else { return nil }
      return EvidenceEntry(id: id, title: title, isRequired: entry["required"]?.boolean ?? false)
    }
  }
}

/// Where evidence is shown: for an item, and for a piece of evidence it asks for, where it is one.
public struct EvidencePlace: Sendable, Hashable {
  public let item: String
  public let entry: String?

  public init(item: String, entry: String? = nil) {
    self.item = item
    self.entry = entry
  }
}

/// What a policy asks to be shown, item by item.
public struct EvidencePlan: Sendable {
  public struct Row: Sendable {
    public let item: Item
    public let entries: [EvidenceEntry]

    public init(_ item: Item) {
      self.item = item
      entries = item.evidenceEntries
    }
  }

  public let rows: [Row]
  private let positions: [String: Int]

  /// - Parameter context: leaves out the items that aren't asked of the group; nil: all of them.
  public init(_ policy: Policy, for context: GroupContext? = nil) {
    rows = policy.allItems.filter { item in
      guard let context else { return true }
      return (try? item.applies(to: context)) ?? true
    }.map { Row($0) }
    positions = Dictionary(rows.enumerated().map { ($0.element.item.id, $0.offset) }) { first, _ in first }
  }

  public func row(_ item: String) -> Row? { positions[item].map { rows[$0] } }
  public func position(_ item: String) -> Int { positions[item] ?? rows.count }

  /// Whether the policy knows the item, and the item the piece of evidence.
  public func has(_ place: EvidencePlace) -> Bool {
    guard let row = row(place.item) else { return false }
    return place.entry.map { id in row.entries.contains { $0.id == id } } ?? true
  }

  /// Required pieces of evidence that nothing is shown for.
  public func gaps(shown: Set<EvidencePlace>) -> [Gap] {
    rows.flatMap { row in
      row.entries.filter { $0.isRequired && !shown.contains(EvidencePlace(item: row.item.id, entry: $0.id)) }
        .map { Gap(item: row.item, entry: $0) }
    }
  }

  public struct Gap: Sendable {
    public let item: Item
    public let entry: EvidenceEntry
  }
}
