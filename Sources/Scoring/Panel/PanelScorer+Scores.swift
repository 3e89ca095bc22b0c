import Notation
import Policies

extension PanelScorer {
  /// The scores of all groups: two passes over a block of groups small enough to stay in the processor's cache.
  public func scores() -> PanelScores {
    let count = panel.groups.count
    let absent = UnsafeMutablePointer<Int16>.allocate(capacity: max(count, 1))
    absent.initialize(repeating: 0, count: count)
    defer { absent.deallocate() }
    let bases = [Int](unsafeUninitializedCapacity: count) { bases, filled in
      bases.initialize(repeating: 0)
      filled = count
      panel.marks.withUnsafeBufferPointer { marks in
        guard let first = marks.baseAddress, let bases = bases.baseAddress else { return }
        var block = PanelBlock(reviewers: panel.reviewers, counting: reviewers)
        defer { block.free() }
        for start in stride(from: 0, to: count, by: PanelBlock.most) {
          block.count = min(PanelBlock.most, count - start)
          for item in items {
            let row = first + item.position * panel.reviewers * count + start
            block.combine(row, apart: count)
            block.add(item.course, to: bases + start, absent: absent + start)
          }
        }
      }
    }
    return PanelScores(
      places: policy.rounding.places, bases: bases, totals: cap.map { cap in bases.map { min($0, cap) } } ?? bases,
      isComplete: (0..<count).map { absent[$0] >= 0 })
  }
}
