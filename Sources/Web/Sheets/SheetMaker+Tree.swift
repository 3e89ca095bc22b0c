import Cycles
import Notation
import Policies
import Scoring
import Storage

extension SheetMaker {
  var tree: SheetTree {
    let card = panelCard ?? state.card
    let done = state.items.filter { isDone($0) }
    let counted = state.counted
    let finished = counted.count { isDone($0) }
    let scheme = open.cycle.policy.scheme
    let groups = (scheme?.indicators ?? []).map { branch($0.title, ids: Set($0.allItems.map(\.id))) }
    let bonus = Set(open.cycle.policy.bonus?.items.map(\.id) ?? [])
    let branches = (groups + [branch(words.text("sheet.bonus"), ids: bonus)]).filter { !$0.leaves.isEmpty }
    let scored = card.lines.filter { $0.score != nil }.map(\.item.points).reduce(.zero, +)
    let alerts = panel?.alerts.count ?? 0
    let wrong = state.items.count { !$0.problems.isEmpty }
    return SheetTree(
      total: total(card),
      scored: card.isComplete
        ? words.text("sheet.scored.all", ["points": .text(scored.plain)])
        : own("sheet.scored", ["points": .text(scored.plain)]),
      done: words.text("sheet.done", ["done": .count(finished), "count": .count(counted.count)]),
      percent: counted.isEmpty ? 0 : finished * 100 / counted.count,
      open: done.count < state.items.count
        ? own("sheet.openItems", ["count": .count(state.items.count - done.count)]) : nil,
      missing: wrong > 0 ? words.text("sheet.wrongItems", ["count": .count(wrong)]) : nil,
      spreads: alerts > 0 && open.rights.seesPanel ? words.text("sheet.spreads", ["count": .count(alerts)]) : nil,
      provisional: card.isComplete ? nil : own("sheet.provisional"), branches: branches)
  }

  private func branch(_ title: String, ids: Set<String>) -> SheetTree.Branch {
    let items = state.items.filter { ids.contains($0.item.id) }
    let scores = items.map { score($0.item.id) }
    let points = items.map(\.item.points).reduce(.zero, +)
    return SheetTree.Branch(
      title: title,
      done: words.text("sheet.done", ["done": .count(items.count { isDone($0) }), "count": .count(items.count)]),
      score: scores.allSatisfy({ $0 == nil }) ? "—" : number(scores.compactMap { $0 }.reduce(.zero, +)),
      points: points.plain,
      leaves: items.map { leaf($0) })
  }

  /// Of a panel: once every expert's mark is in.
  private func isDone(_ found: SheetItem) -> Bool {
    guard isPanel, let panel else { return found.isDone }
    return !panel.reviewers.isEmpty && panel.reviewers.allSatisfy { panel.isIn(found.item.id, by: $0) }
  }

  private func leaf(_ found: SheetItem) -> SheetTree.Leaf {
    let (chip, kind) = chip(found)
    return SheetTree.Leaf(
      id: found.item.id, number: found.item.number, title: found.item.title, link: link(found.item.id),
      score: number(score(found.item.id)), points: found.item.points.plain,
      isCurrent: found.item.id == item.item.id, chip: chip.map { words.text($0) }, chipKind: kind)
  }

  private func chip(_ found: SheetItem) -> (String?, String) {
    let id = found.item.id
    if let panel, panel.isReopened(id) { return ("sheet.chip.secondLook", "warn") }
    if let panel, open.rights.seesPanel, panel.spread(id)?.isAlert == true { return ("sheet.chip.spread", "warn") }
    if !found.problems.isEmpty { return ("sheet.chip.wrong", "bad") }
    if !isPanel, !found.doubts.isEmpty { return ("sheet.chip.doubt", "warn") }
    if found.isDone || isPanel { return (nil, "") }
    // Begun and not finished is worth a word; what nobody has touched is not.
    let isBegun = found.fields.contains { $0.mark?.value != nil } || found.choice != nil
    return isBegun ? ("sheet.chip.missing", "bad") : (nil, "")
  }
}
