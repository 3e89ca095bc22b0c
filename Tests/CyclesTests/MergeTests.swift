import Cycles
import Notation
import Testing

@Suite struct MergeTests {
  func change(_ value: String?, seen: Int) -> MarkChange {
    MarkChange(item: "4", field: "group/exchange_rate", value: value, seen: seen, by: ID(8), at: .at("2022-08-20"))
  }

  let stored = Marks.mark("4", "group/exchange_rate", "8.5", version: 3)

  @Test func `a change of what was seen is saved as the next version`() {
    guard case .saved(let mark) = MarkMerge(change("9", seen: 3), over: stored) else {
      Issue.record("not saved")
      return
    }
    #expect(mark.version == 4 && mark.value == "9" && mark.by == ID(8) && mark.at == .at("2022-08-20"))
    guard case .saved(let first) = MarkMerge(change("9", seen: 0), over: nil) else {
      Issue.record("not saved")
      return
    }
    #expect(first.version == 1)
  }

  @Test func `a change of what somebody changed meanwhile is a conflict with both values, who and when`() {
    let mine = change("9", seen: 2)
    #expect(MarkMerge(mine, over: stored) == .conflict(mine: mine, theirs: stored))
    let fresh = change("9", seen: 0)
    #expect(MarkMerge(fresh, over: stored) == .conflict(mine: fresh, theirs: stored))
  }

  @Test func `the same value is no change, whoever saw what`() {
    #expect(MarkMerge(change("8.50", seen: 2), over: stored) == .same(stored))
    #expect(MarkMerge(change("8.5", seen: 3), over: stored) == .same(stored))
  }

  @Test func `taking a value back is a change like any other`() {
    guard case .saved(let mark) = MarkMerge(change(nil, seen: 3), over: stored) else {
      Issue.record("not saved")
      return
    }
    #expect(mark.value == nil && mark.version == 4)
    #expect(MarkMerge(change(nil, seen: 2), over: stored) == .conflict(mine: change(nil, seen: 2), theirs: stored))
  }
}
