public import Notation
public import Policies
public import Rules
public import Scoring

/// One fact that an item asks for, of the group or of one school.
public struct SheetField: Sendable {
  /// As marks name it: `group/exchange_rate`, `<school id>/part.input`.
  public let path: String
  /// `group` or a school's id.
  public let subject: String
  /// `exchange_rate`, or `part.input`.
  public let input: String
  /// The rule that asks: the item's, or its part's.
  public let rule: any Rule
  public let need: Need
  public let description: InputDescription?
  /// The field that says the same in another way; nil: there is none.
  public let twinPath: String?
  /// The part of the item it belongs to, in words; nil where the item has none.
  public let part: String?
  /// What the stage before recorded.
  public let base: Fact?
  /// What was entered here, whether or not it can be used.
  public let mark: SheetMark?
  /// What counts: the mark, else the base, as the choice says; nil: missing.
  public let value: Fact?
  /// What is wrong with the mark; it is kept, shown, and not scored.
  public let problems: [Problem]

  /// Whether what counts differs from what the stage before recorded.
  public let isChanged: Bool
  /// Whether it isn't the schools' to enter, and they are at the sheet: whoever gives it enters it at a later stage.
  public let isLeft: Bool
  /// What the year's records say; nil: nothing.
  public let proposal: Proposal?
  /// What can be scored and can hardly be meant: to be looked at, in the way of nothing.
  public internal(set) var doubts: [Message] = []

  /// Whether somebody entered something else than the records say.
  public var isOverruled: Bool {
    guard let proposal, let value, mark?.value != nil, problems.isEmpty else { return false }
    return !proposal.agrees(with: value)
  }
}

/// One item on a sheet: what was entered, what counts, what it yields, what is missing.
public struct SheetItem: Sendable {
  public let item: Item
  /// Nil: none made, or none asked for.
  public let choice: Choice?
  public let remark: String?
  public let fields: [SheetField]
  /// Its score and why; nil where the rule can't be computed.
  public let line: Scorecard.Line?
  /// Why the rule can't be computed though the facts are there.
  public let fault: Message?
  /// What is missing before the sheet may be submitted; empty: done.
  public let gaps: [Message]
  /// What the register lacks (member schools, numbers of pupils, the day of formation): the item stays unscored, and the
  /// sheet may be submitted.
  public let lacks: [Message]

  /// What is to be looked at before the sheet is handed in, with the school it is about.
  public let doubts: [Message]

  public var problems: [Problem] { fields.flatMap(\.problems) }
  public var isDone: Bool { gaps.isEmpty }
  /// Whether it waits for what somebody else gives at a later stage.
  public var isLeft: Bool { fields.contains { $0.isLeft && $0.value == nil } }
}
