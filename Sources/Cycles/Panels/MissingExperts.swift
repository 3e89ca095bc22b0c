public import Notation

/// Fewer experts than the policy asks for at a stage: a sheet is handed in without them for a reason only, which is kept
/// with the submission in the audit log.
public struct MissingExperts: Sendable, Hashable {
  public let wanted: Int
  public let found: Int
  public let reason: String

  public init(wanted: Int, found: Int, reason: String) {
    self.wanted = wanted
    self.found = found
    self.reason = reason
  }

  /// What is missing, in words; nil: the panel is full, or the stage asks for none.
  public static func message(at stage: CycleStage, assigned: Int) -> Message? {
    guard let wanted = stage.experts, assigned < wanted else { return nil }
    return Message("cycles.gap.experts", ["wanted": .count(wanted), "found": .count(assigned)])
  }
}
