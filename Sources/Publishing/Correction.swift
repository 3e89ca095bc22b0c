public import Notation

/// What an edition says otherwise than the one before it, and why.
public struct Correction: Sendable, Hashable {
  public struct ItemChange: Sendable, Hashable {
    public let item: String
    public let old: Exact?
    public let new: Exact?

    public init(item: String, old: Exact?, new: Exact?) {
      self.item = item
      self.old = old
      self.new = new
    }
  }

  /// A value before and after; unchanged where both are the same.
  public struct Change<Value: Sendable & Hashable>: Sendable, Hashable {
    public let old: Value?
    public let new: Value?

    public init(old: Value?, new: Value?) {
      self.old = old
      self.new = new
    }

    public var isChange: Bool { old != new }
  }

  public struct GroupChange: Sendable, Hashable {
    public let group: ID
    public let name: String
    /// Items whose score differs, in the order of the sheet.
    public let items: [ItemChange]
    /// Nil where the sums are provisional.
    public let total: Change<Exact>
    public let grade: Change<String>
    public let rank: Change<Int>
    /// Ids of vetoes and of consequences before and after.
    public let vetoes: Change<[String]>
    public let consequences: Change<[String]>

    public init(
      group: ID, name: String, items: [ItemChange], total: Change<Exact>, grade: Change<String>, rank: Change<Int>,
      vetoes: Change<[String]>, consequences: Change<[String]>
    ) {
      self.group = group
      self.name = name
      self.items = items
      self.total = total
      self.grade = grade
      self.rank = rank
      self.vetoes = vetoes
      self.consequences = consequences
    }

    /// Whether something of its own was put right; otherwise it only moved because others did.
    public var isOwn: Bool { !items.isEmpty || total.isChange || vetoes.isChange }
    public var isChange: Bool { isOwn || grade.isChange || rank.isChange || consequences.isChange }
  }

  public let reason: String
  /// In the order of the results: those put right, then those that moved with them.
  public let groups: [GroupChange]

  public init(reason: String, groups: [GroupChange]) {
    self.reason = reason
    self.groups = groups
  }

  /// Everything that differs between two editions of a year, both with their lines.
  public init(reason: String, from old: [FrozenResult], to new: [FrozenResult]) {
    let before = Dictionary(old.map { ($0.group, $0) }) { first, _ in first }
    let changes = new.map { Correction.change(before[$0.group], $0) }.filter(\.isChange)
    self.init(reason: reason, groups: changes.filter(\.isOwn) + changes.filter { !$0.isOwn })
  }

  private static func change(_ old: FrozenResult?, _ new: FrozenResult) -> GroupChange {
    let scores = Dictionary((old?.lines ?? []).map { ($0.item, $0.score) }) { first, _ in first }
    let seen = Set(new.lines.map(\.item))
    let changed = new.lines.compactMap { line -> ItemChange? in
      let before = scores[line.item] ?? nil
      return before == line.score ? nil : ItemChange(item: line.item, old: before, new: line.score)
    }
    let gone = (old?.lines ?? []).filter { !seen.contains($0.item) && $0.score != nil }
      .map { ItemChange(item: $0.item, old: $0.score, new: nil) }
    return GroupChange(
      group: new.group, name: new.name, items: changed + gone,
      total: Change(old: old?.publicTotal, new: new.publicTotal), grade: Change(old: old?.grade, new: new.grade),
      rank: Change(old: old?.rank, new: new.rank), vetoes: Change(old: old?.vetoes ?? [], new: new.vetoes),
      consequences: Change(old: old?.granted ?? [], new: new.granted))
  }
}

extension FrozenResult {
  /// The total that may be told: none while an item is open.
  public var publicTotal: Exact? { isComplete ? total : nil }
  public var publicBase: Exact? { isComplete ? base : nil }
  public var publicBonus: Exact? { isComplete ? bonus : nil }
}
