public import Notation

/// Somebody's change of one field, and which version of it they saw.
public struct MarkChange: Sendable, Hashable {
  public let item: String
  public let field: String
  public let value: String?
  /// 0 where they saw none.
  public let seen: Int
  public let by: ID?
  public let at: Instant
  public let reviewer: ID?

  public init(item: String, field: String, value: String?, seen: Int, by: ID?, at: Instant, reviewer: ID? = nil) {
    self.item = item
    self.field = field
    self.value = value
    self.seen = seen
    self.by = by
    self.at = at
    self.reviewer = reviewer
  }
}

/// What becomes of a change.
public enum MarkMerge: Sendable, Hashable {
  /// To be stored.
  case saved(SheetMark)
  /// The field already says so, by whomever: nothing to store.
  case same(SheetMark)
  /// Somebody changed it meanwhile: both are shown and a person chooses.
  case conflict(mine: MarkChange, theirs: SheetMark)

  /// - Parameter current: the mark as it is stored now.
  public init(_ change: MarkChange, over current: SheetMark?) {
    if let current, SheetValue.same(current.value, change.value) {
      self = .same(current)
    } else if let current, current.version != change.seen {
      self = .conflict(mine: change, theirs: current)
    } else {
      self = .saved(
        SheetMark(
          item: change.item, field: change.field, value: change.value, version: (current?.version ?? 0) + 1,
          by: change.by, at: change.at, reviewer: change.reviewer))
    }
  }
}

/// Values as JSON texts.
public enum SheetValue {
  /// The tree of a value; nil where the text is no JSON.
  static func node(_ json: String, field: String) -> Node? { try? JSON.read(Array(json.utf8), file: field) }

  /// The text of a value; nil where it is none, or nothing of it shows.
  static func words(_ json: String) -> String? {
    node(json, field: "")?.text.flatMap { $0.isBlank ? nil : $0 }
  }

  /// Whether two values say the same, however they are written.
  static func same(_ a: String?, _ b: String?) -> Bool {
    guard a != b else { return true }
    guard let a, let b, let first = node(a, field: ""), let second = node(b, field: "") else { return false }
    return first.says(second)
  }
}
