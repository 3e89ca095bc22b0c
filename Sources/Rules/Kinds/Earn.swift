import Notation

/// Starts from nothing and adds.
struct Earn: Rule {
  static let kind = "earn"
  static let fields = [Field("gains", .list(.object(Adjustment.shape("gain")), least: 1), required: true)]
  static let pools = true

  let gains: [Adjustment]

  init?(_ node: Node) {
    guard let gains = node.each("gains", { Adjustment($0, amount: "gain") }) else { return nil }
    self.gains = gains
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) {
    Adjustment.check(node["gains"]?.list ?? [], of: "gains", amount: "gain", &problems)
  }

  static func expressions(in node: Node) -> [TypedExpression] {
    Adjustment.expressions(in: node["gains"]?.list ?? [])
  }

  var needs: [Need] { [] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    let outcomes = try Adjustment.outcomes(gains, facts, points: points)
    return Working(
      outcomes.map(\.points).reduce(.zero, +), points: points,
      outcomes.isEmpty ? [Message("rule.gain.none")] : outcomes.map { $0.line(gives: true) })
  }
}
