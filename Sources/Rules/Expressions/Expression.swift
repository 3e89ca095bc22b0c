public import Notation

/// A formula or condition of the policy language (policy-format, «Conditions and formulas»).
public indirect enum Expression: Sendable, Hashable {
  case number(Exact)
  case boolean(Bool)
  case text(String)
  case name(String)
  case negative(Expression)
  case arithmetic(Arithmetic, Expression, Expression)
  case comparison(Comparison, Expression, Expression)
  case among(Expression, [Expression])
  case not(Expression)
  case and(Expression, Expression)
  case or(Expression, Expression)
  case call(Function, [Expression])

  public enum Arithmetic: String, Sendable { case plus = "+", minus = "-", times = "*", over = "/" }

  public enum Comparison: String, Sendable {
    case equal = "==", unequal = "!=", below = "<", atMost = "<=", above = ">", atLeast = ">="
  }

  public enum Function: String, Sendable, CaseIterable {
    case min, max, abs, floor, ceil, round
    case choose = "if"
    /// Of groups only, see `Vocabulary`.
    case streak, vetoed
    case percentOf = "percent_of"
    case lowestPercent = "lowest_percent"
  }
}

/// The types of the expression language. Booleans are not numbers.
public enum ExpressionType: String, Sendable, Hashable { case number, boolean, text }

/// What an expression yields. `missing` is what a group doesn't have: arithmetic with it is missing, every comparison
/// with it is false.
public enum ExpressionValue: Sendable, Hashable {
  case missing
  case number(Exact)
  case boolean(Bool)
  case text(String)
}

/// Why a score can't be computed from facts that are all there, such as a division by a computed zero.
public struct Fault: Error, Sendable, Hashable {
  public let message: Message

  public init(_ key: String, _ parts: [String: Message.Part] = [:]) { message = Message("fault.\(key)", parts) }
}

extension Expression {
  /// Every name the expression mentions, except in the condition of a `streak`, which is read in other years.
  public var names: Set<String> {
    var names: Set<String> = []
    visit { if case .name(let name) = $0 { names.insert(name) } }
    return names
  }

  /// Calls the closure with this expression and all inside it.
  public func visit(_ body: (Expression) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }

  public var children: [Expression] {
    switch self {
    case .number, .boolean, .text, .name: []
    case .negative(let a), .not(let a): [a]
    case .arithmetic(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b), .or(let a, let b): [a, b]
    case .among(let a, let list): [a] + list
    case .call(_, let arguments): arguments
    }
  }
}
