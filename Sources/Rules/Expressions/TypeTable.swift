import Notation

/// The names an expression may use and their types. Names of facts get their type from use: the first use fixes it, a
/// second that disagrees is a problem.
public struct TypeTable: Sendable {
  public enum Kind: Sendable, Hashable {
    case known(ExpressionType)
    /// Not yet fixed: the name whose type it shares.
    case open(String)
  }

  /// What is wrong with the use of a name or an operator.
  public struct Mismatch: Error, Sendable { public let fault: Fault }

  let context: [String: ExpressionType]
  let functions: Set<Expression.Function>
  /// Whether names that aren't of the context are facts (in items) or unknown (elsewhere).
  let opensFacts: Bool
  public private(set) var facts: [String: ExpressionType] = [:]
  private var follows: [String: String] = [:]
  public private(set) var mentioned: Set<String> = []

  public init(
    context: [String: ExpressionType], functions: Set<Expression.Function> = Expression.Function.ofNumbers,
    opensFacts: Bool
  ) {
    self.context = context
    self.functions = functions
    self.opensFacts = opensFacts
  }

  /// The type of a fact's name; a number where nothing says otherwise.
  public func type(ofFact name: String) -> ExpressionType { facts[root(name)] ?? .number }

  func root(_ name: String) -> String {
    var name = name
    while let next = follows[name] { name = next }
    return name
  }

  /// Says that a fact has a type; throws where another use says otherwise.
  public mutating func fix(_ name: String, as type: ExpressionType) throws(Fault) {
    let root = root(name)
    if let known = facts[root], known != type { throw TypeTable.two(name, known, type) }
    facts[root] = type
  }

  static func two(_ name: String, _ one: ExpressionType, _ two: ExpressionType) -> Fault {
    Fault(
      "type.two",
      ["name": .text(name), "one": .message(Message("type.\(one)")), "two": .message(Message("type.\(two)"))])
  }

  mutating func kind(ofName name: String) throws(Fault) -> Kind {
    if let type = context[name] { return .known(type) }
    guard opensFacts else {
      throw Fault("name.unknown", ["name": .text(name), "known": .known(context.keys.sorted())])
    }
    mentioned.insert(name)
    return facts[root(name)].map { .known($0) } ?? .open(root(name))
  }

  mutating func unify(_ a: Kind, _ b: Kind) throws(Fault) -> Kind {
    switch (a, b) {
    case (.known(let one), .known(let two)):
      guard one == two else {
        throw Fault(
          "type.differ", ["one": .message(Message("type.\(one)")), "two": .message(Message("type.\(two)"))])
      }
      return a
    case (.open(let name), .known(let type)), (.known(let type), .open(let name)):
      try fix(name, as: type)
      return .known(type)
    case (.open(let one), .open(let two)):
      if root(one) != root(two) { follows[root(one)] = root(two) }
      return .open(root(two))
    }
  }

  /// The expression's type; throws the first mismatch, unknown name or function in it.
  @discardableResult
  public mutating func check(_ expression: Expression, expecting expected: ExpressionType? = nil) throws(Fault) -> Kind
  {
    let kind = try kind(of: expression)
    guard let expected else { return kind }
    if case .known(let type) = kind, type != expected {
      if case .name(let name) = expression { throw TypeTable.two(name, type, expected) }
      throw Fault(
        "type.expected",
        ["expected": .message(Message("type.\(expected)")), "found": .message(Message("type.\(type)"))])
    }
    return try unify(kind, .known(expected))
  }

  mutating func kind(of expression: Expression) throws(Fault) -> Kind {
    switch expression {
    case .number: return .known(.number)
    case .boolean: return .known(.boolean)
    case .text: return .known(.text)
    case .name(let name): return try kind(ofName: name)
    case .negative(let a): return try check(a, expecting: .number)
    case .arithmetic(let operation, let a, let b):
      try check(a, expecting: .number)
      try check(b, expecting: .number)
      if operation == .over, b.constant?.isZero == true { throw Fault("expression.zero") }
      return .known(.number)
    case .comparison(let comparison, let a, let b):
      if comparison == .equal || comparison == .unequal {
        let left = try kind(of: a)
        _ = try unify(left, try kind(of: b))
      } else {
        try check(a, expecting: .number)
        try check(b, expecting: .number)
      }
      return .known(.boolean)
    case .among(let a, let list):
      var kind = try kind(of: a)
      for element in list { kind = try unify(kind, try self.kind(of: element)) }
      return .known(.boolean)
    case .not(let a): return try check(a, expecting: .boolean)
    case .and(let a, let b), .or(let a, let b):
      try check(a, expecting: .boolean)
      return try check(b, expecting: .boolean)
    case .call(let function, let arguments): return try kind(ofCall: function, arguments)
    }
  }

  mutating func kind(ofCall function: Expression.Function, _ arguments: [Expression]) throws(Fault) -> Kind {
    guard functions.contains(function) else { throw Fault("function.place", ["name": .text(function.rawValue)]) }
    guard function.arity.contains(arguments.count) else {
      throw Fault("function.arity", ["name": .text(function.rawValue), "count": .count(arguments.count)])
    }
    switch function {
    case .min, .max, .abs, .floor, .ceil, .round:
      for argument in arguments { try check(argument, expecting: .number) }
      if function == .round, let places = arguments[1].constant, !Expression.isPlaces(places) {
        throw Fault("function.places")
      }
      return .known(.number)
    case .choose:
      try check(arguments[0], expecting: .boolean)
      let one = try kind(of: arguments[1])
      return try unify(one, try kind(of: arguments[2]))
    case .streak:
      guard !arguments[0].calls(.streak) else { throw Fault("function.nested") }
      try check(arguments[0], expecting: .boolean)
      return .known(.number)
    case .vetoed, .percentOf:
      guard case .text = arguments[0] else { throw Fault("function.literal", ["name": .text(function.rawValue)]) }
      return .known(function == .vetoed ? .boolean : .number)
    case .lowestPercent:
      guard case .number(let depth) = arguments[0], let level = depth.integer, level >= 1 else {
        throw Fault("function.depth")
      }
      return .known(.number)
    }
  }
}

extension Expression {
  func calls(_ function: Function) -> Bool {
    if case .call(function, _) = self { return true }
    return children.contains { $0.calls(function) }
  }

  /// The value where no name is in it, such as `2 - 2`.
  var constant: Exact? {
    guard names.isEmpty, case .number(let value)? = try? value(in: Scope.empty) else { return nil }
    return value
  }

  static func isPlaces(_ value: Exact) -> Bool { value.integer.map { (0...20).contains($0) } ?? false }
}

extension Expression.Function {
  /// The functions that stand in every expression.
  public static let ofNumbers: Set<Expression.Function> = [.min, .max, .abs, .floor, .ceil, .round, .choose]

  var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 1...100
    case .abs, .floor, .ceil, .streak, .vetoed, .percentOf, .lowestPercent: 1...1
    case .round: 2...2
    case .choose: 3...3
    }
  }
}
