import Cycles
import Notation
import People
import Storage

/// What the form says about groups and doesn't hand in: kept for its account, so that attaching a paper loses nothing.
struct RecommendationDrafts: Sendable {
  private let typed: [RecommendationStore.Draft]
  private let account: ID
  private let now: Instant

  init(_ visit: Visit, _ form: Form) throws {
    account = try visit.account
    now = visit.now
    let ids = form.fields.compactMap { field in field.name.split(separator: ".").last.flatMap { ID($0) } }
    var seen: Set<ID> = []
    typed = ids.filter { id in
      (form.has("choice.\(id)") || form.has("reason.\(id)")) && seen.insert(id).inserted
    }.map { id in
      let choice = form.text("choice.\(id)")
      return RecommendationStore.Draft(
        group: id, isRecommended: choice == "yes" ? true : choice == "no" ? false : nil,
        reason: form.text("reason.\(id)", most: 2_000))
    }
  }

  /// Keeps what differs from what is recorded. Groups that aren't theirs to decide about are left out.
  func keep(
    _ overview: CycleOverview, _ acting: Set<ID>, at stage: CycleStage, in cycle: StoredCycle,
    _ transaction: any Transaction
  ) throws {
    let own = typed.filter { acting.contains($0.group) && overview.group($0.group) != nil }
    guard !own.isEmpty else { return }
    let recorded = try RecommendationStore.recorded(at: stage.id, of: cycle, transaction)
    try RecommendationStore.keep(
      own.filter { draft in
        let old = recorded[draft.group]
        return draft.isRecommended != old?.isRecommended || draft.reason != old?.reason
      }, of: own.map(\.group), at: stage.id, in: cycle, by: account, at: now, transaction)
  }
}
