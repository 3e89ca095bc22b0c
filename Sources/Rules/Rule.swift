public import Notation

/// A way a fact becomes points. One file in `Kinds/` for each; `RuleKinds.all` lists them.
public protocol Rule: Sendable {
  /// The word after `kind:`.
  static var kind: String { get }
  /// The parameters beside `kind`.
  static var fields: [Field] { get }
  /// Whether schools' facts may become one (`across: pooled`).
  static var pools: Bool { get }

  /// Reads the parameters; nil where they are incomplete, which `check` explains.
  init?(_ node: Node)

  /// What is wrong with the parameters beyond their shape. `points` is nil where they aren't known.
  static func check(_ node: Node, points: Exact?, _ problems: inout Problems)

  /// The expressions among the parameters, each with the type it must have.
  static func expressions(in node: Node) -> [TypedExpression]

  /// What the rule reads under fixed names; names in expressions come on top.
  var needs: [Need] { get }

  /// The rule as a function of one number; nil where it is more than that.
  var curve: Curve? { get }

  /// The inputs that are missing, in the rule's order.
  func missing(in facts: ItemFacts, needs: [Need]) -> [String]

  /// Values among the facts that the rule takes and that can hardly be meant.
  func doubts(_ facts: ItemFacts) -> [Doubt]

  /// The score, 0…points, unrounded, with the reasoning behind it. Called only when nothing is missing.
  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working
}

/// An expression in a policy file and the type it must have.
public struct TypedExpression: Sendable {
  public let node: Node
  public let type: ExpressionType
  public let isCondition: Bool

  init(_ node: Node, _ type: ExpressionType, isCondition: Bool = false) {
    self.node = node
    self.type = type
    self.isCondition = isCondition
  }

  public var expression: Expression? { try? parsed() }

  public func parsed() throws(Fault) -> Expression {
    isCondition ? try Expression(condition: node) : try Expression(node)
  }
}

/// A score and, on demand, the lines that lead to it. Both come out of the same facts in the same call, so that an
/// explanation can't disagree with its number; nothing is put into sentences until somebody asks.
public struct Working: Sendable {
  public let score: Exact
  private let reasons: @Sendable () -> [Message]

  init(_ score: Exact, points: Exact, _ lines: @autoclosure @escaping @Sendable () -> [Message]) {
    self.score = score.clamped(to: .zero...points)
    reasons = {
      if score < .zero { return lines() + [Message("rule.floor")] }
      if score > points { return lines() + [Message("rule.ceiling", ["points": .number(points)])] }
      return lines()
    }
  }

  public var lines: [Message] { reasons() }
}

extension Rule {
  public static var pools: Bool { false }
  public static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {}
  public static func expressions(in node: Node) -> [TypedExpression] { [] }

  public func doubts(_ facts: ItemFacts) -> [Doubt] { [] }

  public func missing(in facts: ItemFacts, needs: [Need]) -> [String] {
    needs.map(\.name).filter { facts.values[$0] == nil }
  }
}

/// All kinds of rules: a new kind is a file and a line here.
public enum RuleKinds {
  public static let all: [any Rule.Type] = [
    Judged.self, Completion.self, Checklist.self, Gate.self, Shortfall.self, Attainment.self, Levels.self,
    Percentage.self, Bands.self, Tiers.self, Deduct.self, Earn.self, Parts.self, Placed.self, Formula.self,
  ]

  public static let byName: [String: any Rule.Type] = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

  /// The kind a `rule:` node names.
  public static func kind(of node: Node) -> (any Rule.Type)? { node["kind"]?.text.flatMap { byName[$0] } }

  public static func rule(_ node: Node) -> (any Rule)? { kind(of: node)?.init(node) }

  /// The shape of a `rule:` map of any kind.
  public static let shape = Shape.tagged("kind") { all.map { ($0.kind, shape($0)) } }

  /// The shape of a kind's map.
  public static func shape(_ kind: any Rule.Type) -> ObjectShape {
    ObjectShape("rule-\(kind.kind)") { [Field("kind", .word([kind.kind]), required: true)] + kind.fields }
  }
}

extension Node {
  /// A number, or nil where there is none or it is undecided.
  func exact(_ key: String) -> Exact? { self[key]?.number }

  /// The list under a key, each element read; nil if any can't be.
  func each<T>(_ key: String, _ read: (Node) -> T?) -> [T]? {
    guard let list = self[key]?.list else { return nil }
    let read = list.compactMap(read)
    return read.count == list.count ? read : nil
  }
}
