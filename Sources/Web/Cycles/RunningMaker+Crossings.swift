import Cycles
import Notation
import Storage

extension RunningMaker {
  /// Stages whose last day now lies before that of an earlier one, since that was extended for all groups: they may be
  /// moved by as many days. Nobody is asked about days that were set so from the start.
  var crossings: [RunningPage.Crossing] {
    guard cycle.confirmedAt == nil else { return [] }
    let calendar = cycle.calendar
    return cycle.stages.compactMap { stage -> RunningPage.Crossing? in
      guard let due = calendar.due(stage.id, group: nil), !overview.isSettled(stage) else { return nil }
      let later = cycle.stages.filter { earlier in
        guard earlier.position < stage.position, calendar.holdingExtension(of: earlier.id, group: nil) != nil,
          let day = calendar.due(earlier.id, group: nil)
        else { return false }
        return day > due
      }
      func day(_ stage: CycleStage) -> Day { calendar.due(stage.id, group: nil) ?? due }
      guard let last = later.max(by: { day($0) < day($1) }) else { return nil }
      let moved = calendar.stage(last.id)?.due.map { day(last).days(since: $0) } ?? 0
      let wanted = max(due.adding(days: moved), day(last))
      let link = Endpoint.cycle.link(
        cycle.authority, cycle.id, query: [("for", stage.id), ("due", wanted.text)])
      return RunningPage.Crossing(
        text: visit.text(
          "cycle.crossing",
          [
            "stage": .text(stage.title), "day": .text(days.day(due)), "earlier": .text(last.title),
            "until": .text(days.day(day(last))),
          ]),
        crossingLink: mayExtend && runs ? link + "#extend" : nil)
    }
  }
}
