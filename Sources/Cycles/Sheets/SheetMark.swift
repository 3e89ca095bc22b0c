public import Notation

/// One field of an item as somebody entered it: `choice`, `remark`, or a fact's path such as `group/exchange_rate`.
public struct SheetMark: Sendable, Hashable {
  public let item: String
  public let field: String
  /// The JSON of the value; nil: taken back.
  public let value: String?
  /// Rises by one with each change.
  public let version: Int
  public let by: ID?
  public let at: Instant
  /// The account that marks for itself beside others; nil where one sheet is everybody's.
  public let reviewer: ID?

  public init(
    item: String, field: String, value: String?, version: Int, by: ID?, at: Instant, reviewer: ID? = nil
  ) {
    self.item = item
    self.field = field
    self.value = value
    self.version = version
    self.by = by
    self.at = at
    self.reviewer = reviewer
  }

  public static let choice = "choice"
  public static let remark = "remark"
}

/// What a reviewer says to what the stage before recorded.
public enum Choice: String, Sendable, CaseIterable {
  /// As recorded in the stage before.
  case accept
  /// With changes, and a reason for them.
  case correct
  /// Not yet.
  case open
}
