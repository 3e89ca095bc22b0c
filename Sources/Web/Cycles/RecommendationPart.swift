import Cycles
import Notation
import Storage

/// How a group stands at a recommendation: the parts in which its list can be looked at.
enum RecommendationPart: String, CaseIterable {
  /// Evaluated, and to be decided about now.
  case open
  case yes, no
  /// Doesn't meet what the policy asks.
  case barred
  /// Evaluated and not decided about, and it can't be any more, or not yet.
  case left
  /// Not evaluated yet.
  case early

  struct Chip {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  init(_ state: RecommendationState, _ latest: RecommendationStore.Decision?) {
    if let latest, latest.ended == nil {
      self = latest.isRecommended ? .yes : .no
    } else if !state.isEvaluated {
      self = .early
    } else if state.reached != nil, !state.isAdmitted {
      self = .barred
    } else {
      self = state.closed == nil ? .open : .left
    }
  }

  /// All of them, then each part in which there are any; those to be decided about also where there are none.
  static func chips(
    _ visit: Visit, _ groups: [RecommendationPart], shown: RecommendationPart?, link: (RecommendationPart?) -> String
  ) -> [Chip] {
    let counts = groups.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let parts = allCases.filter { $0 == .open || $0 == shown || counts[$0] != nil }
    let all = Chip(
      title: visit.text("recommend.part.all", ["count": .count(groups.count)]), link: link(nil),
      isCurrent: shown == nil)
    return [all]
      + parts.map { part in
        Chip(
          title: visit.text("recommend.part.\(part.rawValue)", ["count": .count(counts[part] ?? 0)]),
          link: link(part), isCurrent: part == shown)
      }
  }
}
