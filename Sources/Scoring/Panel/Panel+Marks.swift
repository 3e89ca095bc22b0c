public import Notation

extension Panel {
  /// A mark that a reviewer has yet to give.
  public struct Absence: Sendable, Hashable {
    public let item: String
    /// From 0.
    public let reviewer: Int

    public init(item: String, reviewer: Int) {
      self.item = item
      self.reviewer = reviewer
    }
  }

  /// A mark in percent; nil where there is none. Positions count from 0.
  public subscript(group group: Int, item item: Int, reviewer reviewer: Int) -> Exact? {
    let mark = marks[position(group, item, reviewer)]
    return mark == Panel.absent ? nil : Exact(Int(mark)) / Exact(scale)
  }

  /// Puts down a reviewer's mark in percent, or takes it back with nil.
  ///
  /// Throws where it is outside 0–100 or has more decimals than the panel keeps.
  public mutating func record(_ mark: Exact?, group: Int, item: Int, reviewer: Int) throws(PanelRefusal) {
    guard let mark else {
      marks[position(group, item, reviewer)] = Panel.absent
      return
    }
    guard let units = (mark * Exact(scale)).integer, (0...full).contains(units) else {
      throw refusal(mark, group, item, reviewer)
    }
    marks[position(group, item, reviewer)] = Int16(units)
  }

  /// The marks a group lacks, in the order of the items.
  public func absences(of group: Int) -> [Absence] {
    items.indices.flatMap { item in
      (0..<reviewers).compactMap { reviewer in
        self[group: group, item: item, reviewer: reviewer] == nil
          ? Absence(item: items[item], reviewer: reviewer) : nil
      }
    }
  }

  /// All reviewers' marks of one item; nil where any is absent.
  func marks(group: Int, item: Int) -> [Exact]? {
    let given = (0..<reviewers).compactMap { self[group: group, item: item, reviewer: $0] }
    return given.count == reviewers ? given : nil
  }

  private func position(_ group: Int, _ item: Int, _ reviewer: Int) -> Int {
    precondition(groups.indices.contains(group) && items.indices.contains(item) && (0..<reviewers).contains(reviewer))
    return (item * reviewers + reviewer) * groups.count + group
  }

  private func refusal(_ mark: Exact, _ group: Int, _ item: Int, _ reviewer: Int) -> PanelRefusal {
    PanelRefusal(
      "mark",
      [
        "mark": .number(mark), "group": .text(groups[group]), "item": .text(items[item]),
        "reviewer": .count(reviewer + 1),
      ])
  }

  func checkRange() throws(PanelRefusal) {
    let (least, most) = (Panel.absent, Int16(full))
    let outside = marks.withUnsafeBufferPointer { marks in
      var wrong: Int16 = 0
      for mark in marks { wrong |= mark < least || mark > most ? 1 : 0 }
      return wrong != 0
    }
    guard outside, let first = marks.firstIndex(where: { $0 < least || $0 > most }) else { return }
    let (row, group) = first.quotientAndRemainder(dividingBy: groups.count)
    let (item, reviewer) = row.quotientAndRemainder(dividingBy: reviewers)
    throw refusal(Exact(Int(marks[first])) / Exact(scale), group, item, reviewer)
  }
}
