public import Notation

/// Where an expression finds its names, and the functions that only the surroundings can answer.
public struct Scope {
  public let value: (String) -> ExpressionValue
  public let call: (Expression.Function, [Expression]) throws(Fault) -> ExpressionValue

  public init(
    value: @escaping (String) -> ExpressionValue,
    call: @escaping (Expression.Function, [Expression]) throws(Fault) -> ExpressionValue = { (_, _) throws(Fault) in
      .missing
    }
  ) {
    self.value = value
    self.call = call
  }

  static var empty: Scope { Scope(value: { _ in .missing }) }
}

extension Expression {
  /// The expression's value; throws on a division by a computed zero. Types have been checked with the policy.
  public func value(in scope: Scope) throws(Fault) -> ExpressionValue {
    switch self {
    case .number(let number): return .number(number)
    case .boolean(let boolean): return .boolean(boolean)
    case .text(let text): return .text(text)
    case .name(let name): return scope.value(name)
    case .negative(let a):
      guard case .number(let number) = try a.value(in: scope) else { return .missing }
      return .number(-number)
    case .arithmetic(let operation, let a, let b):
      let left = try a.value(in: scope)
      guard case .number(let y) = try b.value(in: scope), case .number(let x) = left else { return .missing }
      return .number(try operation.result(x, y))
    case .comparison(let comparison, let a, let b):
      let left = try a.value(in: scope)
      return .boolean(comparison.holds(left, try b.value(in: scope)))
    case .among(let a, let list):
      let value = try a.value(in: scope)
      for element in list where Comparison.equal.holds(value, try element.value(in: scope)) { return .boolean(true) }
      return .boolean(false)
    case .not(let a): return .boolean(try !a.holds(in: scope))
    case .and(let a, let b):
      guard try a.holds(in: scope) else { return .boolean(false) }
      return .boolean(try b.holds(in: scope))
    case .or(let a, let b):
      if try a.holds(in: scope) { return .boolean(true) }
      return .boolean(try b.holds(in: scope))
    case .call(let function, let arguments): return try Expression.call(function, arguments, in: scope)
    }
  }

  /// Whether a condition holds. What is missing does not hold.
  public func holds(in scope: Scope) throws(Fault) -> Bool { try value(in: scope) == .boolean(true) }

  /// The expression's number, nil where it is missing.
  public func number(in scope: Scope) throws(Fault) -> Exact? {
    guard case .number(let number) = try value(in: scope) else { return nil }
    return number
  }

  static func call(_ function: Function, _ arguments: [Expression], in scope: Scope) throws(Fault) -> ExpressionValue {
    switch function {
    case .choose: return try arguments[try arguments[0].holds(in: scope) ? 1 : 2].value(in: scope)
    case .streak, .vetoed, .percentOf, .lowestPercent: return try scope.call(function, arguments)
    case .min, .max, .abs, .floor, .ceil, .round:
      var numbers: [Exact] = []
      var missing = false
      for argument in arguments {
        if let number = try argument.number(in: scope) { numbers.append(number) } else { missing = true }
      }
      guard !missing else { return .missing }
      return .number(try function.result(numbers))
    }
  }
}

extension Expression.Arithmetic {
  func result(_ x: Exact, _ y: Exact) throws(Fault) -> Exact {
    switch self {
    case .plus: return x + y
    case .minus: return x - y
    case .times: return x * y
    case .over:
      guard !y.isZero else { throw Fault("division") }
      return x / y
    }
  }
}

extension Expression.Comparison {
  func holds(_ a: ExpressionValue, _ b: ExpressionValue) -> Bool {
    switch (a, b) {
    case (.missing, _), (_, .missing): return false
    case (.number(let x), .number(let y)):
      switch self {
      case .equal: return x == y
      case .unequal: return x != y
      case .below: return x < y
      case .atMost: return x <= y
      case .above: return x > y
      case .atLeast: return x >= y
      }
    default: return self == .equal ? a == b : self == .unequal ? a != b : false
    }
  }
}

extension Expression.Function {
  func result(_ numbers: [Exact]) throws(Fault) -> Exact {
    switch self {
    case .min: return numbers.min() ?? numbers[0]
    case .max: return numbers.max() ?? numbers[0]
    case .abs: return numbers[0].magnitude
    case .floor: return numbers[0].floor
    case .ceil: return numbers[0].ceiling
    case .round:
      guard Expression.isPlaces(numbers[1]), let places = numbers[1].integer else { throw Fault("places") }
      return numbers[0].rounded(Rounding(places: places, mode: .halfUp))
    default: return numbers[0]
    }
  }
}
