public import Notation

/// Where a group stands in the year and what is to do next, derived from what is recorded.
public struct Turn: Sendable {
  public enum Place: Sendable, Hashable {
    /// At this stage.
    case at(CycleStage)
    /// All its evaluations are done; the year waits for the confirmation of all.
    case confirmation
    case published
  }

  /// Why a group goes no further up.
  public enum Out: String, Sendable, Hashable { case notRecommended, notDrawn, notAmong }

  public let group: ID
  public let place: Place
  /// The stage it didn't come to, and why; its highest completed stage counts.
  public let out: (stage: CycleStage, why: Out)?
  /// Stages whose last day passed without a submission; the year went on.
  public let missed: [CycleStage]
  public let tasks: [CycleTask]

  public var stage: CycleStage? { if case .at(let stage) = place { stage } else { nil } }
}
