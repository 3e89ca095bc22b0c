public import Notation
public import Rules

/// The tree of indicators; its leaves are items that carry rules.
public struct Scheme: Sendable {
  public let total: Exact
  /// Upper bound of the final total, bonus included; nil: none.
  public let cap: Exact?
  /// Whether the base is brought to `total` from whatever applies to a group.
  public let rescales: Bool
  public let indicators: [Indicator]

  public var items: [Item] { indicators.flatMap(\.allItems) }
  public var allIndicators: [Indicator] { indicators.flatMap(\.withInner) }
}

public struct Indicator: Sendable {
  public let id: String
  public let title: String
  /// Nil only where the document withholds it.
  public let points: Exact?
  public let isPending: Bool
  public let source: String?
  public let indicators: [Indicator]
  public let items: [Item]

  public var allItems: [Item] { indicators.flatMap(\.allItems) + items }
  public var withInner: [Indicator] { [self] + indicators.flatMap(\.withInner) }
}

/// Something that is scored (考核要点). A reference, because every line of every scorecard points at one.
public final class Item: Sendable {
  /// Whose facts are read (考核对象).
  public enum Subject: String, Sendable, CaseIterable { case group, lead, members, schools }

  /// How the scores of several schools become one.
  public enum Across: String, Sendable, CaseIterable { case mean, min, sum, weighted, pooled }

  public let id: String
  public let title: String
  /// What is asked (考核评价内容).
  public let text: String?
  /// The document's own words on scoring (计分办法).
  public let scoring: String?
  public let points: Exact
  public let of: Subject
  public let across: Across
  public let applies: Expression?
  public let rule: any Rule
  public let needs: [Need]
  public let inputs: [String: InputDescription]
  public let methods: [String]
  public let evidence: [String]
  public let source: String
  /// Last year's item this one continues.
  public let was: String?
  /// The decisions whose reading the item depends on.
  public let decisions: [String]
  /// The indicators above, from the top; empty for a bonus item.
  public let indicators: [String]
  public let isBonus: Bool
  public let node: Node

  /// Whether scoring it needs to know how long the group has existed.
  public let usesMonths: Bool

  init(
    id: String, title: String, text: String?, scoring: String?, points: Exact, of: Subject, across: Across,
    applies: Expression?, rule: any Rule, needs: [Need], inputs: [String: InputDescription], methods: [String],
    evidence: [String], source: String, was: String?, decisions: [String], indicators: [String], isBonus: Bool,
    node: Node, usesMonths: Bool
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.scoring = scoring
    self.points = points
    self.of = of
    self.across = across
    self.applies = applies
    self.rule = rule
    self.needs = needs
    self.inputs = inputs
    self.methods = methods
    self.evidence = evidence
    self.source = source
    self.was = was
    self.decisions = decisions
    self.indicators = indicators
    self.isBonus = isBonus
    self.node = node
    self.usesMonths = usesMonths
  }

  /// Whether the item is asked of a group. One whose condition needs the group's age, where that is unknown, counts as
  /// asked: it stays unscored and names what is missing.
  ///
  /// Throws where the condition divides by a computed zero.
  public func applies(to context: GroupContext) throws(Fault) -> Bool {
    guard let applies else { return true }
    if context.monthsSinceFormed == nil, applies.names.contains("months_since_formed") { return true }
    return try applies.holds(in: Scope { context.value(of: $0) ?? .missing })
  }

  /// The schools' facts read, in the words of the facts file.
  public var readsSchools: Bool { of != .group }
}

public struct Bonus: Sendable {
  /// Upper bound of all bonus items together; nil: none.
  public let cap: Exact?
  public let items: [Item]
}
