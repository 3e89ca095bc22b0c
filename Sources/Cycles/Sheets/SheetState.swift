public import Notation
import Policies
public import Scoring

/// A sheet as it stands: live score, progress, and what is missing before it may be submitted.
public struct SheetState: Sendable {
  /// Those that apply, in the scheme's order, bonus items last.
  public let items: [SheetItem]
  /// The facts that count, as a facts file holds them: what a submission freezes.
  public let facts: GroupFacts
  /// The score of those facts; provisional while anything is missing.
  public let card: Scorecard

  /// A thing that is missing, and where.
  public struct Gap: Sendable, Hashable {
    public let item: String
    public let message: Message

    public init(item: String, message: Message) {
      self.item = item
      self.message = message
    }
  }

  /// Everything that is missing, item by item.
  public var gaps: [Gap] { items.flatMap { item in item.gaps.map { Gap(item: item.item.id, message: $0) } } }
  /// Everything that is to be looked at before it is handed in, item by item; in the way of nothing.
  public var doubts: [Gap] { items.flatMap { item in item.doubts.map { Gap(item: item.item.id, message: $0) } } }
  public var canSubmit: Bool { items.allSatisfy(\.isDone) }
  /// How many of the items that have to be filled in are done; a bonus item nobody claims counts for neither.
  public var done: Int { counted.count(where: \.isDone) }
  public var count: Int { counted.count }
  /// The items that have to be filled in.
  public var counted: [SheetItem] {
    items.filter { !$0.item.isBonus || !$0.isDone || $0.choice != nil || $0.isClaimed }
  }

  public subscript(item: String) -> SheetItem? { items.first { $0.item.id == item } }
}

extension SheetItem {
  /// Whether any fact of it is there.
  var isClaimed: Bool { fields.contains { $0.value != nil || $0.base != nil } }
}
