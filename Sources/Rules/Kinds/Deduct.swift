import Notation

/// Starts from the full points and takes away.
struct Deduct: Rule {
  static let kind = "deduct"
  static let fields = [
    Field("deductions", .list(.object(Adjustment.shape("lose")), least: 1), required: true),
    Field("zeroWhen", .condition),
  ]
  static let pools = true

  let deductions: Deductions

  init?(_ node: Node) {
    guard let deductions = Deductions(node) else { return nil }
    self.deductions = deductions
  }

  static func check(_ node: Node, points: Exact?, _ problems: inout Problems) { Deductions.check(node, &problems) }
  static func expressions(in node: Node) -> [TypedExpression] { Deductions.expressions(in: node) }
  var needs: [Need] { [] }

  func work(_ facts: ItemFacts, points: Exact) throws(Fault) -> Working {
    try deductions.work(from: points, facts, points: points) { [] }
  }
}
