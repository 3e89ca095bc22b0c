import Cycles
import Notation
import Policies
import Storage

extension CycleOverview {
  /// Whether nothing is left to do at a stage: every group has passed it, or the year's results are confirmed. Its last
  /// day is then nobody's any more.
  func isSettled(_ stage: CycleStage) -> Bool {
    switch stage.kind {
    case .objection, .publication: return cycle.published != nil && groups.allSatisfy { $0.turn.place == .published }
    case .report where cycle.confirmedAt == nil: return groups.allSatisfy { $0.progress.reports.contains(stage.id) }
    case .report, .selfEvaluation, .members, .evaluation, .recommendation: break
    }
    if cycle.confirmedAt != nil { return true }
    return !groups.isEmpty
      && groups.allSatisfy { group in
        guard !group.turn.runs(stage), !group.turn.missed.contains(where: { $0.id == stage.id }) else { return false }
        return group.turn.stage.map { $0.position > stage.position } ?? true
      }
  }
}
