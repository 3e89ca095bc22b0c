import Notation
public import Policies

/// The bounds a policy sets for what is recorded (`records:`); none that it doesn't set is checked.
public struct RecordTerms: Sendable, Hashable {
  /// Months at a school from which those sent to lead are appraised jointly; more than these.
  public let appraisalAfterMonths: Int?
  /// Whether those sent to lead are filed with the superiors of both schools.
  public let filesManagers: Bool
  /// Months a new teacher begins at the lead school.
  public let firstPostMonths: ClosedRange<Int>?
  /// Months an exchange lasts at least.
  public let exchangeMonths: Int?

  public init(
    appraisalAfterMonths: Int? = nil, filesManagers: Bool = false, firstPostMonths: ClosedRange<Int>? = nil,
    exchangeMonths: Int? = nil
  ) {
    self.appraisalAfterMonths = appraisalAfterMonths
    self.filesManagers = filesManagers
    self.firstPostMonths = firstPostMonths
    self.exchangeMonths = exchangeMonths
  }

  public init(_ policy: Policy) {
    let node = policy.root["records"]
    let least = node?["firstPosts"]?["atLeast"]?.integer
    let most = node?["firstPosts"]?["atMost"]?.integer
    var range: ClosedRange<Int>?
    if let least, let most, least <= most { range = least...most }
    self.init(
      appraisalAfterMonths: node?["managers"]?["appraisalAfter"]?.integer,
      filesManagers: node?["managers"]?["fileWithBoth"]?.boolean ?? false, firstPostMonths: range,
      exchangeMonths: node?["exchange"]?["atLeast"]?.integer)
  }
}
